/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Texts that are kept for answers, and how an answer looks before it is sent. */
@ExtendWith(SharedTalka.class)
class CannedReplyTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  CannedReplyTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void repliesFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api agent = admin.person("canned-a-" + mark, "Agent", "agent");
    Api other = admin.person("canned-b-" + mark, "Other", "agent");
    Api requester = admin.person("canned-r-" + mark, "Requester", "requester");
    JsonNode reply =
        agent
            .post("/canned-replies", Map.of("name", "Restart", "body", "Off and on"))
            .expect(201)
            .json();
    String path = "/canned-replies/" + reply.path("id").asText();
    other.get(path).expect(404);
    requester.get("/canned-replies").expect(403);
    agent.post("/canned-replies", Map.of("name", "x")).expect(422);
    String etag = agent.get(path).expect(200).header("ETag").orElseThrow();
    agent.patch(path, Map.of("body", "On and off"), null).expect(428);
    agent.patch(path, Map.of("body", "On and off"), etag).expect(200);
    agent.patch(path, Map.of("body", "Off"), etag).expect(412);
    assertEquals("On and off", agent.get(path).expect(200).json().path("body").asText());
    agent.delete(path).expect(204);
    agent.get(path).expect(404);
  }

  @Test
  void aPreviewIsCleanedAsTheTextItself() {
    Api agent = talka.admin().person("preview-" + mark, "Agent", "agent");
    String html =
        agent
            .post(
                "/markdown", Map.of("text", "**bold** <script>alert(1)</script> [x](javascript:x)"))
            .expect(200)
            .json()
            .path("html")
            .asText();
    assertEquals(true, html.contains("<strong>bold</strong>"), html);
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("javascript:"), html);
    agent.post("/markdown", Map.of("text", "x".repeat(100_001))).expect(422);
    agent.post("/markdown", Map.of()).expect(422);
  }

  @Test
  void anAgentKeepsAReplyAndUsesItOnAnotherTicket() {
    Api admin = talka.admin();
    admin.person("canned-" + mark, "Ilze Kalniņa", "agent", PASSWORD);
    String first = admin.ticket("incident", "The lamp " + mark);
    String second = admin.ticket("incident", "The crane " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("canned-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/ticket/" + first);
        Locator text = page.locator("talka-composer textarea");
        text.fill("**Thank you**, {requester}: {key} is with {me}. {other}");
        page.getByRole(AriaRole.BUTTON, button("Preview")).click();
        assertThat(page.locator(".preview strong")).hasText("Thank you");
        assertThat(text).isHidden();
        page.getByRole(AriaRole.BUTTON, button("Preview")).click();
        assertThat(text).isFocused();
        page.getByRole(AriaRole.BUTTON, button("Canned replies")).click();
        page.getByRole(AriaRole.BUTTON, button("Keep what I wrote")).click();
        Locator editor = page.locator("dialog.view-editor");
        editor.getByLabel("Name").fill("Thanks " + mark);
        editor
            .getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save").setExact(true))
            .click();
        assertThat(page.locator(".canned-list li")).hasCount(1);
        page.keyboard().press("Escape");
        page.navigate(talka.url() + "/app/ticket/" + second);
        page.getByRole(AriaRole.BUTTON, button("Canned replies")).click();
        page.locator(".canned-pick", new Page.LocatorOptions().setHasText("Thanks " + mark))
            .click();
        assertThat(text)
            .hasValue("**Thank you**, Administrator: " + second + " is with Ilze Kalniņa. {other}");
        page.getByRole(AriaRole.BUTTON, button("Send")).click();
        assertThat(page.locator(".msg strong", new Page.LocatorOptions().setHasText("Thank you")))
            .isVisible();
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("canned");
        throw e;
      }
    }
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
