/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Chromium, driven as people drive it. Whatever it complains about is kept and fails the test. */
final class Browser implements AutoCloseable {
  private final URI url;
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  Browser(URI url) {
    this.url = url;
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
    context.setDefaultTimeout(20_000);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(page.url() + " console " + message.type() + ": " + message.text());
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

  /** No console error, no violation of the content security policy, no server error. */
  void assertNoComplaints() {
    assertEquals(List.of(), List.copyOf(complaints));
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

  /** What axe finds on the page, one line a violation. */
  static List<String> accessibility(Page page) {
    // axe is put in from outside, which the page's policy rightly refuses to the page itself
    AxeResults results = new AxeBuilder(page).analyze();
    return results.getViolations().stream()
        .map(
            rule ->
                page.url()
                    + " "
                    + rule.getId()
                    + ": "
                    + rule.getHelp()
                    + " "
                    + rule.getNodes().stream().map(node -> node.getTarget().toString()).toList())
        .toList();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
