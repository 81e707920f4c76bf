/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The days of four people who use nothing but keys. */
@ExtendWith(SharedTalka.class)
class KeyboardDaysTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  KeyboardDaysTest(RunningTalka talka) {
    this.talka = talka;
  }

  /** A day: the page and the keys. */
  private interface Day {
    void live(Page page, Keyboard keys);
  }

  @Test
  void aRequesterFindsReportsFollowsRepliesReopensAndRates() {
    Api admin = talka.admin();
    admin.person("day-r-" + mark, "Rūta Ozola", "requester", PASSWORD);
    Api self = new Api(talka.url()).signIn("day-r-" + mark, PASSWORD);
    String old = self.ticket("incident", "The projector " + mark);
    day(
        "day-r-" + mark,
        ".hero",
        (page, keys) -> {
          // finds what was asked before
          keys.to("What do you need help with?").type("projector " + mark);
          assertThat(page.locator(".sug a")).hasCount(2);
          keys.press("ArrowDown", "Enter");
          assertThat(page.locator("talka-request h1")).containsText("The projector");
          keys.to("Back").press("Enter");
          assertThat(page.locator(".hero")).isVisible();

          // reports something new
          keys.to("What do you need help with?").type("Mouse " + mark).press("Enter");
          page.waitForURL(Pattern.compile(".*/portal/new/incident.*"));
          assertThat(page.getByLabel("Subject")).isFocused();
          keys.to("Description").type("It does not move.");
          keys.to("Category").type("Hard");
          keys.to("Send").press("Enter");
          page.waitForURL(Pattern.compile(".*/portal/requests/INC-\\d+"));
          String key = page.url().substring(page.url().lastIndexOf('/') + 1);

          // follows it, and replies
          admin
              .post("/tickets/" + key + "/comments", Map.of("body", "Which colour is it?"))
              .expect(201);
          assertThat(page.getByText("Which colour is it?")).isVisible();
          keys.to("Reply").type("It is black.").press("Control+Enter");
          assertThat(page.locator(".msg.own").getByText("It is black.")).isVisible();

          // reopens what was not done, and rates what was
          resolve(admin, key);
          assertThat(page.locator(".standing")).hasText("Done. Does it work for you?");
          keys.back("Reopen").press("Enter");
          assertThat(page.locator(".standing")).not().hasText("Done. Does it work for you?");
          resolve(admin, key);
          assertThat(page.locator("talka-rating form")).isVisible();
          keys.press("Control+Home").to("very dissatisfied");
          keys.press("ArrowRight", "ArrowRight", "ArrowRight");
          keys.to("Anything we should know?").type("Friendly");
          keys.to("Send").press("Enter");
          assertThat(page.locator(".rated")).containsText("4 – satisfied");
          keys.to("My requests").press("Enter");
          assertThat(page.locator("h1")).hasText("My requests");
          keys.to("The projector").press("Enter");
          page.waitForURL(Pattern.compile(".*/portal/requests/" + old));
        });
  }

  @Test
  void anAgentWorksFromTodayToTheSearch() {
    Api admin = talka.admin();
    admin.person("day-a-" + mark, "Ilze Kalniņa", "agent", PASSWORD);
    Api requester = admin.person("day-q-" + mark, "Rūta Ozola", "requester");
    String key = requester.ticket("incident", "The gate " + mark);
    change(admin, key, Map.of("assignee", "day-a-" + mark));
    String board = requester.ticket("incident", "The board " + mark);
    String one = requester.ticket("incident", "Many " + mark);
    String two = requester.ticket("incident", "Many " + mark);
    day(
        "day-a-" + mark,
        ".home .line",
        (page, keys) -> {
          // Today leads to the ticket
          keys.press("j").here();
          keys.press("Enter");
          page.waitForURL(Pattern.compile(".*/app/ticket/" + key));
          assertThat(page.locator("talka-composer")).isVisible();

          // replies, notes, takes, resolves
          keys.press("r");
          assertThat(page.locator("talka-composer textarea")).isFocused();
          keys.here();
          keys.type("We are on the way.").press("Control+Enter");
          assertThat(page.locator(".msg").getByText("We are on the way.")).isVisible();
          keys.to("Attach").press("n");
          assertThat(page.locator("talka-composer textarea")).isFocused();
          keys.type("The motor again.").press("Control+Enter");
          assertThat(page.locator(".msg.internal").getByText("The motor again.")).isVisible();
          keys.back("Assignee").press("Enter");
          Locator who = page.locator(".editing input");
          assertThat(who).isFocused();
          keys.type("Ilze").here();
          keys.press("Enter");
          assertThat(page.locator("dd:has([data-field=assignee])")).containsText("Ilze");
          keys.press("Control+k").type("Unassigned").press("Escape");
          keys.back("Resolve").press("Enter");
          assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
          keys.here();
          keys.press("ArrowDown").to("Resolve").press("Enter");
          assertThat(page.locator(".title .chip").first()).hasText("Resolved");

          // the queue: down, open, back
          go(page, keys, "All open", "/app/queue/open");
          assertThat(page.locator(".grid .row").first()).isVisible();
          keys.press("j").here();
          keys.press("Enter");
          assertThat(page.locator(".beside talka-ticket h1")).isVisible();
          keys.press("Escape");
          assertThat(page.locator(".grid .row").first()).isVisible();

          // the board
          keys.to("Query").type("subject:\"board " + mark + "\"");
          assertThat(page.locator(".grid .row")).hasCount(1);
          keys.back("List options");
          keys.press("v");
          assertThat(page.locator(".board-card")).hasCount(1);
          keys.to("The board " + mark).press("m");
          assertThat(page.locator(".board-menu")).isVisible();
          keys.here();
          keys.press("Enter");
          Locator asked = page.getByRole(AriaRole.DIALOG);
          assertThat(asked).isVisible();
          keys.to("Start work").press("Enter");
          Wait.that(
              "the card has been moved",
              java.time.Duration.ofSeconds(20),
              () ->
                  admin
                      .get("/tickets/" + board)
                      .json()
                      .path("state")
                      .asText()
                      .equals("in-progress"));
          // over the calendar back to the list
          keys.press("v", "v");
          assertThat(page.locator(".grid .row")).hasCount(1);

          // a view of one's own
          keys.to("List options").press("Enter");
          keys.choose("Save as a view");
          assertThat(page.getByLabel(Pattern.compile("^Name"))).isFocused();
          keys.type("Boards " + mark);
          keys.to("Save").press("Enter");
          page.waitForURL(Pattern.compile(".*/app/view/.*"));
          assertThat(page.locator(".listhead h1")).hasText("Boards " + mark);

          // many at once
          go(page, keys, "All open", "/app/queue/open");
          keys.to("Query").type("subject:\"many " + mark + "\"");
          assertThat(page.locator(".grid .row")).hasCount(2);
          keys.to("Choose " + two).press("Space");
          keys.press("j", "x");
          assertThat(page.locator(".bulk-bar")).containsText("2");
          keys.press("b");
          assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
          keys.to("Priority").type("Hi");
          keys.to("Change them").press("Enter");
          assertThat(page.getByText("2 of 2 changed")).isVisible();
          keys.to("Close").press("Enter");
          assertEquals("high", admin.get("/tickets/" + one).json().path("priority").asText());

          // and the search
          keys.press("Control+k").type("The gate " + mark);
          assertThat(page.locator(".palette")).containsText(key);
          keys.press("Enter");
          page.waitForURL(Pattern.compile(".*/app/ticket/" + key));
        });
  }

  @Test
  void aManagerKeepsADashboardSharesAViewAndSeesOnlyWhatIsAllowed() {
    Api admin = talka.admin();
    admin.person("day-m-" + mark, "Māra Liepa", "manager", PASSWORD);
    Api agent = admin.person("day-o-" + mark, "Other", "agent");
    day(
        "day-m-" + mark,
        ".home",
        (page, keys) -> {
          go(page, keys, "Dashboards", "/app/dashboards");
          assertThat(page.locator(".widget").first()).isVisible();
          keys.to("Keep a copy").press("Enter");
          assertThat(page.locator(".grip").first()).isVisible();
          page.waitForURL(Pattern.compile(".*/app/dashboards/[0-9]+"));
          String moved = "[data-widget]:has(h2[title=Open])";
          Object before = page.locator(moved).first().evaluate("e => e.offsetLeft");
          keys.to("Move Open").press("ArrowRight");
          assertThat(page.locator(".dash-page > [role=status]")).not().isEmpty();
          keys.here();
          page.waitForCondition(
              () -> !before.equals(page.locator(moved).first().evaluate("e => e.offsetLeft")));
          keys.to("change Open").press("Enter");
          keys.choose("Wider");
          keys.press("Control+Home").to("Save").press("Enter");
          assertThat(page.locator(".grip")).hasCount(0);

          go(page, keys, "All open", "/app/queue/open");
          keys.to("List options").press("Enter");
          keys.choose("Save as a view");
          assertThat(page.getByLabel(Pattern.compile("^Name"))).isFocused();
          keys.type("Shared " + mark);
          keys.to("Who sees it").type("Every");
          keys.to("Save").press("Enter");
          page.waitForURL(Pattern.compile(".*/app/view/.*"));
          Wait.that(
              "others see the view",
              java.time.Duration.ofSeconds(10),
              () -> agent.get("/views").expect(200).text().contains("Shared " + mark));

          // what a manager may look at, and what not
          go(page, keys, "Audit", "/app/audit");
          assertThat(page.locator(".audit li").first()).isVisible();
          keys.to("Who (user name)").type("admin").press("Enter");
          assertThat(page.locator("nav a[href='/app/people']")).hasCount(0);
          assertThat(page.locator("nav a[href='/app/appearance']")).hasCount(0);
          keys.press("Control+k").type("Appearance");
          assertThat(page.locator(".palette li").first()).not().hasText("Appearance");
          keys.press("Escape");
        });
  }

  @Test
  void anAdministratorBringsAModuleAPersonAFieldAndALook() {
    Api admin = talka.admin();
    admin.person("day-d-" + mark, "Dace Bērza", "admin", PASSWORD);
    if (!admin.moduleState("problem").equals("REMOVED")) {
      admin.operate("uninstall", "problem");
    }
    String name = admin.get("/appearance").json().path("name").asText();
    try {
      day(
          "day-d-" + mark,
          ".home",
          (page, keys) -> {
            go(page, keys, "Modules", "/app/modules");
            assertThat(page.locator(".mod").first()).isVisible();
            keys.to("Install: Problem management").press("Enter");
            assertThat(page.locator(".plan")).isFocused();
            askForThePasswordOnce(page);
            keys.to("Install").press("Enter");
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
            keys.here();
            keys.type(PASSWORD).press("Enter");
            Locator plan = page.locator(".plan");
            assertThat(plan.getByText("Done: Problem management")).isVisible();
            keys.to("Close").press("Enter");
            keys.to("More for Problem management").press("Enter");
            keys.choose("Uninstall");
            assertThat(plan).isFocused();
            keys.to("Uninstall").press("Enter");
            assertThat(plan.getByText("Done: Problem management")).isVisible();

            go(page, keys, "People", "/app/people");
            keys.to("Add a person").press("Enter");
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
            keys.here();
            keys.type("Jānis Bērziņš");
            keys.to("User name").type("day-n-" + mark);
            keys.to("E-mail").type("janis@example.org");
            keys.to("Password").type(PASSWORD);
            keys.to("Agent").press("Space");
            keys.to("Create").press("Enter");
            assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
            admin.get("/users/day-n-" + mark).expect(200);

            go(page, keys, "Types and workflows", "/app/types");
            keys.to("Ticket types").press("ArrowRight");
            assertThat(page.getByLabel("Find a field")).isVisible();
            keys.to("Find a field").type("Needed");
            assertThat(page.locator(".person-row")).hasCount(1);
            keys.to("Needed by").press("Enter");
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
            keys.here();
            keys.press("Control+a").type("Needed " + mark);
            keys.to("Save").press("Enter");
            assertThat(page.locator(".person-row")).containsText("Needed " + mark);

            go(page, keys, "Appearance", "/app/appearance");
            keys.to("Name of the organisation").press("Control+a").type("Desk " + mark);
            keys.to("Save").press("Enter");
            assertThat(page.locator(".top .brand")).hasText("Desk " + mark);
          });
    } finally {
      admin.delete("/field-settings/neededBy");
      String etag = admin.get("/appearance").expect(200).header("ETag").orElseThrow();
      admin.patch("/appearance", Map.of("name", name.isEmpty() ? "Talka" : name), etag).expect(200);
    }
  }

  @Test
  void everyStopOfEveryPageCanBeSeenAndHit() {
    Api admin = talka.admin();
    admin.person("stops-" + mark, "Dace Bērza", "admin", PASSWORD);
    Api self = new Api(talka.url()).signIn("stops-" + mark, PASSWORD);
    String key = self.ticket("incident", "Stops " + mark);
    self.post("/tickets/" + key + "/comments", Map.of("body", "Look: https://example.org"))
        .expect(201);
    self.post("/tickets/" + key + "/tasks", Map.of("title", "A task")).expect(201);
    String done = self.ticket("request", "Done " + mark);
    self.post("/tickets/" + done + "/transitions", Map.of("transition", "fulfil")).expect(200);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("/app", ".home .line");
    pages.put("/app/dashboards/desk.today", ".plot");
    pages.put("/app/queue/open", ".row");
    pages.put("/app/queue/open?as=board", ".board-card");
    pages.put("/app/queue/open/" + key, "talka-ticket h1");
    pages.put("/app/ticket/" + key, "talka-ticket .task");
    pages.put("/app/new/incident", "form.create");
    pages.put("/app/search?q=stops", ".row");
    pages.put("/app/tasks", "h1");
    pages.put("/app/modules", ".mod");
    pages.put("/app/modules/history", "h1");
    pages.put("/app/people", ".person-row");
    pages.put("/app/types/fields", ".person-row");
    pages.put("/app/type/incident", ".form-fields li");
    pages.put("/app/type/incident/workflow", "svg.flow .box");
    pages.put("/app/audit", ".audit li");
    pages.put("/app/appearance", ".look-pane");
    pages.put("/portal", ".req");
    pages.put("/portal/requests/" + done, "talka-rating form");
    pages.put("/portal/new/request", "form.create");
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.person("stops-" + mark, PASSWORD);
      Keyboard keys = new Keyboard(page);
      assertThat(page.locator(".home")).isVisible();
      pages.forEach(
          (address, shows) -> {
            page.navigate(address);
            try {
              page.waitForFunction(PagesTest.SETTLED, shows);
            } catch (TimeoutError late) {
              throw new AssertionError(address + " does not come to show " + shows, late);
            }
            keys.all();
          });
      keys.faults().forEach(System.out::println);
      assertEquals(List.of(), keys.faults());
      browser.assertNoComplaints();
    }
  }

  /** Signs in by keys, lives the day, and tells every obstacle that was met. */
  private void day(String username, String arrived, Day day) {
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.person();
      Keyboard keys = new Keyboard(page);
      try {
        page.navigate("/");
        assertThat(page.getByLabel("User name")).isFocused();
        keys.here();
        keys.type(username).to("Password").type(PASSWORD).to("Sign in").press("Enter");
        assertThat(page.locator(arrived).first()).isVisible();
        day.live(page, keys);
        assertEquals(List.of(), keys.faults());
        browser.assertNoComplaintsBut(403);
      } catch (RuntimeException | Error e) {
        keys.faults().forEach(System.out::println);
        browser.keepPictures("day-" + username);
        throw e;
      }
    }
  }

  /** By the palette, as people do who know their way. */
  private static void go(Page page, Keyboard keys, String name, String address) {
    keys.press("Control+k");
    assertThat(page.locator(".palette input")).isFocused();
    keys.type(name);
    assertThat(page.locator(".palette li").first()).hasText(name);
    keys.press("Enter");
    page.waitForURL(Pattern.compile(".*" + Pattern.quote(address) + ".*"));
    assertThat(page.locator(".palette")).hasCount(0);
  }

  /** As if the password had been typed long ago; all that follows is the desk's own. */
  private static void askForThePasswordOnce(Page page) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "urn:talka:problem:error.session.confirm");
    problem.put("title", "Not allowed");
    problem.put("status", 403);
    page.route(
        Pattern.compile(".*/modules/plans/.*/apply"),
        route -> {
          route.fulfill(
              new Route.FulfillOptions()
                  .setStatus(403)
                  .setContentType("application/problem+json")
                  .setBody(json(problem)));
        },
        new Page.RouteOptions().setTimes(1));
  }

  private static String json(Object value) {
    try {
      return Api.JSON.writeValueAsString(value);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void resolve(Api api, String key) {
    api.post(
            "/tickets/" + key + "/transitions",
            Map.of("transition", "resolve", "fields", Map.of("resolutionCode", "fixed")))
        .expect(200);
  }

  private static void change(Api api, String key, Map<String, Object> values) {
    String etag = api.get("/tickets/" + key).expect(200).header("ETag").orElseThrow();
    api.patch("/tickets/" + key, values, etag).expect(200);
  }
}
