/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Chromium, driven as people drive it. Whatever it complains about is kept and fails the test. */
final class Browser implements AutoCloseable {
  /** What takes longer than this on a busy machine does not come any more. */
  private static final double PATIENCE_MILLIS = 20_000;

  private final URI url;
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  Browser(URI url) {
    this.url = url;
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright = Playwright.create();
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(
                        Path.of(System.getProperty("talka.chromium", "/usr/bin/chromium")))
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /** A person with a browser of their own. */
  Page person(String language, ColorScheme scheme, int width, int height) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(url.toString())
                .setLocale(language)
                .setColorScheme(scheme)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setViewportSize(width, height));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(
                page.url()
                    + " console "
                    + message.type()
                    + ": "
                    + message.text()
                    + (message.location().isEmpty() ? "" : " (" + message.location() + ")"));
          }
        });
    page.onPageError(error -> complaints.add(page.url() + " threw: " + error));
    page.onResponse(
        response -> {
          if (response.status() >= 500) {
            complaints.add(response.status() + " " + response.url());
          }
        });
    return page;
  }

  Page person() {
    return person("en-US", ColorScheme.LIGHT, 1440, 900);
  }

  /** A person who has signed in, in English. */
  Page person(String username, String password) {
    Page page = person();
    page.navigate("/");
    page.getByLabel("User name").fill(username);
    page.getByLabel("Password").fill(password);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true))
        .click();
    return page;
  }

  /** No console error, no violation of the content security policy, no server error. */
  void assertNoComplaints() {
    assertEquals(List.of(), List.copyOf(complaints));
  }

  /** The same for a test that makes the server refuse with this status, which a browser tells. */
  void assertNoComplaintsBut(int status) {
    String refusal = "the server responded with a status of " + status;
    assertEquals(List.of(), complaints.stream().filter(text -> !text.contains(refusal)).toList());
  }

  /** The same for a test that takes the server or the network away: requests may fail. */
  void assertNoComplaintsButFailedRequests() {
    assertEquals(List.of(), answered());
  }

  /** The same for a page that is open over a restart: before the API is there, nothing is. */
  void assertNoComplaintsButOfARestart() {
    assertEquals(
        List.of(),
        answered().stream()
            .filter(text -> !(text.contains("status of 404") && text.contains("/api/v1/")))
            .toList());
  }

  /**
   * The same for a page that is open while a module goes: what it asks just then it is not told.
   *
   * @param paths where the module answered
   */
  void assertNoComplaintsButOfWhatWent(String paths) {
    assertEquals(
        List.of(),
        complaints.stream()
            .filter(text -> !(text.contains("status of 404") && text.contains(paths)))
            .toList());
  }

  /** For what follows, when what was said so far has been looked at. */
  void forgetComplaints() {
    complaints.clear();
  }

  private List<String> answered() {
    return complaints.stream()
        .filter(text -> !text.contains("net::ERR_") && !text.contains("Failed to fetch"))
        // while it starts it says that it is not ready
        .filter(text -> !text.contains("/health/ready") && !text.contains("status of 503"))
        .filter(text -> !text.startsWith("503 "))
        .toList();
  }

  /** Keeps a picture of every open page, to see what a failed test saw. */
  void keepPictures(String name) {
    int number = 1;
    for (BrowserContext context : chromium.contexts()) {
      for (Page page : context.pages()) {
        Path picture = Distribution.work().resolve(name + "-" + number++ + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(picture));
        System.out.println(page.url() + " looked like " + picture);
      }
    }
    complaints.forEach(System.out::println);
  }

  /**
   * A person whose pages can be examined by {@link #accessibility}. Axe is there before the page
   * is, put in from outside: the page's own policy stays in force.
   */
  Page examined(String language) {
    Page page = person(language, ColorScheme.LIGHT, 1440, 900);
    try (InputStream axe = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      page.context().addInitScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page;
  }

  /** Signs in on the page of signing in, in whatever language. */
  static void signIn(Page page, String username, String password) {
    page.locator("input[name=username]").fill(username);
    page.locator("input[name=password]").fill(password);
    page.keyboard().press("Enter");
    assertThat(page.locator(".home")).isVisible();
  }

  /** Another width is another layout, and what belongs to the old one goes a moment later. */
  private static final String DRAWN_ANEW =
      "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

  /** Looks at a page on a desk and on a phone, in light and dark; what is wrong, a line each. */
  static List<String> look(Page page, String where) {
    List<String> faults = new ArrayList<>();
    for (int width : new int[] {1440, 390}) {
      page.setViewportSize(width, width == 390 ? 844 : 900);
      page.evaluate(DRAWN_ANEW);
      accessibility(page).forEach(found -> faults.add(where + " " + width + " " + found));
      picture(page, where + " " + width);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      picture(page, where + " dark " + width);
      contrast(page).forEach(found -> faults.add(where + " dark " + width + " " + found));
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      if ((int) page.evaluate("document.documentElement.scrollWidth") > width) {
        faults.add(where + " is wider than " + width);
      }
    }
    page.setViewportSize(1440, 900);
    bareKeys(page).forEach(key -> faults.add(where + " says " + key));
    return faults;
  }

  /** As {@link #look}, without judging: for moments between. */
  static void pictures(Page page, String name) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    picture(page, name + " dark");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    picture(page, name);
    page.setViewportSize(390, 844);
    picture(page, name + " phone");
    page.setViewportSize(1440, 900);
  }

  /** Keeps what was looked at, when a folder for it is given by {@code talka.pictures}. */
  private static void picture(Page page, String where) {
    String folder = System.getProperty("talka.pictures");
    if (folder != null) {
      String name = where.replaceAll("[^\\w-]+", "-").replaceAll("^-", "") + ".png";
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of(folder, name)).setFullPage(true));
    }
  }

  /** What axe finds on the page against WCAG 2.2 A and AA, one line a violation. */
  static List<String> accessibility(Page page) {
    return axe(page, List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));
  }

  /** The part of {@link #accessibility} that another colour scheme can change. */
  static List<String> contrast(Page page) {
    return axe(page, List.of("color-contrast"));
  }

  private static List<String> axe(Page page, List<String> rules) {
    return strings(
        page.evaluate(
            """
            (rules) => axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false })
              .then((found) => found.violations.map((rule) => `${rule.id}: ${rule.help} ${
                rule.nodes.map((n) => `${n.target} ${n.html.slice(0, 120)}`).join(" | ")}`))
            """,
            rules));
  }

  /** What people read or are told that looks like the key of words that are missing. */
  static List<String> bareKeys(Page page) {
    return strings(
        page.evaluate(
            """
            () => {
              const key = /(^|\\s)(action|error|field|form|level|link|module|permission|plan|priority|role|state|step|transition|type|ui|web)\\.[a-z][\\w.:-]*/;
              const found = new Set();
              const look = (text) => text && key.test(text) && found.add(text.trim().slice(0, 80));
              const walk = (root) => {
                for (const e of root.querySelectorAll("*")) {
                  // a page about words says how they are called
                  if (["SCRIPT", "STYLE"].includes(e.tagName) || e.matches(".key")) continue;
                  for (const name of ["title", "aria-label", "placeholder", "alt"]) look(e.getAttribute(name));
                  for (const n of e.childNodes) if (n.nodeType === Node.TEXT_NODE) look(n.textContent);
                  if (e.shadowRoot) walk(e.shadowRoot);
                }
              };
              walk(document.body);
              look(document.title);
              return [...found];
            }
            """));
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
