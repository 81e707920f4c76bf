/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people see while the desk can't be reached, and that they never see an old one. */
class OfflineTest {
  private static final String CONTROLLED =
      "() => navigator.serviceWorker && navigator.serviceWorker.controller !== null";
  private static final Pattern OFFLINE = Pattern.compile("The desk can’t be reached · Talka");

  @Test
  void aPageStandsInWhileTheDeskIsAwayAndNobodyKeepsAnOldOne() throws IOException {
    Path home = Distribution.unpack("offline");
    Path data = Distribution.work().resolve("offline-data").toAbsolutePath();
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, Map.of()).start();
        Browser browser = new Browser(talka.url())) {
      try {
        String key = talka.admin().ticket("incident", "The lamp flickers");
        Page page = browser.examined("en");
        signIn(page, talka);
        page.waitForFunction(CONTROLLED);
        manifest(page);
        goesOnAfterTheNetworkWasAway(page, key);
        newVersionIsSeenAfterTheServerWasAway(page, talka, home);
        browser.assertNoComplaintsButFailedRequests();
        leavesWhereThereIsNoWorker(page);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("offline");
        throw e;
      }
    }
    Distribution.delete(data);
    Distribution.delete(home);
  }

  private static void signIn(Page page, TalkaProcess talka) {
    page.navigate("/");
    Browser.signIn(page, "admin", talka.adminPassword());
  }

  private static void manifest(Page page) {
    assertEquals(
        List.of(),
        page.evaluate(
            """
            async () => {
              const address = document.querySelector("link[rel=manifest]").href;
              const manifest = await (await fetch(address)).json();
              const answers = await Promise.all(manifest.icons.map((icon) => fetch(icon.src)));
              return answers.filter((answer) => !answer.ok
                || !manifest.icons.some((icon) => icon.type === answer.headers.get("Content-Type")))
                .map((answer) => answer.url);
            }
            """));
  }

  private static void goesOnAfterTheNetworkWasAway(Page page, String key) {
    page.navigate("/app/ticket/" + key);
    page.locator("talka-composer textarea").fill("I look at it tomorrow");
    page.waitForFunction(
        "() => Object.values(localStorage).some((value) => value.includes('tomorrow'))");
    page.context().setOffline(true);
    page.reload();
    assertThat(page).hasTitle(OFFLINE);
    Locator heading = page.locator("h1");
    assertThat(heading).hasCount(1);
    assertThat(heading).hasText("The desk can’t be reached");
    assertThat(page.locator("section")).containsText("is kept in this browser");
    assertTrue(page.url().endsWith("/app/ticket/" + key), page.url());
    assertEquals(List.of(), Browser.accessibility(page));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertEquals(List.of(), Browser.contrast(page));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    // it looks like the desk: its sheets and its font are there
    assertEquals("grid", page.locator(".gate").evaluate("e => getComputedStyle(e).display"));

    page.evaluate("localStorage.setItem('talka.language', 'lv')");
    page.reload();
    assertThat(heading).hasText("Palīdzības dienests nav sasniedzams");
    assertThat(page.locator("html")).hasAttribute("lang", "lv");
    assertEquals(List.of(), Browser.accessibility(page));
    page.evaluate("localStorage.setItem('talka.language', 'en')");

    page.context().setOffline(false);
    assertThat(page.locator("talka-composer textarea")).hasValue("I look at it tomorrow");
  }

  private static void newVersionIsSeenAfterTheServerWasAway(
      Page page, TalkaProcess talka, Path home) throws IOException {
    String before = base(page);
    // an open page would ask the server while that stops
    page.navigate("about:blank");
    talka.stop();
    page.navigate("/app/tasks");
    assertThat(page).hasTitle(OFFLINE);
    page.locator("a.btn").click();
    assertThat(page).hasTitle(OFFLINE);
    otherVersion(home);
    talka.start();
    // by itself
    page.locator("html[data-base]").waitFor();
    String after = base(page);
    assertNotEquals(before, after);
    assertTrue(page.url().contains("/app/tasks") || page.url().contains("/sign-in"), page.url());
    String hash = after.substring(after.lastIndexOf('/') + 1);
    Wait.that(
        "only the page of the new version is kept",
        Duration.ofSeconds(20),
        () -> page.evaluate("() => caches.keys()").equals(List.of("talka-offline-" + hash)));
    // and the page of the new version is the one that stands in now
    page.context().setOffline(true);
    page.reload();
    assertThat(page).hasTitle(OFFLINE);
    assertThat(page.locator("link[rel=icon]")).hasAttribute("href", after + "/icon.svg");
    page.context().setOffline(false);
    page.locator("html[data-base]").waitFor();
  }

  /** Changes a file of the pages, as an upgrade does. */
  private static void otherVersion(Path home) throws IOException {
    Path jar =
        Distribution.bundles(home).stream()
            .filter(file -> file.getFileName().toString().startsWith("org.talka.web-"))
            .findFirst()
            .orElseThrow();
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Path sheet = files.getPath("/static/css/shell.css");
      Files.writeString(sheet, Files.readString(sheet) + "/* another version */\n");
    }
  }

  private static void leavesWhereThereIsNoWorker(Page page) {
    page.context()
        .addInitScript(
            "navigator.serviceWorker.register = () => Promise.reject(new Error('not here'))");
    page.route("**/sw.js", route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
    page.navigate("/");
    Wait.that(
        "the worker and what it kept are gone",
        Duration.ofSeconds(20),
        () ->
            page.evaluate(
                    """
                    () => Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()])
                      .then(([workers, kept]) => workers.length + kept.length)
                    """)
                .equals(0));
  }

  private static String base(Page page) {
    return page.locator("html").getAttribute("data-base");
  }
}
