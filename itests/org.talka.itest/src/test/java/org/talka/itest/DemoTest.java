/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ./talka run --demo}: a desk to look around in, whatever is installed on it later. */
class DemoTest {
  private static final Map<String, String> DEMO = Map.of("TALKA_DEMO", "true");
  private static final String VPN = "VPN drops every few minutes when working from home";
  private static final List<String> MODULES = List.of("problem", "knowledge", "cmdb");

  /** What each of them brings; all of it fits on a page. */
  private static final Map<String, String> LISTS =
      Map.of(
          "problem", "/tickets?limit=100&q=" + Api.encode("type:problem"),
          "knowledge", "/knowledge/articles?limit=100",
          "cmdb", "/cmdb/items?limit=100");

  @Test
  void modulesBringTheirPartOnceHoweverOftenTheyCome() throws IOException {
    Path home = Distribution.unpack("demo");
    Path data = Distribution.work().resolve("demo-data").toAbsolutePath();
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, Map.of("TALKA_DEMO", "true")).start()) {
      Api admin = talka.admin();
      MODULES.forEach(module -> admin.operate("install", module));
      Map<String, JsonNode> told = new LinkedHashMap<>();
      for (String module : MODULES) {
        told.put(module, brought(data, admin, module));
      }
      assertTrue(told.get("problem").size() >= 3, told.get("problem").toString());
      assertTrue(told.get("knowledge").size() >= 12, "articles: " + told.get("knowledge").size());
      assertTrue(told.get("cmdb").size() >= 35, "items: " + told.get("cmdb").size());
      eachStandsOnTickets(admin, told);

      MODULES.forEach(module -> admin.operate("uninstall", module));
      MODULES.forEach(module -> admin.operate("install", module));
      talka.stop();
      talka.start();
      Api again = talka.admin();
      for (String module : MODULES) {
        assertEquals(
            told.get(module).size(),
            again.get(LISTS.get(module)).expect(200).json().path("items").size(),
            module);
      }
      assertEquals(List.of(), Distribution.complaints(data));
    }
    Distribution.delete(data);
    Distribution.delete(home);
  }

  private static JsonNode brought(Path data, Api admin, String module) {
    Wait.that(
        "module " + module + " has brought its part",
        Duration.ofMinutes(2),
        () ->
            lines(data).stream().anyMatch(line -> line.contains(module + " has brought its part")));
    return admin.get(LISTS.get(module)).expect(200).json().path("items");
  }

  private static List<String> lines(Path data) {
    try {
      return Files.readAllLines(data.resolve("log").resolve("talka.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void eachStandsOnTickets(Api admin, Map<String, JsonNode> told) {
    String vpn =
        admin
            .get("/tickets?limit=1&q=" + Api.encode("subject:\"VPN drops every few minutes\""))
            .expect(200)
            .json()
            .at("/items/0/key")
            .asText();
    assertFalse(vpn.isEmpty());
    String links = admin.get("/tickets/" + vpn + "/links").expect(200).text();
    assertTrue(
        told.get("problem").findValuesAsText("key").stream().anyMatch(links::contains), links);
    assertFalse(
        admin.get("/knowledge/tickets/" + vpn).expect(200).json().path("used").isEmpty(), vpn);
    assertFalse(admin.get("/cmdb/tickets/" + vpn).expect(200).json().path("items").isEmpty(), vpn);
  }

  @Test
  void whatTheyBringIsThereToBeSeen() throws IOException {
    Path home = Distribution.unpack("demo-seen");
    Path data = Distribution.work().resolve("demo-seen-data").toAbsolutePath();
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, DEMO).start();
        Browser browser = new Browser(talka.url())) {
      try {
        Api admin = talka.admin();
        MODULES.forEach(module -> admin.operate("install", module));
        MODULES.forEach(module -> brought(data, admin, module));
        look(browser, talka, admin);
        reviewsAreTold(browser, talka, admin);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("demo");
        throw e;
      }
      talka.stop();
    }
    Distribution.delete(data);
    Distribution.delete(home);
  }

  @Test
  void aDeskWithTicketsOfItsOwnNeverBecomesADemonstration() throws IOException {
    Path home = Distribution.unpack("no-demo");
    Path data = Distribution.work().resolve("no-demo-data").toAbsolutePath();
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, Map.of()).start()) {
      talka.admin().ticket("incident", "A real one");
      talka.stop();
    }
    try (TalkaProcess talka = new TalkaProcess(home, data, DEMO).start()) {
      Api admin = talka.admin();
      MODULES.forEach(module -> admin.operate("install", module));
      // a module that would be filled is filled before the next one is there
      assertEquals(0, count(admin, "/knowledge/articles"));
      assertEquals(0, count(admin, "/cmdb/items"));
      assertEquals(1, count(admin, "/tickets"));
      assertEquals(
          List.of(),
          lines(data).stream().filter(line -> line.contains("part of the demonstration")).toList());
      talka.stop();
    }
    Distribution.delete(data);
    Distribution.delete(home);
  }

  @Test
  void articlesGoFromOneDeskToAnother() throws IOException {
    Path home = Distribution.unpack("articles");
    Path data = Distribution.work().resolve("articles-data").toAbsolutePath();
    Path other = Distribution.work().resolve("articles-other").toAbsolutePath();
    Distribution.delete(data);
    Distribution.delete(other);
    byte[] archive;
    try (TalkaProcess talka = new TalkaProcess(home, data, DEMO).start()) {
      Api admin = talka.admin();
      admin.operate("install", "knowledge");
      brought(data, admin, "knowledge");
      archive = admin.stream("/knowledge/archive").readAllBytes();
      talka.stop();
    }
    try (TalkaProcess talka = new TalkaProcess(home, other, Map.of()).start()) {
      Api admin = talka.admin();
      admin.operate("install", "knowledge");
      admin.post("/teams", Map.of("key", "network", "name", "Network")).expect(201);
      JsonNode trial = bring(admin, archive, "true");
      assertEquals(19, trial.path("created").asInt(), trial.toString());
      assertEquals(0, count(admin, "/knowledge/articles"));
      JsonNode done = bring(admin, archive, "false");
      assertEquals(19, done.path("created").asInt(), done.toString());
      assertTrue(done.path("complete").asBoolean());
      assertEquals(19, count(admin, "/knowledge/articles"));
      assertEquals(19, bring(admin, archive, "false").path("unchanged").asInt());
      assertEquals(
          400,
          admin
              .send(
                  "/knowledge/archive",
                  "application/zip",
                  HttpRequest.BodyPublishers.ofString("no archive"))
              .status());
      talka.stop();
    }
    Distribution.delete(data);
    Distribution.delete(other);
    Distribution.delete(home);
  }

  private static JsonNode bring(Api admin, byte[] archive, String trial) {
    return admin
        .send(
            "/knowledge/archive?dryRun=" + trial,
            "application/zip",
            HttpRequest.BodyPublishers.ofByteArray(archive))
        .expect(200)
        .json();
  }

  private static String ticket(Api admin) {
    return list(admin, "/tickets?limit=1&q=" + Api.encode("subject:\"" + VPN + "\""))
        .path(0)
        .path("key")
        .asText();
  }

  private static JsonNode list(Api admin, String path) {
    return admin.get(path).expect(200).json().path("items");
  }

  private static int count(Api admin, String path) {
    return list(admin, path + "?limit=200").size();
  }

  private static void look(Browser browser, TalkaProcess talka, Api admin) {
    Page page = browser.examined("en-US");
    page.navigate("/");
    Browser.signIn(page, "admin", talka.adminPassword());
    String server = list(admin, "/cmdb/items?q=harbour-core-1").path(0).path("key").asText();
    Map<String, String> pages =
        Map.of(
            "/app/m/knowledge/knowledge.articles",
            "ul.pages li",
            "/app/m/problem/problem.known-errors",
            "main talka-contribution *",
            "/app/m/cmdb/cmdb.items",
            "main talka-contribution a",
            "/app/m/cmdb/cmdb.items/" + server + "/map",
            ".map svg",
            "/app/ticket/" + ticket(admin),
            "talka-contribution *",
            "/app/dashboards/desk.satisfaction",
            ".of-average .count");
    List<String> faults = new ArrayList<>();
    pages.forEach(
        (address, shows) -> {
          page.navigate(address);
          assertThat(page.locator(shows).first()).isVisible();
          faults.addAll(Browser.look(page, "demo" + address.replace("/", "-")));
        });
    // an article and its translation are one to a reader
    page.navigate("/portal/m/knowledge/knowledge.help");
    Locator articles = page.locator("ul.items > li");
    assertThat(articles.getByText("VPN drops every few minutes")).isVisible();
    assertThat(articles.getByText("VPN savienojums")).hasCount(0);
    page.close();
    assertEquals(List.of(), faults);
    browser.assertNoComplaints();
  }

  /** Of the articles of the demonstration two are due for review soon, and one has been. */
  private static void reviewsAreTold(Browser browser, TalkaProcess talka, Api admin) {
    String password = "Correct-horse-9-battery";
    admin
        .send(
            "PATCH",
            "/users/kristine.vitola",
            Map.of("password", password, "locale", "en"),
            Map.of())
        .expect(200);
    admin.post("/jobs/knowledge.reviews/runs", Map.of()).expect(202);
    Api manager = new Api(talka.url()).signIn("kristine.vitola", password);
    Wait.that(
        "the reviews are told",
        Duration.ofSeconds(30),
        () -> list(manager, "/notifications").findValuesAsText("module").size() == 2);
    Page page = browser.examined("en-US");
    page.navigate("/");
    Browser.signIn(page, "kristine.vitola", password);
    page.locator("talka-bell button.bell").click();
    assertThat(page.locator(".notice b").filter(text("is due for review"))).hasCount(2);
    assertEquals(List.of(), Browser.look(page, "demo-bell"));
    if (!page.locator(".notice a").first().isVisible()) {
      page.locator("talka-bell button.bell").click();
    }
    page.locator(".notice a").filter(text("Reset the token of a crane driver")).click();
    assertThat(page.locator("main h1, main h2").filter(text("Reset the token")).first())
        .isVisible();
    page.close();
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
