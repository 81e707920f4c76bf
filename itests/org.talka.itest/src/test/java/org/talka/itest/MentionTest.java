/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calling people by name in a reply or a note. */
@ExtendWith(SharedTalka.class)
class MentionTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  MentionTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void whoIsCalledIsToldFollowsAndIsShownByName() {
    Api admin = talka.admin();
    String ilze = "ilze-" + mark;
    Api called = admin.person(ilze, "Ilze Kalniņa", "agent");
    Api requester = admin.person("ruta-" + mark, "Rūta Ozola", "requester");
    String key = requester.ticket("incident", "The lamp " + mark);
    JsonNode note =
        say(admin, key, "Please look, @" + ilze + ". @ruta-" + mark + " and `@" + ilze + "`", true);
    assertEquals(List.of(ilze), note.path("mentions").findValuesAsText("username"));
    String html = note.path("bodyHtml").asText();
    assertTrue(html.contains("class=\"mention\""), html);
    assertTrue(html.contains(">&#64;Ilze Kalniņa</span>."), html);
    assertTrue(html.contains("@ruta-" + mark) || html.contains("&#64;ruta-" + mark), html);
    Wait.that(
        "the mention is told",
        Duration.ofSeconds(10),
        () -> called.get("/notifications").expect(200).text().contains("\"mention\""));
    assertEquals(
        List.of(ilze),
        called
            .get("/tickets/" + key + "/watchers")
            .expect(200)
            .json()
            .findValuesAsText("username"));
    assertEquals(0, requester.get("/notifications").expect(200).json().path("items").size());
    JsonNode offered =
        admin
            .get("/tickets/" + key + "/mentionable?visibility=internal&q=ruta-" + mark)
            .expect(200)
            .json();
    assertEquals(0, offered.path("items").size());
    requester.get("/tickets/" + key + "/mentionable?visibility=internal").expect(403);
    admin.get("/tickets/" + key + "/mentionable?visibility=secret").expect(422);
    // near the ticket by now, but not findable by trying others
    assertEquals(
        List.of(ilze),
        requester
            .get("/tickets/" + key + "/mentionable")
            .expect(200)
            .json()
            .findValuesAsText("mention"));
    assertEquals(0, say(requester, key, "@admin help", false).path("mentions").size());
  }

  @Test
  void namesAreOfferedWhileTheyAreWritten() {
    Api admin = talka.admin();
    admin.person("writer-" + mark, "Juris Bērziņš", "agent", PASSWORD);
    String ilze = "ilze-" + mark;
    admin.person(ilze, "Ilze Kalniņa", "agent");
    Api requester = admin.person("ruta-" + mark, "Rūta Ozola", "requester");
    String key = requester.ticket("incident", "The crane " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.examined("en");
        page.navigate("/");
        page.getByLabel("User name").fill("writer-" + mark);
        page.getByLabel("Password").fill(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/ticket/" + key);
        Locator text = page.locator("talka-composer textarea");
        Locator list =
            page.getByRole(AriaRole.LISTBOX, new Page.GetByRoleOptions().setName("Who is meant"));
        text.click();
        page.keyboard().type("Thanks @");
        // whom the ticket is about comes first
        assertThat(list.getByRole(AriaRole.OPTION).first()).containsText("Rūta Ozola");
        assertThat(text).hasAttribute("aria-expanded", "true");
        assertThat(text).hasAttribute("aria-activedescendant", "callable0");
        for (int width : new int[] {1440, 390}) {
          page.setViewportSize(width, 900);
          assertEquals(List.of(), Browser.accessibility(page));
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
          assertEquals(List.of(), Browser.contrast(page));
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
        page.setViewportSize(1440, 900);
        page.keyboard().press("Escape");
        assertThat(list).hasCount(0);
        page.keyboard().type(ilze.substring(0, 9));
        assertThat(list.getByRole(AriaRole.OPTION)).hasCount(1);
        page.keyboard().press("Enter");
        assertThat(text).hasValue("Thanks @" + ilze + " ");
        assertThat(text).isFocused();
        page.keyboard().type("for the help");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview")).click();
        assertThat(page.locator(".preview .mention")).hasText("@Ilze Kalniņa");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview")).click();
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".msg .mention")).hasText("@Ilze Kalniņa");
        assertThat(page.locator("aside .people")).containsText("Ilze Kalniņa");
        // a note offers nobody who may not read it
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Internal note")).click();
        text.click();
        page.keyboard().type("@");
        assertThat(list.getByRole(AriaRole.OPTION).first()).containsText("Ilze Kalniņa");
        assertThat(list.getByText("Rūta Ozola")).hasCount(0);
        list.getByRole(AriaRole.OPTION).first().click();
        assertThat(text).hasValue(Pattern.compile("^@" + ilze + " $"));
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("mention");
        throw e;
      }
    }
  }

  private static JsonNode say(Api api, String key, String body, boolean internal) {
    return api.post(
            "/tickets/" + key + "/comments",
            Map.of("body", body, "visibility", internal ? "internal" : "public"))
        .expect(201)
        .json();
  }
}
