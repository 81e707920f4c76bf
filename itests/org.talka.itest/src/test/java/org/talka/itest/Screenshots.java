/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the documentation from a desk with the demonstration in it. No test: it
 * runs only when it is asked for ({@code ./talka screenshots}).
 */
class Screenshots {
  private static final String PASSWORD = "Correct-horse-9-battery";
  private static final String AGENT = "daniel.weber";
  private static final String MANAGER = "kristine.vitola";
  private static final String REQUESTER = "sarah.miller";

  private final Path folder = Path.of(System.getProperty("talka.pictures", "target/pictures"));

  /**
   * A picture: what it is called, where it is taken, what must be seen, what is done first, and
   * which kinds of it there are besides the light one of a desk.
   */
  private record Picture(
      String name,
      String address,
      String shows,
      Consumer<Page> first,
      boolean dark,
      boolean phone) {}

  @Test
  void everyMainPage() throws IOException {
    Files.createDirectories(folder);
    Path home = Distribution.unpack("screenshots");
    Path data = Distribution.work().resolve("screenshots-data").toAbsolutePath();
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, Map.of("TALKA_DEMO", "true")).start();
        Browser browser = new Browser(talka.url())) {
      try {
        take(talka, browser);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("screenshots");
        throw e;
      }
      talka.stop();
    }
    Distribution.delete(data);
    Distribution.delete(home);
  }

  private void take(TalkaProcess talka, Browser browser) throws IOException {
    Api admin = talka.admin();
    Wait.until("the demonstration is told", Duration.ofMinutes(2), () -> told(admin));
    for (String username : List.of(AGENT, MANAGER, REQUESTER)) {
      admit(admin, username);
    }
    change(admin, MANAGER, Map.of("locale", "en", "roles", List.of("admin")));

    Page stranger = browser.person("en-US", ColorScheme.LIGHT, 1440, 900);
    stranger.navigate("/");
    all(stranger, new Picture("sign-in", "/sign-in", "form.gate-card", p -> {}, true, false));

    Page manager = signedIn(browser, MANAGER);
    all(
        manager,
        new Picture(
            "modules", "/app/modules", ".plan .adds", Screenshots::planInstall, true, false));
    List.of("problem", "knowledge", "cmdb").forEach(module -> admin.operate("install", module));
    String vpn = incident(admin);
    brought(admin, "/tickets?limit=1&q=" + Api.encode("type:problem state:fix-in-progress"));
    String article = brought(admin, "/knowledge/articles?limit=1&q=VPN+drops+every+few+minutes");
    String host = brought(admin, "/cmdb/items?limit=1&q=harbour-core-1");
    String knowledge = "/app/m/knowledge/knowledge.articles";
    String item = "/app/m/cmdb/cmdb.items/" + host;
    manager.reload();

    Page agent = signedIn(browser, AGENT);
    for (Picture picture :
        List.of(
            new Picture("queue", "/app/queue/open/" + vpn, ".msg.internal", p -> {}, true, false),
            new Picture("ticket", "/app/ticket/" + vpn, ".msg.internal", p -> {}, false, true),
            new Picture("list", "/app/queue/open", ".row", p -> {}, false, true),
            new Picture("today", "/app", ".home .line", p -> {}, true, true),
            new Picture(
                "board", "/app/queue/type-incident?as=board", ".board-card", p -> {}, true, false),
            new Picture(
                "calendar",
                "/app/queue/type-request?as=calendar&by=neededBy",
                ".cal-entry",
                p -> {},
                false,
                false),
            new Picture("dashboard", "/app/dashboards/desk.today", ".plot", p -> {}, true, true),
            new Picture(
                "search", "/app/search?type=incident&q=vpn+OR+mail", ".row", p -> {}, false, false),
            new Picture("tasks", "/app/tasks", ".empty, .my-task", p -> {}, false, true),
            new Picture(
                "create", "/app/new/incident", "form.create", Screenshots::describe, false, true),
            new Picture("knowledge", knowledge, "ul.pages li", p -> {}, false, false),
            new Picture("article", knowledge + "/" + article, ".prose", p -> {}, true, false))) {
      all(agent, picture);
    }
    for (Picture picture :
        List.of(
            new Picture("types", "/app/types", "a.person-row", p -> {}, false, false),
            new Picture("form", "/app/type/incident", ".form-fields li", p -> {}, false, false),
            new Picture(
                "workflow", "/app/type/incident/workflow", "svg.flow .box", p -> {}, true, false),
            new Picture("people", "/app/people", ".person-row", p -> {}, false, false),
            new Picture(
                "access",
                "/app/access?person=" + AGENT + "&ticket=" + vpn,
                ".deeds li",
                p -> {},
                false,
                false),
            new Picture("jobs", "/app/jobs", ".jobs li", p -> {}, false, false),
            new Picture("languages", "/app/languages", "main h1", p -> {}, false, false),
            new Picture("item", item, "main talka-contribution *", p -> {}, false, false),
            new Picture(
                "impact", item + "/impact", "main talka-contribution *", p -> {}, false, false),
            new Picture("map", item + "/map", ".map svg", p -> {}, true, false),
            new Picture("appearance", "/app/appearance", ".look-pane", p -> {}, false, false),
            new Picture("audit", "/app/audit", ".audit li", p -> {}, false, false))) {
      all(manager, picture);
    }
    Page requester = signedIn(browser, REQUESTER);
    for (Picture picture :
        List.of(
            new Picture("portal", "/portal", ".req", p -> {}, true, true),
            new Picture("portal-request", "/portal/requests/" + vpn, ".msg", p -> {}, false, true),
            new Picture(
                "portal-article",
                "/portal/m/knowledge/knowledge.help/" + article,
                ".prose",
                p -> {},
                false,
                true),
            new Picture(
                "portal-form",
                "/portal/new/incident",
                "form.create",
                Screenshots::ask,
                false,
                true))) {
      all(requester, picture);
    }
    browser.assertNoComplaints();
  }

  private void all(Page page, Picture picture) throws IOException {
    page.setViewportSize(1440, 900);
    // as a link would: whole pages in such a hurry would be too many requests for one person
    page.evaluate(PagesTest.GO, picture.address());
    page.waitForFunction(PagesTest.SETTLED, "main");
    picture.first().accept(page);
    page.waitForFunction(PagesTest.SETTLED, picture.shows());
    page.evaluate("document.querySelectorAll('main').forEach((main) => main.scrollTo(0, 0))");
    shoot(page, picture.name());
    if (picture.dark()) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      shoot(page, picture.name() + "-dark");
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }
    if (picture.phone()) {
      page.setViewportSize(390, 844);
      page.waitForFunction(PagesTest.SETTLED, picture.shows());
      shoot(page, picture.name() + "-phone");
    }
  }

  private void shoot(Page page, String name) throws IOException {
    page.mouse().move(0, 0);
    page.evaluate("document.fonts.ready.then(() => {})");
    byte[] png = page.screenshot();
    Files.write(folder.resolve(name + ".png"), SmallPng.of(png));
  }

  private static Optional<Boolean> told(Api admin) {
    // links are told last
    JsonNode found =
        admin
            .get("/tickets?limit=1&q=" + Api.encode("subject:\"Noliktavas skeneris\""))
            .expect(200)
            .json()
            .path("items");
    return found.isEmpty()
            || admin
                .get("/tickets/" + found.path(0).path("key").asText() + "/links")
                .expect(200)
                .json()
                .path("items")
                .isEmpty()
        ? Optional.empty()
        : Optional.of(true);
  }

  private static void admit(Api admin, String username) {
    change(admin, username, Map.of("password", PASSWORD));
  }

  private static void change(Api admin, String username, Map<String, Object> changes) {
    admin.send("PATCH", "/users/" + username, changes, Map.of()).expect(200);
  }

  private static Page signedIn(Browser browser, String username) {
    Page page = browser.person(username, PASSWORD);
    assertThat(page.locator("form.gate-card")).hasCount(0);
    return page;
  }

  private static String incident(Api admin) {
    return one(
            admin,
            "/tickets?limit=1&q=" + Api.encode("subject:\"VPN drops every few minutes\""),
            "/items/0/key")
        .orElseThrow();
  }

  /** The first of what is listed there, once a module has brought its part of the demonstration. */
  private static String brought(Api admin, String list) {
    return Wait.until(
        "something is at " + list, Duration.ofMinutes(1), () -> one(admin, list, "/items/0/key"));
  }

  private static Optional<String> one(Api admin, String list, String at) {
    return Optional.of(admin.get(list).expect(200).json().at(at).asText())
        .filter(found -> !found.isEmpty());
  }

  private static void planInstall(Page page) {
    page.locator(".mod .a > button.btn").first().click();
  }

  private static void ask(Page page) {
    page.getByLabel("Subject").first().fill("The VPN drops every few minutes");
    assertThat(page.getByText("This may help")).isVisible();
  }

  private static void describe(Page page) {
    page.getByLabel("Subject").first().fill("Badge reader at gate 2 does not open");
  }
}
