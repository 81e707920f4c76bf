/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A desk that has grown: a type with three hundred fields, fifty modules with pages of their own,
 * two hundred views, hundreds of tickets. What the pages draw and ask for is counted; how long it
 * takes, {@link BudgetTest} says. {@code -Dtalka.size.url=http://127.0.0.1:8080} looks at a desk of
 * any size that runs already and has all this.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SizeTest {
  private static final String PASSWORD = "Correct-horse-9-battery";
  private static final int TICKETS = 500;
  private static final int VIEWS = 200;

  private static final Locator.GetByRoleOptions ALL_VIEWS =
      new Locator.GetByRoleOptions().setName(Pattern.compile("All \\d+: Views"));

  /** So many of a long group stand in the navigation. */
  private static final int FIRST = 8;

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private Path home;
  private TalkaProcess process;
  private RunningTalka talka;

  @BeforeAll
  void grow() {
    String url = System.getProperty("talka.size.url");
    if (url != null) {
      talka = new Elsewhere(URI.create(url));
      return;
    }
    home = Distribution.unpack("size");
    Path data = Distribution.work().resolve("size-data").toAbsolutePath();
    Distribution.delete(data);
    GrownModules.drop(home, data.resolve("deploy"));
    process = new TalkaProcess(home, data, Map.of()).start();
    talka = process;
    Api admin = talka.admin();
    for (int i = 0; i < VIEWS; i += 50) {
      views(admin, i);
    }
    Wait.that(
        "the modules are there",
        Duration.ofMinutes(3),
        () ->
            admin.get("/ui/contributions").json().path("items").size() >= 3 * GrownModules.AREAS
                && admin.get("/ticket-types/wide").status() == 200);
    for (int i = 0; i < TICKETS; i++) {
      admin.ticket(i % 10 == 0 ? "wide" : "incident", "One of many, number " + i);
    }
  }

  @AfterAll
  void shrink() {
    if (process != null) {
      process.close();
      Distribution.delete(process.data());
      Distribution.delete(home);
    }
    seen.forEach(System.out::println);
  }

  private record Elsewhere(URI url) implements RunningTalka {
    @Override
    public String adminPassword() {
      return PASSWORD;
    }

    @Override
    public Path data() {
      throw new UnsupportedOperationException("It runs elsewhere");
    }
  }

  /** A person keeps fifty at most: four people share theirs. */
  private void views(Api admin, int from) {
    String username = "keeper-" + from;
    admin.person(username, "Keeper", "admin", PASSWORD);
    Api keeper = new Api(talka.url()).signIn(username, PASSWORD);
    for (int i = from; i < from + 50; i++) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("name", "Plant " + (i / 50 + 1) + ", line " + (i % 50 + 1));
      view.put("q", "state:open tag:line" + i);
      view.put("audience", "everybody");
      keeper.post("/views", view).expect(201);
    }
  }

  @Test
  void theNavigationStaysShort() {
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = signedIn(browser);
        List<String> asked = requests(page);
        page.navigate(talka.url() + "/app/queue/open");
        assertThat(page.locator(".grid .row").first()).isVisible();
        Locator nav = page.getByRole(AriaRole.NAVIGATION);
        assertThat(nav.getByRole(AriaRole.BUTTON, ALL_VIEWS)).isVisible();
        int links = nav.getByRole(AriaRole.LINK).count();
        say("links in the navigation", links);
        assertTrue(links <= 50, links + " links");
        // what is folded away is not counted
        page.waitForFunction("() => document.querySelectorAll('nav .n').length > 0");
        int counted =
            asked.stream()
                .filter(url -> url.contains("/ticket-counts"))
                .mapToInt(url -> url.split("[?&]q=").length - 1)
                .sum();
        say("queries that are counted for the navigation", counted);
        assertTrue(counted <= 30, counted + " counts");

        nav.getByRole(AriaRole.BUTTON, ALL_VIEWS).click();
        assertThat(
                nav.locator(
                    "a[href^='/app/view/']", new Locator.LocatorOptions().setHasText("Plant")))
            .hasCount(VIEWS);
        nav.getByRole(AriaRole.BUTTON, in("Fewer: Views")).click();
        assertThat(nav.locator("a[href^='/app/view/']")).hasCount(FIRST);
        // by name, without its marks, and with Enter to the first
        nav.getByRole(AriaRole.SEARCHBOX).fill("area 49");
        assertThat(nav.getByRole(AriaRole.LINK)).hasCount(1);
        nav.getByRole(AriaRole.SEARCHBOX).fill("PLANT 3, line 7");
        assertThat(nav.getByRole(AriaRole.LINK)).hasCount(1);
        Browser.pictures(page, "size-navigation-looked");
        nav.getByRole(AriaRole.SEARCHBOX).press("Enter");
        assertThat(page.locator(".listhead h1")).hasText("Plant 3, line 7");
        // where one is stays in sight
        assertThat(nav.locator("a[aria-current=page]")).hasText("Plant 3, line 7");
        faultless(page, "navigation");
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("size-navigation");
        throw e;
      }
    }
  }

  @Test
  void aFormOfThreeHundredFieldsIsFoldedAndSearched() {
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = signedIn(browser);
        page.navigate(talka.url() + "/app/new/wide");
        assertThat(page.locator("form.create")).isVisible();
        assertThat(page.locator("details.part")).hasCount(12);
        int drawn = page.locator("form.create .cell").count();
        say("fields that a form of 306 draws", drawn);
        assertTrue(drawn <= 10, drawn + " fields");
        Locator search =
            page.locator("form.create").getByRole(AriaRole.SEARCHBOX, name("Find a field"));
        search.fill("value 137");
        assertThat(page.locator("form.create .cell")).hasCount(1);
        page.locator("form.create .cell input, form.create .cell textarea").first().fill("7");
        search.fill("");
        assertThat(page.locator("details.part", text("1 filled in"))).hasCount(1);
        // a part is drawn when it is opened
        page.locator("details.part summary").nth(2).click();
        assertThat(page.locator("details.part[open] .cell")).hasCount(25);
        faultless(page, "form");
        Browser.pictures(page, "size-form");
        page.getByLabel("Subject").fill("Survey of the crane");
        page.getByRole(AriaRole.BUTTON, exactly("Create")).click();
        assertThat(page.locator("talka-ticket h1")).hasText("Survey of the crane");

        // its panel shows what has a value, and the rest when it is asked for
        Locator panel = page.locator("talka-ticket aside");
        assertThat(
                panel.locator("dt", new Locator.LocatorOptions().setHasText("Measured value 137")))
            .hasCount(1);
        int shown = panel.locator("dl > dt").count();
        say("properties that a ticket with 306 fields shows", shown);
        assertTrue(shown <= 20, shown + " properties");
        panel.getByRole(AriaRole.SEARCHBOX).fill("value 23");
        assertThat(panel.locator("dl > dt")).hasCount(11);
        panel.getByRole(AriaRole.SEARCHBOX).fill("");
        panel.getByRole(AriaRole.BUTTON, name("Show all 3")).click();
        assertTrue(panel.locator("dl > dt").count() > 300);
        panel.getByRole(AriaRole.BUTTON, in("Show fewer fields")).click();
        faultless(page, "ticket");
        Browser.pictures(page, "size-ticket");
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("size-form");
        throw e;
      }
    }
  }

  @Test
  void columnsAndConditionsAreFoundByTheirNames() {
    talka
        .admin()
        .post(
            "/tickets",
            Map.of("type", "wide", "subject", "Measured", "fields", Map.of("wideField101", "c")))
        .expect(201);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = signedIn(browser);
        page.navigate(talka.url() + "/app/queue/type-wide");
        assertThat(page.locator(".grid .row").first()).isVisible();
        List<String> asked = requests(page);
        page.getByRole(AriaRole.BUTTON, exactly("List options")).click();
        page.getByRole(AriaRole.MENUITEM, exactly("Save as a view")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator column = dialog.getByRole(AriaRole.COMBOBOX, name("Add a column"));
        column.fill("value 211");
        dialog.getByRole(AriaRole.OPTION, name("Measured value 211")).click();
        assertThat(dialog.locator(".columns-list li").last()).containsText("Measured value 211");
        // a condition of an own field
        Locator field = dialog.getByRole(AriaRole.COMBOBOX, in("Field")).last();
        field.fill("value 101");
        dialog.getByRole(AriaRole.OPTION, name("Measured value 101")).click();
        dialog.getByRole(AriaRole.COMBOBOX, name("Measured value 101")).selectOption("c");
        int options = dialog.locator("option").count();
        say("options in the dialog of a view", options);
        assertTrue(options <= 80, options + " options");
        long fields = asked.stream().filter(url -> url.contains("/ticket-types/")).count();
        assertEquals(0, fields, "types are not described one by one");
        dialog.getByLabel("Name").fill("Measured so");
        Browser.pictures(page, "size-view");
        dialog.getByRole(AriaRole.BUTTON, in("Save")).click();
        assertThat(page.locator(".listhead h1")).hasText("Measured so");
        assertThat(
                page.locator(".grid").getByRole(AriaRole.COLUMNHEADER, name("Measured value 211")))
            .hasCount(1);
        // and it is read back as conditions
        page.getByRole(AriaRole.BUTTON, exactly("List options")).click();
        page.getByRole(AriaRole.MENUITEM, exactly("Change the view")).click();
        assertThat(dialog.locator(".conditions-list > li")).hasCount(2);
        assertThat(dialog.getByRole(AriaRole.COMBOBOX, in("Field")).last())
            .hasValue("Measured value 101");
        faultless(page, "view");
        page.keyboard().press("Escape");
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("size-view");
        throw e;
      }
    }
  }

  @Test
  void theFirstQueueComesInThreeRoundsOverASlowNetwork() {
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = signedIn(browser);
        slow(page, 300);
        page.navigate(talka.url() + "/app/queue/open");
        assertThat(page.locator(".grid .row").first()).isVisible();
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> rounds = (List<Map<String, Object>>) page.evaluate(ROUNDS);
        int deepest = number(rounds.get(rounds.size() - 1), "round");
        say("rounds until the first queue is there", deepest);
        say("questions to the API until then", rounds.size());
        int scripts =
            number(
                page.evaluate("() => document.querySelectorAll('link[rel=modulepreload]').length"));
        say("scripts that the page names at once", scripts);
        // the page, what the scripts ask first, the tickets
        assertEquals(3, deepest, rounds.toString());
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("size-slow");
        throw e;
      }
    }
  }

  /**
   * What was asked of the API until the queue's tickets were: each a round after the last one of
   * those that were answered before it was asked. Scripts are left out: how many are fetched at
   * once depends on the version of HTTP.
   */
  private static final String ROUNDS =
      """
      () => {
        const page = performance.getEntriesByType("navigation")[0];
        const all = performance.getEntriesByType("resource").filter((r) => r.name.includes("/api/v1/"))
          .map((r) => ({ path: r.name.split("/api/v1")[1], start: r.startTime, end: r.responseEnd }))
          .sort((a, b) => a.start - b.start);
        all.unshift({ path: "the page", start: 0, end: page.responseStart });
        const last = all.findIndex((r) => r.path.startsWith("/tickets?"));
        const asked = all.slice(0, last + 1);
        for (const r of asked) r.round = 1 + Math.max(0, ...asked.filter((s) => s.round && s.end > 0 && s.end <= r.start).map((s) => s.round));
        return asked.map(({ path, round }) => ({ path, round }));
      }
      """;

  @Test
  void whatIsChangedIsShownBeforeTheServerHasAnswered() {
    String key = talka.admin().ticket("incident", "A slow answer");
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = signedIn(browser);
        page.navigate(talka.url() + "/app/ticket/" + key);
        Locator priority = page.locator("aside [data-field=priority]");
        List<Route> held = Collections.synchronizedList(new ArrayList<>());
        page.route(
            "**/api/v1/tickets/" + key,
            route -> {
              if (route.request().method().equals("PATCH")) {
                held.add(route);
              } else {
                route.resume();
              }
            });
        priority.click();
        page.getByLabel("Priority").selectOption("high");
        assertThat(priority).containsText("High");
        assertThat(page.locator("aside dd[aria-busy=true]")).hasCount(1);
        assertEquals("medium", priority(key));
        held.get(0).resume();
        assertThat(page.locator("aside dd[aria-busy=true]")).hasCount(0);
        assertEquals("high", priority(key));

        // what is refused is there to be mended
        priority.click();
        page.getByLabel("Priority").selectOption("low");
        assertThat(priority).containsText("Low");
        held.get(1)
            .fulfill(
                new Route.FulfillOptions()
                    .setStatus(422)
                    .setContentType("application/problem+json")
                    .setBody(
                        "{\"status\":422,\"title\":\"No\",\"detail\":\"Not now\",\"errors\":"
                            + "[{\"field\":\"priority\",\"message\":\"Not today\"}]}"));
        assertThat(page.locator("aside .editing")).containsText("Not today");
        page.getByLabel("Priority").press("Escape");
        assertThat(priority).containsText("High");
        browser.assertNoComplaintsBut(422);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("size-change");
        throw e;
      }
    }
  }

  @Test
  void aPageOutlivesARestartOfTheServer() {
    assumeTrue(process != null, "only a server of its own is stopped");
    Api admin = talka.admin();
    String first = admin.ticket("incident", "Before the restart");
    String second = admin.ticket("incident", "Across the restart");
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = signedIn(browser);
        page.navigate(talka.url() + "/app/queue/open/" + first);
        Locator composer = page.locator("talka-composer textarea");
        composer.fill("I look at it tomorrow");
        process.stop();
        page.locator("a.row[data-key='" + second + "']").click();
        assertThat(page.locator("talka-ticket .failure")).isVisible();
        // the list stays, and so does what can be done
        assertThat(page.locator("a.row[data-key='" + first + "']")).isVisible();
        process.start();
        page.locator("talka-ticket .failure button").click();
        assertThat(page.locator("talka-ticket h1")).hasText("Across the restart");
        page.locator("a.row[data-key='" + first + "']").click();
        assertThat(composer).hasValue("I look at it tomorrow");
        // the stream of events is back without a reload
        talka.admin().ticket("incident", "After the restart");
        assertThat(page.locator("button.fresh"))
            .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(90_000));
        browser.assertNoComplaintsButOfARestart();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("size-restart");
        throw e;
      }
    }
  }

  private String priority(String key) {
    return talka.admin().get("/tickets/" + key).expect(200).json().path("priority").asText();
  }

  private static void slow(Page page, int latency) {
    JsonObject conditions = new JsonObject();
    conditions.addProperty("offline", false);
    conditions.addProperty("latency", latency);
    conditions.addProperty("downloadThroughput", -1);
    conditions.addProperty("uploadThroughput", -1);
    CDPSession session = page.context().newCDPSession(page);
    session.send("Network.enable");
    session.send("Network.emulateNetworkConditions", conditions);
  }

  private static int number(Map<String, Object> of, String name) {
    return number(of.get(name));
  }

  private static int number(Object value) {
    return ((Number) value).intValue();
  }

  private Page signedIn(Browser browser) {
    Page page = browser.examined("en");
    page.navigate(talka.url() + "/");
    Browser.signIn(page, "admin", talka.adminPassword());
    return page;
  }

  private static List<String> requests(Page page) {
    List<String> urls = Collections.synchronizedList(new ArrayList<>());
    page.onRequest(request -> urls.add(request.url()));
    return urls;
  }

  private void say(String what, int number) {
    seen.add(String.format("%5d %s", number, what));
  }

  private static void faultless(Page page, String where) {
    assertEquals(List.of(), Browser.look(page, where));
  }

  private static Page.LocatorOptions text(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions name(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
