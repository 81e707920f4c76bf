/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists of tickets by days, where moving a ticket gives it another date. */
@ExtendWith(SharedTalka.class)
class CalendarTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  /** A month with nothing in it but what a test puts there. */
  private static final LocalDate DAY = LocalDate.of(2031, 3, 12);

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  CalendarTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void calendarsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api agent = admin.person("cal-a-" + mark, "Agent", "agent");
    Api requester = admin.person("cal-r-" + mark, "Requester", "requester");
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      made.add(request(admin, "Needed " + mark, DAY));
    }
    String other = request(admin, "Needed " + mark, DAY.plusDays(1));
    String q = "q=" + Api.encode("type:request " + mark) + "&by=neededBy";
    String range = "&from=" + DAY + "&to=" + DAY.plusDays(2);
    JsonNode calendar = agent.get("/calendar?limit=2&" + q + range).expect(200).json();
    assertEquals("neededBy", calendar.path("by").asText());
    JsonNode days = calendar.path("days");
    assertEquals(3, days.size());
    assertEquals(DAY.toString(), days.path(0).path("day").asText());
    assertEquals(2, days.path(0).path("items").size());
    assertTrue(days.path(0).path("more").asBoolean());
    assertEquals(other, days.path(1).path("items").path(0).path("key").asText());
    assertEquals(0, days.path(2).path("items").size());
    Set<String> found = new HashSet<>();
    days.path(0).path("items").forEach(item -> found.add(item.path("key").asText()));
    String day = "/calendar/days/" + DAY + "?limit=2&" + q;
    String next = days.path(0).path("next").asText();
    JsonNode rest = agent.get(day + "&after=" + Api.encode(next)).expect(200).json();
    rest.path("items").forEach(item -> found.add(item.path("key").asText()));
    assertTrue(rest.path("next").isNull());
    assertEquals(made, found);

    agent.get(day + "&after=forged").expect(400);
    // a page of one day is no page of another
    agent
        .get("/calendar/days/" + DAY.plusDays(1) + "?limit=2&" + q + "&after=" + Api.encode(next))
        .expect(400);
    agent.get("/calendar?" + q + "&from=" + DAY + "&to=" + DAY.plusDays(42)).expect(400);
    agent.get("/calendar?" + q + "&from=" + DAY + "&to=" + DAY.minusDays(1)).expect(400);
    agent.get("/calendar?" + q + "&from=2031-02-30&to=2031-03-01").expect(400);
    agent.get("/calendar?" + q + "&from=0001-01-01&to=0001-01-02").expect(400);
    agent.get("/calendar?" + q).expect(400);
    agent.get("/calendar?by=colour" + range).expect(400);
    agent.get("/calendar?q=nofield:x" + range).expect(400);
    agent.get("/calendar?limit=0&" + q + range).expect(400);
    talka.anonymous().get("/calendar?" + q + range).expect(401);
    for (JsonNode each : requester.get("/calendar?" + q + range).expect(200).json().path("days")) {
      assertEquals(0, each.path("items").size());
    }
  }

  @Test
  void movingATicketGivesItAnotherDay() {
    Api admin = talka.admin();
    admin.person("cal-mover-" + mark, "Ilze Kalniņa", "agent", PASSWORD);
    String chair = request(admin, "A chair " + mark, DAY);
    String desk = request(admin, "A desk " + mark, DAY);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("cal-mover-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/queue/type-request?day=" + DAY + "&q=" + mark);
        page.getByRole(AriaRole.BUTTON, exactly("As a calendar")).click();
        page.navigate(talka.url() + address("type-request", ""));
        Locator days = page.getByRole(AriaRole.GRID);
        assertThat(days).isVisible();
        assertThat(cell(page, DAY).getByRole(AriaRole.LISTITEM)).hasCount(2);

        // by drag
        entry(page, chair).dragTo(cell(page, DAY.plusDays(2)));
        assertThat(cell(page, DAY.plusDays(2))).containsText("A chair");
        needed(admin, chair, DAY.plusDays(2));
        // and back
        page.getByRole(AriaRole.BUTTON, exactly("Undo")).click();
        assertThat(cell(page, DAY)).containsText("A chair");
        needed(admin, chair, DAY);

        // by menu
        settled(page);
        entry(page, chair).hover();
        entry(page, chair).getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.MENUITEM, named("A week later")).click();
        assertThat(cell(page, DAY.plusDays(7))).containsText("A chair");
        needed(admin, chair, DAY.plusDays(7));

        // to a day that is chosen
        settled(page);
        link(page, chair).focus();
        page.keyboard().press("m");
        page.getByRole(AriaRole.MENUITEM, named("Another day")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Day").fill(DAY.plusDays(3).toString());
        dialog.getByRole(AriaRole.BUTTON, in("Move")).click();
        assertThat(cell(page, DAY.plusDays(3))).containsText("A chair");
        needed(admin, chair, DAY.plusDays(3));

        // by keyboard: day by day, into the day and out of it
        settled(page);
        cell(page, DAY).focus();
        page.keyboard().press("ArrowRight");
        assertThat(cell(page, DAY.plusDays(1))).isFocused();
        page.keyboard().press("ArrowUp");
        assertThat(cell(page, DAY.minusDays(6))).isFocused();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("Enter");
        assertThat(link(page, desk)).isFocused();
        page.keyboard().press("Escape");
        assertThat(cell(page, DAY)).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Shift+ArrowRight");
        assertThat(cell(page, DAY.plusDays(1))).containsText("A desk");
        needed(admin, desk, DAY.plusDays(1));
        settled(page);
        assertThat(link(page, desk)).isFocused();
        // beyond what is shown, another month comes
        page.keyboard().press("Escape");
        page.keyboard().press("PageDown");
        assertThat(cell(page, DAY.plusDays(1).plusMonths(1))).isFocused();
        assertTrue(page.url().contains("day=2031-04-13"), page.url());
        page.keyboard().press(",");
        assertThat(page.locator(".cal-bar h2")).hasText("March 2031");
        page.keyboard().press("t");
        assertThat(page.locator("[aria-current=date]")).isVisible();

        // what happened has its day
        page.navigate(talka.url() + address("type-request", "&by=createdAt").replace("day", "x"));
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        assertThat(page.locator("[data-day='" + today + "'] .cal-entry").first()).isVisible();
        assertThat(page.locator(".cal-more-menu")).hasCount(0);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("calendar");
        throw e;
      }
    }
  }

  @Test
  void whoeverIsFirstWinsAndBusyDaysHaveMore() {
    Api admin = talka.admin();
    admin.person("cal-live-" + mark, "Janis", "agent", PASSWORD);
    String first = request(admin, "First of " + mark, DAY);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("cal-live-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + address("type-request", ""));
        assertThat(cell(page, DAY)).containsText("First of");
        // what others do is seen
        need(admin, first, DAY.plusDays(1));
        assertThat(cell(page, DAY.plusDays(1))).containsText("First of");
        for (int i = 0; i < 6; i++) {
          request(admin, "Busy " + mark, DAY);
        }
        assertThat(cell(page, DAY).locator(".cal-rest")).isVisible();
        assertThat(cell(page, DAY).getByRole(AriaRole.LISTITEM)).hasCount(4);
        cell(page, DAY).locator(".cal-rest").click();
        assertThat(cell(page, DAY).getByRole(AriaRole.LISTITEM)).hasCount(6);
        assertThat(cell(page, DAY).locator(".cal-rest")).hasCount(0);

        // a page that no longer hears of changes
        page.route("**/api/v1/events*", route -> route.abort());
        page.reload();
        assertThat(cell(page, DAY.plusDays(1))).containsText("First of");
        need(admin, first, DAY.plusDays(2));
        entry(page, first).dragTo(cell(page, DAY.plusDays(5)));
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(cell(page, DAY.plusDays(2))).containsText("First of");
        needed(admin, first, DAY.plusDays(2));

        // week and agenda, remembered for this list
        page.getByRole(AriaRole.BUTTON, exactly("Week")).click();
        assertThat(page.locator("[role=gridcell]")).hasCount(7);
        page.getByRole(AriaRole.BUTTON, exactly("Agenda")).click();
        assertThat(page.locator(".cal-date")).hasCount(2);
        page.navigate(talka.url() + "/app/queue/type-request");
        assertThat(page.locator("talka-ticket-calendar")).isVisible();
        assertTrue(
            page.url().contains("as=calendar") && page.url().contains("span=agenda"), page.url());
        page.keyboard().press("v");
        assertThat(page.locator(".grid .row").first()).isVisible();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("calendar-live");
        throw e;
      }
    }
  }

  /**
   * The address of a calendar that was remembered is written by the list, not by whoever shows it.
   */
  @Test
  void whoLeavesACalendarAtOnceSeesTheList() {
    Api admin = talka.admin();
    admin.person("cal-quick-" + mark, "Kārlis", "agent", PASSWORD);
    request(admin, "A chair " + mark, DAY);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("cal-quick-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/queue/type-request");
        page.getByRole(AriaRole.BUTTON, exactly("As a calendar")).click();
        assertThat(page.locator("talka-ticket-calendar")).isVisible();
        page.addInitScript(
            """
            const replaceState = history.replaceState;
            history.replaceState = function (...state) {
              replaceState.apply(this, state);
              if (!String(state[2]).includes("as=calendar")) return;
              history.replaceState = replaceState;
              setTimeout(() => document.body.dispatchEvent(
                  new KeyboardEvent("keydown", { key: "v", bubbles: true, composed: true })));
            };
            """);
        page.navigate(talka.url() + "/app/queue/type-request");
        assertThat(page.locator(".grid .row").first()).isVisible();
        assertThat(page.locator("talka-ticket-calendar")).hasCount(0);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("calendar-quick");
        throw e;
      }
    }
  }

  @Test
  void everybodyCanReadTheCalendar() {
    Api admin = talka.admin();
    for (int i = 0; i < 7; i++) {
      request(admin, "Sixteen chairs for the meeting room of the terminal " + mark, DAY);
    }
    request(admin, "A lamp " + mark, DAY.minusDays(3));
    admin.ticket("incident", "No light " + mark);
    List<String> faults = new ArrayList<>();
    Set<String> begins = new HashSet<>();
    try (Browser browser = new Browser(talka.url())) {
      try {
        for (String language : List.of("en", "lv")) {
          String username = "cal-" + language + "-" + mark;
          admin
              .post(
                  "/users",
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
                      language))
              .expect(201);
          Page page = browser.examined(language);
          page.navigate("/");
          Browser.signIn(page, username, PASSWORD);
          for (String shown :
              List.of(
                  address("open", ""),
                  address("open", "&span=week"),
                  address("open", "&span=agenda"),
                  address("open", "&by=createdAt").replace("day=", "x="))) {
            page.navigate(talka.url() + shown);
            assertThat(page.locator(".cal-entry").first()).isVisible();
            if (shown.contains("span=week")) {
              begins.add(page.locator("[role=columnheader]").first().getAttribute("aria-label"));
            }
            faults.addAll(Browser.look(page, shown + " in " + language));
            Browser.pictures(page, "calendar-" + language + shown.replaceAll("[^a-z]+", "-"));
          }
          page.navigate(talka.url() + address("open", ""));
          entry(page, null).hover();
          entry(page, null).getByRole(AriaRole.BUTTON).click();
          assertThat(page.getByRole(AriaRole.MENUITEM).first()).isVisible();
          faults.addAll(Browser.look(page, "menu in " + language));
        }
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
        // English without a country is that of the United States
        assertEquals(Set.of("Sunday", "Pirmdiena"), begins);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("calendar-pages");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  private String address(String queue, String more) {
    String by = more.contains("by=") ? "" : "&by=neededBy";
    return "/app/queue/" + queue + "?as=calendar&day=" + DAY + "&q=" + mark + by + more;
  }

  private static String request(Api api, String subject, LocalDate needed) {
    return api.post(
            "/tickets",
            Map.of(
                "type",
                "request",
                "subject",
                subject,
                "fields",
                Map.of("neededBy", needed.toString(), "requestCategory", "equipment")))
        .expect(201)
        .json()
        .path("key")
        .asText();
  }

  private static void need(Api api, String key, LocalDate day) {
    String etag = api.get("/tickets/" + key).expect(200).header("ETag").orElseThrow();
    api.patch("/tickets/" + key, Map.of("fields", Map.of("neededBy", day.toString())), etag)
        .expect(200);
  }

  private static void needed(Api api, String key, LocalDate day) {
    comes(
        key + " is needed by " + day,
        () ->
            api.get("/tickets/" + key)
                .expect(200)
                .json()
                .path("fields")
                .path("neededBy")
                .asText()
                .equals(day.toString()));
  }

  private static void comes(String what, BooleanSupplier condition) {
    Wait.that(what, Duration.ofSeconds(20), condition);
  }

  /** No ticket is on its way any more. */
  private static void settled(Page page) {
    assertThat(page.locator(".cal-entry.busy")).hasCount(0);
  }

  private static Locator cell(Page page, LocalDate day) {
    return page.locator("[role=gridcell][data-day='" + day + "']");
  }

  private static Locator entry(Page page, String key) {
    return key == null
        ? page.locator(".cal-entry").first()
        : page.locator(".cal-entry[data-id='" + key + "']");
  }

  private static Locator link(Page page, String key) {
    return entry(page, key).getByRole(AriaRole.LINK);
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
