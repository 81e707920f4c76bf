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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people are told, in their browser while it happens. */
@ExtendWith(SharedTalka.class)
class NotificationsTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  NotificationsTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void notificationsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    String username = "told-" + mark;
    Api agent = admin.person(username, "Agent", "agent");
    Api other = admin.person("told-b-" + mark, "Other", "agent");
    for (int i = 0; i < 3; i++) {
      give(admin, admin.ticket("incident", "Given " + i + " " + mark), username);
    }
    Wait.that("three are told", Duration.ofSeconds(10), () -> unread(agent) == 3);
    JsonNode first = agent.get("/notifications?limit=2").expect(200).json();
    assertEquals(2, first.path("items").size());
    assertEquals("assigned", first.path("items").path(0).path("kind").asText());
    String next = first.path("next").asText();
    assertEquals(
        1,
        agent
            .get("/notifications?limit=2&after=" + Api.encode(next))
            .expect(200)
            .json()
            .path("items")
            .size());
    agent.get("/notifications?after=forged").expect(400);
    agent.get("/notifications?limit=0").expect(400);
    agent.get("/notifications?unread=perhaps").expect(400);
    String id = first.path("items").path(0).path("id").asText();
    other.post("/notifications/read", Map.of("ids", List.of(id))).expect(204);
    assertEquals(3, unread(agent));
    agent.post("/notifications/read", Map.of("ids", List.of(id))).expect(204);
    assertEquals(2, unread(agent));
    agent.post("/notifications/unread", Map.of("ids", List.of(id))).expect(204);
    assertEquals(3, unread(agent));
    agent.post("/notifications/read", Map.of("ids", List.of(id), "ticket", "X")).expect(422);
    agent.post("/notifications/read", Map.of("ids", List.of("x"))).expect(422);
    agent
        .post(
            "/notifications/read", Map.of("until", first.path("items").path(0).path("at").asText()))
        .expect(204);
    assertEquals(0, unread(agent));
    assertTrue(
        agent
            .patch("/notifications/preferences", Map.of("kinds", Map.of("team", true)), null)
            .expect(200)
            .json()
            .path("kinds")
            .path("team")
            .asBoolean());
    agent.patch("/notifications/preferences", Map.of("kinds", Map.of("x", true)), null).expect(422);
  }

  @Test
  void aRequesterHearsOfRepliesAndNeverOfNotes() {
    Api admin = talka.admin();
    Api requester = admin.person("asks-" + mark, "Rūta Ozola", "requester");
    String key = requester.ticket("incident", "The lift " + mark);
    admin.post("/tickets/" + key + "/watchers", Map.of("username", "asks-" + mark)).expect(201);
    say(admin, key, "She is upset about it", "internal");
    say(admin, key, "We are **on** our way", "public");
    Wait.that("the reply is told", Duration.ofSeconds(10), () -> unread(requester) == 1);
    String told = requester.get("/notifications").expect(200).text();
    assertTrue(told.contains("We are on our way"), told);
    assertFalse(told.contains("upset"), told);
    JsonNode item = requester.get("/notifications").expect(200).json().path("items").path(0);
    assertEquals("reply", item.path("kind").asText());
    assertEquals(1, item.path("times").asInt());
    assertEquals(List.of("reply"), List.of(item.path("kinds").path(0).asText()));
  }

  @Test
  void theBellRingsInTheOpenPageAndLeadsToTheTicket() {
    Api admin = talka.admin();
    admin.person("bell-" + mark, "Ilze Kalniņa", "agent", PASSWORD);
    String subject = "The crane " + mark + " is stuck";
    String key = admin.ticket("incident", subject);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("bell-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        Locator bell = page.getByRole(AriaRole.BUTTON, named("Notifications"));
        assertThat(bell).isVisible();
        assertThat(page.locator(".badge")).hasCount(0);
        bell.click();
        assertThat(page.locator(".notices .empty")).isVisible();
        page.keyboard().press("Escape");
        assertThat(bell).isFocused();
        give(admin, key, "bell-" + mark);
        // by itself, with a number and aloud
        assertThat(page.locator(".badge")).hasText("1");
        assertThat(page.locator("talka-bell [role=status]"))
            .hasText("Administrator assigned this to you: " + subject);
        say(admin, key, "Somebody is **stuck** in it", "internal");
        page.locator("h1").click();
        page.keyboard().press("i");
        Locator panel = page.getByRole(AriaRole.DIALOG, named("Notifications"));
        assertThat(panel.locator(".notice")).hasCount(1);
        assertThat(panel.locator(".notice")).containsText("Administrator wrote an internal note");
        assertThat(panel.locator(".notice")).containsText("and 1 more");
        assertThat(panel.locator(".notice")).containsText("Somebody is stuck in it");
        assertThat(panel.locator(".notice")).containsText("assigned to you");
        page.keyboard().press("ArrowDown");
        assertThat(panel.locator(".notice > a")).isFocused();
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/app/ticket/" + key));
        assertThat(panel).isHidden();
        assertThat(page.locator(".badge")).hasCount(0);
        page.getByRole(AriaRole.BUTTON, named("Notifications")).click();
        panel.getByRole(AriaRole.BUTTON, inside("Unread")).click();
        assertThat(panel.getByText("You have read everything")).isVisible();
        panel.getByRole(AriaRole.BUTTON, inside("All")).click();
        panel
            .getByRole(
                AriaRole.BUTTON,
                new Locator.GetByRoleOptions().setName("Mark as unread: " + subject))
            .click();
        assertThat(page.locator(".badge")).hasText("1");
        panel.getByRole(AriaRole.BUTTON, inside("Mark all as read")).click();
        assertThat(page.locator(".badge")).hasCount(0);
        panel.getByRole(AriaRole.BUTTON, inside("What to tell me")).click();
        Locator dialog = page.locator("dialog[open]");
        dialog.getByLabel("Internal notes on tickets that are mine").uncheck();
        dialog.getByRole(AriaRole.BUTTON, inside("Save")).click();
        assertThat(dialog).isHidden();
        page.navigate(talka.url() + "/app/queue/open");
        assertThat(page.locator("talka-queue")).isVisible();
        say(admin, key, "Not told", "internal");
        say(admin, key, "Told", "public");
        assertThat(page.locator(".badge")).hasText("1");
        page.keyboard().press("i");
        assertThat(panel.locator(".notice.new")).hasCount(1);
        assertThat(panel.locator(".notice.new")).containsText("Told");
        // opening the ticket another way is reading it, too
        page.navigate(talka.url() + "/app/ticket/" + key);
        assertThat(page.locator("talka-ticket .title")).isVisible();
        assertThat(page.locator(".badge")).hasCount(0);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("bell");
        throw e;
      }
    }
  }

  @Test
  void thePortalTellsOfReplies() {
    Api admin = talka.admin();
    admin.person("portal-" + mark, "Rūta Ozola", "requester", PASSWORD);
    Api self = new Api(talka.url()).signIn("portal-" + mark, PASSWORD);
    String key = self.ticket("incident", "The door " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("portal-" + mark, PASSWORD);
        assertThat(page.locator(".hero")).isVisible();
        admin.post("/tickets/" + key + "/transitions", Map.of("transition", "start")).expect(200);
        assertThat(page.locator(".badge")).hasText("1");
        // as a requester says it, not as the desk does
        assertThat(page.locator("talka-bell [role=status]"))
            .hasText("Somebody is working on it: The door " + mark);
        say(admin, key, "It is being looked at", "public");
        page.locator("talka-bell > button").click();
        assertThat(page.locator(".notice")).containsText("It is being looked at");
        page.locator(".notice > a").click();
        page.waitForURL(Pattern.compile(".*/portal/requests/" + key));
        assertThat(page.getByText("It is being looked at").first()).isVisible();
        assertThat(page.locator(".badge")).hasCount(0);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("portal-bell");
        throw e;
      }
    }
  }

  private static void give(Api admin, String key, String username) {
    String etag = admin.get("/tickets/" + key).expect(200).header("ETag").orElseThrow();
    admin.patch("/tickets/" + key, Map.of("assignee", username), etag).expect(200);
  }

  private static void say(Api api, String key, String body, String visibility) {
    api.post("/tickets/" + key + "/comments", Map.of("body", body, "visibility", visibility))
        .expect(201);
  }

  private static int unread(Api api) {
    return api.get("/notifications/count").expect(200).json().path("count").asInt();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile("^" + name));
  }

  private static Locator.GetByRoleOptions inside(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
