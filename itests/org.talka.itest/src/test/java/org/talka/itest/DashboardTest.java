/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dashboards: what the desk looks like at a glance, laid out as people want it. */
@ExtendWith(SharedTalka.class)
class DashboardTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  /** Longer than numbers rest while tickets change. */
  private static final double PATIENCE = 20_000;

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  DashboardTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void dashboardsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api agent = admin.person("dash-a-" + mark, "Agent", "agent");
    Api other = admin.person("dash-b-" + mark, "Other", "agent");
    Api requester = admin.person("dash-r-" + mark, "Requester", "requester");
    requester.get("/dashboards").expect(403);
    assertEquals(List.of("desk.today", "desk.mine", "desk.satisfaction"), declared(agent));
    JsonNode today = agent.get("/dashboards/desk.today").expect(200).json();
    assertEquals("The desk today", today.path("name").asText());
    assertTrue(today.path("widgets").size() >= 6, today.toString());
    agent.patch("/dashboards/desk.today", Map.of("name", "x"), "\"0\"").expect(409);
    agent.delete("/dashboards/desk.today").expect(409);
    JsonNode kept =
        agent
            .post("/dashboards", Map.of("name", "Mine " + mark, "widgets", List.of(count("a", 0))))
            .expect(201)
            .json();
    String path = "/dashboards/" + kept.path("id").asText();
    assertEquals("private", kept.path("audience").asText());
    other.get(path).expect(404);
    String etag = agent.get(path).expect(200).header("ETag").orElseThrow();
    agent.patch(path, Map.of("name", "Ours"), null).expect(428);
    agent.patch(path, Map.of("audience", "everybody"), etag).expect(403);
    Api.Answer overlapping =
        agent.patch(path, Map.of("widgets", List.of(count("a", 0), count("b", 2))), etag);
    assertEquals("widgets[1]", overlapping.expect(422).json().at("/errors/0/field").asText());
    agent.patch(path, Map.of("widgets", List.of(count("a", 0), count("b", 3))), etag).expect(200);
    agent.patch(path, Map.of("name", "Ours"), etag).expect(412);
    Api manager = admin.person("dash-m-" + mark, "Manager", "manager");
    String all =
        manager
            .post("/dashboards", Map.of("name", "All " + mark, "audience", "everybody"))
            .expect(201)
            .json()
            .path("id")
            .asText();
    assertFalse(agent.get("/dashboards/" + all).expect(200).json().path("canChange").asBoolean());
    agent.delete("/dashboards/" + all).expect(403);
    manager.delete("/dashboards/" + all).expect(204);
    agent.delete(path).expect(204);
    agent.get(path).expect(404);
  }

  @Test
  void figuresAreThoseOfWhoAsks() {
    Api admin = talka.admin();
    Api agent = admin.person("fig-a-" + mark, "Agent", "agent");
    Api requester = admin.person("fig-r-" + mark, "Requester", "requester");
    for (int i = 0; i < 3; i++) {
      admin.ticket("incident", "Counted " + mark);
    }
    admin.ticket("request", "Counted " + mark);
    requester.ticket("incident", "Counted " + mark);
    List<Map<String, Object>> figures =
        List.of(
            Map.of("kind", "count", "q", mark),
            Map.of("kind", "list", "q", mark, "limit", 2),
            Map.of("kind", "chart", "q", mark, "by", "type", "shape", "pie"),
            Map.of("kind", "chart", "q", mark, "over", List.of("createdAt"), "days", 7),
            Map.of("kind", "count", "q", "nofield:x"),
            Map.of("kind", "chart", "q", mark, "by", "subject"));
    JsonNode seen = figures(agent, figures);
    assertEquals(5, seen.path(0).path("count").asInt());
    assertEquals(2, seen.path(1).path("tickets").size());
    assertTrue(seen.path(1).path("more").asBoolean());
    assertEquals(
        List.of("incident", "request"), seen.path(2).findValuesAsText("key").subList(0, 2));
    assertEquals("Incidents", seen.at("/2/points/0/label").asText());
    assertEquals("[4,1]", seen.at("/2/series/0/counts").toString());
    JsonNode days = seen.at("/3/series/0/counts");
    assertEquals(7, days.size());
    assertEquals(5, days.path(6).asInt());
    assertFalse(seen.path(4).path("problem").asText().isBlank());
    assertTrue(seen.path(5).path("problem").asText().contains("subject"));
    // each number leads to the list that it counts
    String from = seen.at("/3/points/6/from").asText();
    String to = seen.at("/3/points/6/to").asText();
    String day = "(" + mark + ") AND createdAt:[" + from + " TO " + to + "]";
    String state = "(" + mark + ") AND state:\"=new\"";
    assertEquals(5, listed(agent, day));
    assertEquals(4, listed(agent, state));
    assertEquals(1, figures(requester, figures).path(0).path("count").asInt());
    assertEquals("[1]", figures(requester, figures).at("/2/series/0/counts").toString());
    agent.post("/ticket-figures", Map.of()).expect(422);
    agent
        .post(
            "/ticket-figures",
            Map.of("figures", new ArrayList<>(java.util.Collections.nCopies(41, figures.get(0)))))
        .expect(422);
  }

  @Test
  void aManagerLaysOutADashboardAndSharesIt() {
    Api admin = talka.admin();
    admin.person("keeper-" + mark, "Marta Ozola", "manager", PASSWORD);
    admin.person("reader-" + mark, "Ilze Kalniņa", "agent", PASSWORD);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("keeper-" + mark, PASSWORD);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Dashboards")).click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("The desk today"))).isVisible();
        assertThat(widget(page, "Open").locator(".count")).isVisible();
        assertThat(widget(page, "Created and resolved, by day").locator("svg.plot")).isVisible();
        // for screen readers it is a table
        Locator table =
            widget(page, "Created and resolved, by day")
                .getByRole(AriaRole.TABLE, new Locator.GetByRoleOptions().setName("Created"));
        assertThat(table.getByRole(AriaRole.ROW)).hasCount(15);
        widget(page, "Created and resolved, by day").getByText("Table").click();
        assertThat(table).isVisible();

        page.getByRole(AriaRole.BUTTON, button("Keep a copy")).click();
        page.waitForURL(Pattern.compile(".*/app/dashboards/\\d+$"));
        // by keyboard
        Locator grip = widget(page, "Open").getByRole(AriaRole.BUTTON, named("Move Open"));
        assertThat(grip).isVisible();
        grip.focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator(".dash-page > [role=status]")).hasText("Open: column 4, row 1");
        assertThat(grip).isFocused();
        page.keyboard().press("Shift+ArrowDown");
        assertThat(page.locator(".dash-page > [role=status]"))
            .hasText("Open: 3 columns wide, 3 rows high");
        // by menu
        choose(page, "Unassigned", "Move to the right");
        assertEquals("1 / 1 / span 3 / span 3", area(page, "Open"));
        assertEquals("1 / 4 / span 2 / span 3", area(page, "Unassigned"));
        choose(page, "Open by state", "Remove");
        // by pointer: the flow goes where the priorities are
        drag(page, widget(page, "Open by priority").locator(".grip"), -760, 0);
        assertTrue(area(page, "Open by priority").matches("\\d+ / 1 / span 5 / span 4"));
        drag(page, widget(page, "Unassigned").locator(".sizer"), 300, 0);
        assertEquals("1 / 4 / span 2 / span 6", area(page, "Unassigned"));

        page.getByRole(AriaRole.BUTTON, button("Add a widget")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.locator("button", new Locator.LocatorOptions().setHasText("Number")).first().click();
        dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByRole(AriaRole.BUTTON, named("Apply")).click();
        assertThat(dialog.getByText("Fill this in.")).isVisible();
        dialog.getByLabel("Title").fill("Cranes " + mark);
        dialog.getByRole(AriaRole.BUTTON, named("Write it as a query")).click();
        dialog.getByLabel("Query").fill("crane" + mark + " state:open");
        dialog.getByRole(AriaRole.BUTTON, named("Apply")).click();
        Locator cranes = widget(page, "Cranes " + mark).locator(".count");
        assertThat(cranes).hasText("0");
        page.getByRole(AriaRole.BUTTON, button("Save")).click();
        assertThat(page.locator(".widget.loose")).hasCount(0);
        page.reload();
        assertEquals("1 / 4 / span 2 / span 6", area(page, "Unassigned"));
        assertThat(widget(page, "Open by state")).hasCount(0);

        // by itself, and without showing that it waits
        assertThat(cranes).hasText("0");
        page.evaluate(
            """
            () => {
              window.flickers = 0;
              new MutationObserver(() => {
                if (document.querySelector(".widget .skeleton")) window.flickers++;
              }).observe(document.querySelector(".dash"), { childList: true, subtree: true });
            }
            """);
        admin.ticket("incident", "The lamp of crane" + mark);
        assertThat(cranes)
            .hasText("1", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        assertEquals(0, page.evaluate("window.flickers"));

        page.keyboard().press("f");
        assertThat(page.getByRole(AriaRole.BUTTON, button("Leave full screen"))).isVisible();
        page.keyboard().press("f");
        assertThat(page.getByRole(AriaRole.BUTTON, button("Leave full screen"))).hasCount(0);

        page.locator(".dash-head").getByRole(AriaRole.BUTTON, named("More")).click();
        page.getByRole(AriaRole.MENUITEM).getByText("Name, sharing, refresh").click();
        dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name").fill("Wall " + mark);
        dialog.getByLabel("Who sees it").selectOption("everybody");
        dialog.getByLabel("Looks again").selectOption("300");
        dialog.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("Wall " + mark))).isVisible();

        Page reader = browser.person("reader-" + mark, PASSWORD);
        assertThat(reader.locator(".home")).isVisible();
        reader.navigate(page.url());
        assertThat(widget(reader, "Cranes " + mark).locator(".count")).hasText("1");
        assertThat(reader.getByRole(AriaRole.BUTTON, button("Keep a copy"))).isVisible();
        widget(reader, "Cranes " + mark).locator("a.count").click();
        assertThat(reader.locator(".row")).hasCount(1);

        page.locator(".dash-head").getByRole(AriaRole.BUTTON, named("More")).click();
        page.getByRole(AriaRole.MENUITEM).getByText("Remove the dashboard").click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, named("Remove")).click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("The desk today"))).isVisible();
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("dashboard");
        throw e;
      }
    }
  }

  @Test
  void looksAgainFromTimeToTimeThoughNothingIsHeard() {
    Api admin = talka.admin();
    admin.person("clock-" + mark, "Marta Ozola", "agent", PASSWORD);
    Api self = new Api(talka.url()).signIn("clock-" + mark, PASSWORD);
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.person();
      page.clock().install();
      page.navigate("/");
      page.getByLabel("User name").fill("clock-" + mark);
      page.getByLabel("Password").fill(PASSWORD);
      page.keyboard().press("Enter");
      assertThat(page.locator(".home")).isVisible();
      AtomicInteger asked = new AtomicInteger();
      page.onRequest(
          request -> {
            if (request.url().endsWith("/ticket-figures")) {
              asked.incrementAndGet();
            }
          });
      for (int seconds : new int[] {300, 0}) {
        String id =
            self.post(
                    "/dashboards",
                    Map.of(
                        "name",
                        "Every " + seconds,
                        "refreshSeconds",
                        seconds,
                        "widgets",
                        List.of(count("a", 0))))
                .expect(201)
                .json()
                .path("id")
                .asText();
        // without loading the page anew, which would open another stream of events
        page.evaluate(
            """
            (to) => {
              history.pushState(null, "", to);
              dispatchEvent(new PopStateEvent("popstate"));
            }
            """,
            "/app/dashboards/" + id);
        assertThat(page.getByRole(AriaRole.HEADING, heading("Every " + seconds))).isVisible();
        assertThat(page.locator(".widget .count")).isVisible();
        int before = asked.get();
        // to when the clock says so, and then to when it is done
        page.clock().fastForward(299_000);
        page.clock().fastForward(2_000);
        page.clock().fastForward(2_000);
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))");
        assertEquals(before + (seconds > 0 ? 1 : 0), asked.get(), "every " + seconds);
      }
      browser.assertNoComplaints();
    }
  }

  @Test
  void theWidgetOfAModuleThatGoesLeavesAReadableStoneInItsPlace() {
    Api admin = talka.admin();
    if (!admin.moduleState("problem").equals("ACTIVE")) {
      admin.operate("install", "problem");
    }
    admin.ticket("problem", "Blank pages " + mark);
    admin.person("stone-" + mark, "Marta Ozola", "manager", PASSWORD);
    Api self = new Api(talka.url()).signIn("stone-" + mark, PASSWORD);
    String id =
        self.post(
                "/dashboards",
                Map.of(
                    "name",
                    "Stones " + mark,
                    "widgets",
                    List.of(
                        contributed("open", "problem/problem.open", "Open problems by state", 0),
                        contributed("good", gauge("good"), "Good gauge", 4),
                        contributed("bad", gauge("bad"), "Bad gauge", 8))))
            .expect(201)
            .json()
            .path("id")
            .asText();
    admin.install("gauges.jar", gauges().jar(null));
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("stone-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/dashboards/" + id);
        Locator states = widget(page, "Open problems by state");
        assertThat(states.locator(".bars tr").last()).isVisible();
        assertThat(widget(page, "Good gauge").getByText("All is well")).isVisible();
        // one that throws takes nobody else with it
        assertThat(widget(page, "Bad gauge").getByRole(AriaRole.ALERT)).isVisible();
        String before = area(page, "Open problems by state");

        admin.operate("uninstall", "problem");
        admin.operate("uninstall", "gauges");
        assertThat(states.locator(".widget-gone"))
            .containsText(
                "Problem management",
                new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
        assertThat(widget(page, "Good gauge").locator(".widget-gone")).isVisible();
        assertEquals(before, area(page, "Open problems by state"));
        // also when the module's words are gone, and for who lays it out again
        page.reload();
        assertThat(states.locator(".widget-gone"))
            .containsText("“Open problems by state” comes from");
        page.getByRole(AriaRole.BUTTON, button("Change")).click();
        choose(page, "Bad gauge", "Remove");
        page.getByRole(AriaRole.BUTTON, button("Save")).click();
        assertThat(page.locator(".widget.loose")).hasCount(0);
        assertThat(page.locator(".widget")).hasCount(2);

        admin.operate("install", "problem");
        assertThat(states.locator(".bars tr").last())
            .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        assertThat(states.locator(".widget-gone")).hasCount(0);
        assertEquals(before, area(page, "Open problems by state"));
      } catch (RuntimeException | Error e) {
        browser.keepPictures("dashboard-module");
        throw e;
      } finally {
        if (!admin.moduleState("gauges").equals("REMOVED")) {
          admin.operate("uninstall", "gauges");
        }
      }
    }
  }

  /** In both languages, light and dark, on a desk and on a phone. */
  @Test
  void dashboardsAreReadableByEverybody() {
    Api admin = talka.admin();
    admin.ticket("incident", "Something to draw " + mark);
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      try {
        for (String language : List.of("en", "lv")) {
          String username = "dash-" + language + "-" + mark;
          Map<String, Object> person = new LinkedHashMap<>();
          person.put("username", username);
          person.put("displayName", "Ilze Kalniņa");
          person.put("email", username + "@example.org");
          person.put("password", PASSWORD);
          person.put("roles", List.of("manager"));
          person.put("locale", language);
          admin.post("/users", person).expect(201);
          Page page = browser.examined(language);
          page.navigate("/");
          page.locator("input[name=username]").fill(username);
          page.locator("input[name=password]").fill(PASSWORD);
          page.keyboard().press("Enter");
          assertThat(page.locator(".home")).isVisible();
          page.navigate("/app/dashboards/desk.mine");
          settled(page);
          faults.addAll(Browser.look(page, "mine " + language));
          page.navigate("/app/dashboards/desk.today");
          settled(page);
          faults.addAll(Browser.look(page, "today " + language));
          page.locator(".chart-foot .linkish").first().click();
          faults.addAll(Browser.look(page, "table " + language));
          page.locator(".dash-head .btn").nth(1).click();
          assertThat(page.locator(".widget.loose").first()).isVisible();
          settled(page);
          faults.addAll(Browser.look(page, "layout " + language));
          page.setViewportSize(1440, 900);
          page.locator(".dash-add").click();
          assertThat(page.locator(".widget-chooser")).isVisible();
          faults.addAll(Browser.look(page, "choose " + language));
          page.locator(".widget-chooser .canned-pick").nth(2).click();
          assertThat(page.locator(".view-editor .conditions-list")).isVisible();
          faults.addAll(Browser.look(page, "editor " + language));
        }
        assertEquals(List.of(), faults);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("dashboard-look");
        throw e;
      }
    }
  }

  /** Whatever is done to a grid, nothing lies on anything, nothing is lost and no row is empty. */
  @Test
  void theGridStaysAGridWhateverIsMoved() {
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.person();
      page.navigate("/");
      Object broken =
          page.evaluate(
              """
              async () => {
                const grid =
                    await import(document.documentElement.dataset.base + "/js/page/dashboard-grid.js");
                let seed = 41;
                const any = (n) => ((seed = (seed * 1103515245 + 12345) % 2147483648) >> 8) % n;
                for (let round = 0; round < 40; round++) {
                  let boxes = [];
                  for (let i = 0; i < 9; i++) {
                    boxes.push({ id: `w${i}`, ...grid.free(boxes, 1 + any(6), 1 + any(5)) });
                  }
                  for (let turn = 0; turn < 60; turn++) {
                    const id = `w${any(9)}`;
                    const before = boxes;
                    const what = any(3);
                    boxes = what === 0 ? grid.arrange(boxes, id, { column: any(14) - 1, row: any(20) - 1 })
                      : what === 1 ? grid.arrange(boxes, id, { width: any(15), height: any(15) })
                      : grid.step(boxes, id, ["left", "right", "up", "down"][any(4)]);
                    const wrong = boxes.length !== 9 || boxes.some((a, i) => a.id !== before[i].id
                      || a.column < 0 || a.row < 0 || a.width < 1 || a.height < 1 || a.column + a.width > grid.COLUMNS
                      || boxes.some((b) => a !== b && grid.overlap(a, b))
                      || (turn > 0 && a.row > 0 && !boxes.some((b) => a !== b && grid.overlap({ ...a, row: a.row - 1 }, b))));
                    if (wrong) return JSON.stringify({ round, turn, what, id, before, boxes });
                  }
                }
                // a step goes past the neighbour, and says so when it can't go further
                const two = [{ id: "a", column: 0, row: 0, width: 6, height: 2 }, { id: "b", column: 0, row: 2, width: 6, height: 4 }];
                const down = grid.step(two, "a", "down");
                if (down[0].row !== 4 || down[1].row !== 0) return JSON.stringify(down);
                if (grid.step(down, "a", "down") !== down) return "went further than it can";
                const up = grid.step(down, "a", "up");
                return JSON.stringify(up) === JSON.stringify(two) ? "" : JSON.stringify(up);
              }
              """);
      assertEquals("", broken);
    }
  }

  /** A module whose widgets are code: one works, one throws while it draws itself. */
  private SampleModule gauges() {
    String script =
        """
        import { html } from "lit";
        import { TalkaElement } from "@talka/ui";
        import "@talka/ui/charts";
        export const api = 1;
        export default class extends TalkaElement {
          render() {
            %s
          }
        }
        """;
    return new SampleModule("gauges", "1.0.0")
        .file(
            "TALKA-INF/module.json",
            """
            {"id":"gauges","ui":[
              {"point":"dashboard.widget","key":"gauges.good","order":1,"permission":"ticket:note","script":"good.js"},
              {"point":"dashboard.widget","key":"gauges.bad","order":2,"permission":"ticket:note","script":"bad.js"}]}
            """)
        .file(
            "TALKA-INF/i18n/en.json",
            "{\"ui.gauges.good\":\"Good gauge\",\"ui.gauges.bad\":\"Bad gauge\"}")
        .file("TALKA-INF/ui/good.js", script.formatted("return html`<p>All is well</p>`;"))
        .file("TALKA-INF/ui/bad.js", script.formatted("throw new Error(\"no gauge\");"));
  }

  private static String gauge(String which) {
    return "gauges/gauges." + which;
  }

  private static Map<String, Object> count(String id, int column) {
    return Map.of(
        "id",
        id,
        "title",
        "Open",
        "kind",
        "count",
        "q",
        "state:open",
        "column",
        column,
        "row",
        0,
        "width",
        3,
        "height",
        2);
  }

  private static Map<String, Object> contributed(String id, String source, String was, int column) {
    return Map.of(
        "id",
        id,
        "kind",
        "contributed",
        "source",
        source,
        "was",
        was,
        "column",
        column,
        "row",
        0,
        "width",
        4,
        "height",
        5);
  }

  private static List<String> declared(Api api) {
    List<String> keys = new ArrayList<>();
    for (JsonNode item : api.get("/dashboards").expect(200).json().path("items")) {
      if (item.path("declared").asBoolean()) {
        keys.add(item.path("id").asText());
      }
    }
    return keys;
  }

  private static JsonNode figures(Api api, List<Map<String, Object>> figures) {
    return api.post("/ticket-figures", Map.of("figures", figures)).expect(200).json().path("items");
  }

  private static int listed(Api api, String q) {
    return api.get("/tickets?q=" + Api.encode(q)).expect(200).json().path("items").size();
  }

  private static Locator widget(Page page, String name) {
    return page.getByRole(
        AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Where the grid has it. */
  private static String area(Page page, String name) {
    return (String)
        widget(page, name).evaluate("(section) => section.style.getPropertyValue('--area')");
  }

  private static void choose(Page page, String widget, String what) {
    widget(page, widget)
        .getByRole(AriaRole.BUTTON, named("Move, resize or change " + widget))
        .click();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(what).setExact(true))
        .click();
  }

  private static void drag(Page page, Locator handle, int dx, int dy) {
    handle.scrollIntoViewIfNeeded();
    BoundingBox box = handle.boundingBox();
    double x = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    page.mouse().move(x, y);
    page.mouse().down();
    page.mouse().move(x + dx / 2.0, y + dy / 2.0);
    page.mouse().move(x + dx, y + dy);
    page.mouse().up();
    assertThat(page.locator(".widget.dragged")).hasCount(0);
  }

  private static void settled(Page page) {
    assertThat(page.locator(".widget .count").first()).isVisible();
    assertThat(page.locator(".widget .skeleton"))
        .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
