/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists of tickets in columns, where moving a card takes its ticket further. */
@ExtendWith(SharedTalka.class)
class BoardTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  BoardTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void boardsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api agent = admin.person("board-a-" + mark, "Agent", "agent");
    Api requester = admin.person("board-r-" + mark, "Requester", "requester");
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      made.add(admin.ticket("incident", "Column " + mark));
    }
    move(admin, made.iterator().next(), "start", Map.of());
    String q = "q=" + Api.encode("type:incident state:open " + mark);
    JsonNode board = agent.get("/board?limit=1&" + q).expect(200).json();
    assertEquals("state", board.path("by").asText());
    JsonNode first = board.path("columns").path(0);
    assertEquals("New", first.path("title").asText());
    assertEquals(2, first.path("count").asInt());
    assertFalse(first.path("more").asBoolean());
    assertEquals(1, first.path("items").size());
    List<String> exits = new ArrayList<>();
    board.path("columns").forEach(c -> addIf(exits, c, c.path("exit").asBoolean()));
    assertEquals(List.of("Resolved", "Closed", "Cancelled"), exits);
    Set<String> found = new HashSet<>();
    found.add(first.path("items").path(0).path("key").asText());
    String column = "/board/columns/" + first.path("key").asText() + "?limit=1&" + q;
    JsonNode next =
        agent.get(column + "&after=" + Api.encode(first.path("next").asText())).expect(200).json();
    assertTrue(next.path("next").isNull());
    found.add(next.path("items").path(0).path("key").asText());
    assertEquals(2, found.size());
    agent.get(column + "&after=forged").expect(400);
    agent.get("/board/columns/no-such?" + q).expect(404);
    agent.get("/board?by=colour&" + q).expect(400);
    agent.get("/board?limit=0&" + q).expect(400);
    agent.get("/board?q=nofield:x").expect(400);
    talka.anonymous().get("/board?" + q).expect(401);
    for (String by : List.of("category", "priority", "assignee")) {
      int sum = 0;
      for (JsonNode c :
          agent.get("/board/counts?by=" + by + "&" + q).expect(200).json().path("columns")) {
        assertEquals(0, c.path("items").size());
        sum += c.path("count").asInt();
      }
      assertEquals(3, sum, by);
    }
    for (JsonNode c : requester.get("/board?" + q).expect(200).json().path("columns")) {
      assertEquals(0, c.path("count").asInt());
      assertEquals(0, c.path("items").size());
    }
  }

  private static void addIf(List<String> titles, JsonNode column, boolean wanted) {
    if (wanted) {
      titles.add(column.path("title").asText());
    }
  }

  @Test
  void movingACardTakesItsTicketFurther() {
    Api admin = talka.admin();
    admin.person("mover-" + mark, "Ilze Kalniņa", "agent", PASSWORD);
    String lamp = admin.ticket("incident", "The lamp flickers " + mark);
    String door = admin.ticket("incident", "The door is stuck " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("mover-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/queue/type-incident?q=" + mark);
        page.getByRole(AriaRole.BUTTON, exactly("As a board")).click();
        Locator fresh = column(page, "New");
        Locator working = column(page, "In progress");
        assertThat(fresh.getByRole(AriaRole.LISTITEM)).hasCount(2);

        // by drag: the step that leads there is taken
        card(page, lamp).dragTo(working);
        assertThat(working).containsText(lamp);
        comes("the lamp is in progress", () -> state(admin, lamp).equals("in-progress"));

        settled(page);
        // by menu: what the step needs is asked for, and giving up puts the card back
        card(page, lamp).getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.MENUITEM, menuItem("Pending")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(column(page, "Pending")).containsText(lamp);
        dialog.getByRole(AriaRole.BUTTON, in("Cancel")).click();
        assertThat(working).containsText(lamp);
        assertThat(column(page, "Pending").getByRole(AriaRole.LISTITEM)).hasCount(0);
        assertEquals("in-progress", state(admin, lamp));
        card(page, lamp).getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.MENUITEM, menuItem("Pending")).click();
        dialog.getByLabel("Waits for").selectOption("supplier");
        dialog.getByRole(AriaRole.BUTTON, in("Set to pending")).click();
        assertThat(dialog).hasCount(0);
        assertThat(column(page, "Pending")).containsText(lamp);
        assertEquals("pending", state(admin, lamp));

        settled(page);
        // where no step leads, the card stays, and why is said
        card(page, lamp).dragTo(fresh);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("no step of the workflow");
        assertThat(column(page, "Pending")).containsText(lamp);
        assertEquals("pending", state(admin, lamp));

        settled(page);
        // by keyboard, and the focus goes with the card
        link(page, door).focus();
        page.keyboard().press("m");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(working).containsText(door);
        comes("the door is in progress", () -> state(admin, door).equals("in-progress"));
        settled(page);
        assertThat(link(page, door)).isFocused();
        page.keyboard().press("ArrowRight");
        assertThat(link(page, lamp)).isFocused();
        page.keyboard().press("Shift+ArrowLeft");
        assertThat(working).containsText(lamp);
        comes("the lamp goes on", () -> state(admin, lamp).equals("in-progress"));

        // out of what the list shows
        settled(page);
        link(page, lamp).focus();
        page.keyboard().press("m");
        page.getByRole(AriaRole.MENUITEM, menuItem("Resolved")).click();
        dialog.getByLabel("How it was resolved").selectOption("fixed");
        dialog.getByRole(AriaRole.BUTTON, in("Resolve")).click();
        assertThat(dialog).hasCount(0);
        assertEquals("resolved", state(admin, lamp));
        assertThat(card(page, lamp)).hasCount(0);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("board");
        throw e;
      }
    }
  }

  @Test
  void whatOthersDoIsSeenAndWhoeverIsFirstWins() {
    Api admin = talka.admin();
    admin.person("board-live-" + mark, "Janis", "agent", PASSWORD);
    String first = admin.ticket("incident", "First of " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("board-live-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        String address = "/app/queue/type-incident?as=board&q=" + mark;
        page.navigate(talka.url() + address);
        assertThat(column(page, "New")).containsText(first);
        move(admin, first, "start", Map.of());
        assertThat(column(page, "In progress")).containsText(first);
        String second = admin.ticket("incident", "Second of " + mark);
        assertThat(column(page, "New")).containsText(second);
        assertThat(heading(page, "New")).containsText("1");
        move(admin, second, "resolve", Map.of("resolutionCode", "fixed"));
        assertThat(card(page, second)).hasCount(0);

        // a page that no longer hears of changes
        page.route("**/api/v1/events*", route -> route.abort());
        page.reload();
        assertThat(column(page, "In progress")).containsText(first);
        move(admin, first, "pend", Map.of("pendingReason", "supplier"));
        card(page, first).dragTo(column(page, "Assigned"));
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(column(page, "Assigned").getByRole(AriaRole.LISTITEM)).hasCount(0);
        assertEquals("pending", state(admin, first));

        // remembered for this list, with an address of its own
        page.navigate(talka.url() + "/app/queue/type-incident");
        assertThat(page.locator(".grid .row").first()).isVisible();
        page.keyboard().press("v");
        assertThat(page.locator("talka-board")).isVisible();
        page.getByRole(AriaRole.BUTTON, named("Lanes:")).click();
        page.getByRole(AriaRole.MENUITEMRADIO, radio("Team")).click();
        page.navigate(talka.url() + "/app/queue/type-incident");
        assertThat(page.locator("talka-board .board-lane").first()).isVisible();
        assertTrue(
            page.url().contains("as=board") && page.url().contains("lanes=team"), page.url());
        page.navigate(talka.url() + "/app/queue/open");
        assertThat(page.locator(".grid .row").first()).isVisible();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("board-live");
        throw e;
      }
    }
  }

  @Test
  void columnsAndLanesCanStandForOtherThings() {
    Api admin = talka.admin();
    if (!admin.moduleState("problem").equals("ACTIVE")) {
      admin.operate("install", "problem");
    }
    String incident = admin.ticket("incident", "Both of " + mark);
    String problem = admin.ticket("problem", "Why both of " + mark);
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      try {
        for (String language : List.of("en", "lv")) {
          String username = "board-" + language + "-" + mark;
          Map<String, Object> person =
              Map.of(
                  "username",
                  username,
                  "displayName",
                  "Ieva Ozola",
                  "email",
                  username + "@example.org",
                  "password",
                  PASSWORD,
                  "roles",
                  List.of("agent"),
                  "locale",
                  language);
          admin.post("/users", person).expect(201);
          Page page = browser.examined(language);
          page.navigate("/");
          page.locator("input[name=username]").fill(username);
          page.locator("input[name=password]").fill(PASSWORD);
          page.keyboard().press("Enter");
          assertThat(page.locator(".home")).isVisible();
          for (String shown :
              List.of(
                  "open?as=board&q=" + mark,
                  "open?as=board&by=state&lanes=type&q=" + mark,
                  "open?as=board&by=priority&lanes=assignee&q=" + mark,
                  "type-problem?as=board&by=state&lanes=priority&q=" + mark)) {
            page.navigate(talka.url() + "/app/queue/" + shown);
            assertThat(card(page, problem)).isVisible();
            faults.addAll(Browser.look(page, shown + " in " + language));
          }
        }
        Page page = browser.person("board-en-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        // of two steps that lead there one is chosen
        page.navigate(talka.url() + "/app/queue/open?as=board&by=category&q=" + mark);
        card(page, incident).dragTo(column(page, "Active"));
        page.getByRole(AriaRole.DIALOG)
            .getByRole(AriaRole.BUTTON, in("Start work In progress"))
            .click();
        comes("the incident is taken up", () -> state(admin, incident).equals("in-progress"));
        // a module's type goes by its own workflow
        page.navigate(talka.url() + "/app/queue/type-problem?as=board&by=state&q=" + mark);
        card(page, problem).dragTo(column(page, "Assessed"));
        comes("the problem is assessed", () -> state(admin, problem).equals("assessed"));
        settled(page);
        // other columns set other values
        page.navigate(talka.url() + "/app/queue/open?as=board&by=priority&q=" + mark);
        card(page, incident).dragTo(column(page, "High"));
        comes(
            "the incident is pressing",
            () -> ticket(admin, incident).path("priority").asText().equals("high"));
        page.navigate(talka.url() + "/app/queue/open?as=board&by=assignee&q=" + mark);
        card(page, problem).dragTo(column(page, "Ieva Ozola"));
        comes(
            "the problem is hers",
            () ->
                ticket(admin, problem)
                    .path("assignee")
                    .path("username")
                    .asText()
                    .equals("board-en-" + mark));
        assertThat(column(page, "Ieva Ozola")).containsText(problem);
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("board-columns");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  private static void move(Api api, String key, String transition, Map<String, Object> fields) {
    api.post("/tickets/" + key + "/transitions", Map.of("transition", transition, "fields", fields))
        .expect(200);
  }

  /** No card is on its way any more. */
  private static void settled(Page page) {
    assertThat(page.locator(".board-card.busy")).hasCount(0);
  }

  private static void comes(String what, BooleanSupplier condition) {
    Wait.that(what, Duration.ofSeconds(20), condition);
  }

  private static JsonNode ticket(Api api, String key) {
    return api.get("/tickets/" + key).expect(200).json();
  }

  private static String state(Api api, String key) {
    return ticket(api, key).path("state").asText();
  }

  private static Locator column(Page page, String title) {
    return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName(title).setExact(true));
  }

  private static Locator heading(Page page, String title) {
    return page.locator(".board-head", new Page.LocatorOptions().setHasText(title));
  }

  private static Locator card(Page page, String key) {
    return page.locator("li[data-id='" + key + "']");
  }

  private static Locator link(Page page, String key) {
    return card(page, key).getByRole(AriaRole.LINK);
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions menuItem(String name) {
    return exactly(name);
  }

  private static Page.GetByRoleOptions radio(String name) {
    return exactly(name);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
