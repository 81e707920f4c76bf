/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many tickets changed at once, by an agent in the list and by a client of the API. */
@ExtendWith(SharedTalka.class)
class BulkEditTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  BulkEditTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void refusalsOfTheApiSayWhatToDo() {
    Api admin = talka.admin();
    String key = admin.ticket("incident", "Refused " + mark);
    List<Map<String, String>> one = List.of(Map.of("key", key));
    admin.post("/bulk-edits", Map.of("tickets", one)).expect(422);
    admin.post("/bulk-edits", Map.of("changes", Map.of("priority", "high"))).expect(422);
    admin.post("/bulk-edits", Map.of("tickets", one, "q", "x", "note", "both")).expect(422);
    admin
        .post("/bulk-edits", Map.of("tickets", one, "changes", Map.of("subject", "x")))
        .expect(422);
    admin.post("/bulk-edits", Map.of("q", "nofield:x", "note", "x")).expect(400);
    Api requester = admin.person("bulk-r-" + mark, "Requester", "requester");
    requester.post("/bulk-edits", Map.of("tickets", one, "note", "x")).expect(403);
    Api agent = admin.person("bulk-o-" + mark, "Other", "agent");
    String id =
        admin
            .post("/bulk-edits", Map.of("tickets", one, "addTags", List.of("bulk")))
            .expect(202)
            .json()
            .path("id")
            .asText();
    agent.get("/bulk-edits/" + id).expect(404);
    JsonNode ended =
        Wait.until(
            "the change has ended",
            Duration.ofSeconds(20),
            () ->
                Optional.of(admin.get("/bulk-edits/" + id).expect(200).json())
                    .filter(now -> now.path("state").asText().equals("done")));
    assertEquals("changed", ended.path("results").path(0).path("outcome").asText());
    assertEquals(
        "bulk", admin.get("/tickets/" + key).expect(200).json().path("tags").path(0).asText());
  }

  @Test
  void anAgentChangesManyAndLearnsWhichOneSomebodyElseHadInHand() {
    Api admin = talka.admin();
    admin.person("bulk-" + mark, "Ilze Kalniņa", "agent", PASSWORD);
    String first = admin.ticket("incident", "Storm one " + mark);
    String second = admin.ticket("incident", "Storm two " + mark);
    String third = admin.ticket("request", "Storm three " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("bulk-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        // an open page that no longer hears of changes: what it shows grows old
        page.route("**/api/v1/events*", route -> route.abort());
        page.navigate(talka.url() + "/app/search?q=" + mark);
        assertThat(page.locator(".grid .row")).hasCount(3);
        page.getByRole(AriaRole.CHECKBOX, box("Choose " + first)).check();
        page.keyboard().press("j");
        page.getByRole(AriaRole.CHECKBOX, box("Choose " + third)).check();
        assertThat(page.locator(".bulk-bar")).containsText("2 chosen");
        page.getByRole(AriaRole.CHECKBOX, box("Choose all that are shown")).check();
        assertThat(page.locator(".bulk-bar")).containsText("3 chosen");
        String etag = admin.get("/tickets/" + second).expect(200).header("ETag").orElseThrow();
        admin.patch("/tickets/" + second, Map.of("subject", "Mine " + mark), etag).expect(200);
        page.getByRole(AriaRole.BUTTON, button("Change")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Priority").selectOption("high");
        dialog.getByLabel("Add tags").fill("storm");
        dialog.getByLabel("Internal note on each").fill("The same cable " + mark);
        dialog
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Change them"))
            .click();
        assertThat(dialog.getByRole(AriaRole.STATUS)).containsText("2 of 3 changed");
        assertThat(dialog.locator(".bulk-results li")).hasCount(1);
        assertThat(dialog.locator(".bulk-results li")).containsText(second);
        dialog
            .getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close").setExact(true))
            .last()
            .click();
        assertThat(page.locator(".bulk-bar")).hasCount(0);
        assertThat(page.locator(".grid .row", new Page.LocatorOptions().setHasText("High")))
            .hasCount(2);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("bulk");
        throw e;
      }
    }
    for (String key : List.of(first, third)) {
      JsonNode ticket = admin.get("/tickets/" + key).expect(200).json();
      assertEquals("high", ticket.path("priority").asText());
      assertEquals("storm", ticket.path("tags").path(0).asText());
      JsonNode note =
          admin.get("/tickets/" + key + "/comments").expect(200).json().path("items").path(0);
      assertEquals("The same cable " + mark, note.path("body").asText());
      assertEquals("internal", note.path("visibility").asText());
    }
    assertEquals(
        "Mine " + mark,
        admin.get("/tickets/" + second).expect(200).json().path("subject").asText());
  }

  private static Page.GetByRoleOptions box(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
