/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists that people name, keep and share. */
@ExtendWith(SharedTalka.class)
class SavedViewsTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  SavedViewsTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void viewsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api agent = admin.person("views-a-" + mark, "Agent", "agent");
    Api other = admin.person("views-b-" + mark, "Other", "agent");
    Api requester = admin.person("views-r-" + mark, "Requester", "requester");
    JsonNode view =
        agent
            .post("/views", Map.of("name", "Mine " + mark, "q", "assignee:me state:open"))
            .expect(201)
            .json();
    String path = "/views/" + view.path("id").asText();
    assertEquals("-updatedAt", view.path("sort").asText());
    assertEquals("private", view.path("audience").asText());
    assertTrue(names(agent).contains("Mine " + mark));
    assertFalse(names(other).contains("Mine " + mark));
    other.get(path).expect(404);
    requester.get("/views").expect(403);
    agent.post("/views", Map.of("name", "x", "q", "(((")).expect(422);
    agent.post("/views", Map.of("name", "x", "q", "", "audience", "everybody")).expect(403);
    String etag = agent.get(path).expect(200).header("ETag").orElseThrow();
    agent.patch(path, Map.of("name", "Ours"), null).expect(428);
    agent.patch(path, Map.of("columns", List.of("key", "subject")), etag).expect(200);
    agent.patch(path, Map.of("name", "Ours"), etag).expect(412);
    agent.delete(path).expect(204);
    agent.get(path).expect(404);
  }

  @Test
  void numbersBesideQueuesStopAtABound() {
    Api admin = talka.admin();
    Api agent = admin.person("counts-" + mark, "Agent", "agent");
    for (int i = 0; i < 3; i++) {
      admin.ticket("incident", "Counted " + mark);
    }
    String word = "?q=" + URLEncoder.encode(mark, StandardCharsets.UTF_8);
    JsonNode items =
        agent.get("/ticket-counts" + word + "&q=nofield:x").expect(200).json().path("items");
    assertEquals(3, items.path(0).path("count").asInt());
    assertFalse(items.path(0).path("more").asBoolean());
    assertTrue(items.path(1).path("count").isMissingNode() || items.path(1).path("count").isNull());
    assertFalse(items.path(1).path("problem").asText().isBlank());
    agent.get("/ticket-counts?" + "q=a&".repeat(61)).expect(400);
  }

  @Test
  void anAgentClicksAViewTogetherAndFindsItAgain() {
    Api admin = talka.admin();
    admin.person("viewer-" + mark, "Ilze Kalniņa", "agent", PASSWORD);
    String subject = "The crane scanner " + mark + " is blind";
    admin.ticket("incident", subject);
    admin.ticket("request", "A lamp for crane " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("viewer-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/queue/type-incident?q=" + mark);
        assertThat(page.locator(".grid .row")).hasCount(1);
        page.getByRole(AriaRole.BUTTON, button("Priority")).click();
        page.waitForURL(Pattern.compile(".*sort=-priority.*"));
        page.getByRole(AriaRole.BUTTON, button("List options")).click();
        page.getByRole(AriaRole.MENUITEM).getByText("Save as a view").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        // what was typed and what the queue is by itself became conditions
        assertThat(dialog.locator(".conditions-list > li")).hasCount(3);
        assertThat(dialog.getByRole(AriaRole.STATUS)).containsText("1 ticket");
        dialog.getByLabel("Name").fill("Cranes " + mark);
        dialog.getByRole(AriaRole.BUTTON, inDialog("Remove Assignee")).click();
        dialog.getByRole(AriaRole.BUTTON, inDialog("Save")).click();
        page.waitForURL(Pattern.compile(".*/app/view/\\d+$"));
        Locator entry =
            page.locator("nav a", new Page.LocatorOptions().setHasText("Cranes " + mark));
        assertThat(entry).containsText("1");
        assertThat(page.getByRole(AriaRole.COLUMNHEADER).getByText("Assignee")).hasCount(0);
        assertThat(page.getByRole(AriaRole.COLUMNHEADER).getByText("Requester")).isVisible();
        // by itself, without a reload
        admin.ticket("incident", "The second crane scanner " + mark);
        assertThat(entry).containsText("2");
        page.reload();
        assertThat(page.locator(".grid .row")).hasCount(2);
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/app/view/\\d+/INC-\\d+$"));
        assertThat(page.locator("talka-ticket .title")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator(".grid .row")).hasCount(2);
        page.getByRole(AriaRole.BUTTON, button("List options")).click();
        page.getByRole(AriaRole.MENUITEM).getByText("Remove the view").click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, inDialog("Remove")).click();
        assertThat(entry).hasCount(0);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("views");
        throw e;
      }
    }
  }

  @Test
  void aPhraseThatIsBeingWrittenEndsWhereTheTextEnds() {
    Api admin = talka.admin();
    admin.person("phrase-" + mark, "Ilze", "agent", PASSWORD);
    String ticket = admin.ticket("incident", "Half done " + mark);
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.person("phrase-" + mark, PASSWORD);
      assertThat(page.locator(".home")).isVisible();
      page.navigate(talka.url() + "/app/queue/open");
      Locator box = page.locator("#q");
      assertThat(box).isVisible();
      page.waitForFunction(PagesTest.SETTLED, "main");
      for (String begun : List.of("subject:\"", "subject:\"half done " + mark)) {
        page.waitForResponse(
            response -> response.url().contains("/tickets?q=") && response.status() == 200,
            () -> box.fill(mark + " " + begun));
        assertThat(page.locator(".grid .row a[href*='" + ticket + "']").first()).isVisible();
      }
      assertThat(box).hasValue(mark + " subject:\"half done " + mark);
      browser.assertNoComplaints();
    }
  }

  /** What can be clicked together says the same as the query; anything else stays a query. */
  @Test
  void conditionsAreReadBackOnlyWhereTheySayTheSame() {
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.person();
      page.navigate("/");
      Map<String, String> written = new LinkedHashMap<>();
      written.put("", "");
      written.put("(type:incident state:open) AND (ab12)", "type:incident AND state:open AND ab12");
      written.put("NOT (state:open OR state:new) tag:x", "NOT (state:open OR state:new) AND tag:x");
      written.put("team:\"a b\" \"two words\"", "team:\"a b\" AND \"two words\"");
      written.put("createdAt:[now-7d TO *] printer", "createdAt:[now-7d TO *] AND printer");
      written.forEach((query, conditions) -> assertEquals(conditions, rewritten(page, query)));
      for (String query :
          List.of(
              "a OR b",
              "state:open OR tag:x",
              "NOT (state:open tag:x)",
              "tag:p*",
              "subject:x",
              "-tag:x",
              "createdAt:[now-7d TO now-1d]",
              "state:open)",
              "(state:open",
              "state:open AND")) {
        assertNull(rewritten(page, query), query);
      }
    }
  }

  private static Object rewritten(Page page, String query) {
    return page.evaluate(
        """
        async (q) => {
          const { toConditions, toQuery } =
              await import(document.documentElement.dataset.base + "/js/core/conditions.js");
          const conditions = toConditions(q);
          return conditions && toQuery(conditions);
        }
        """,
        query);
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Locator.GetByRoleOptions inDialog(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static List<String> names(Api api) {
    return api.get("/views").expect(200).json().path("items").findValuesAsText("name");
  }
}
