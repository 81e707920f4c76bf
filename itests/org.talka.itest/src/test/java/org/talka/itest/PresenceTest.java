/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people at one ticket. */
@ExtendWith(SharedTalka.class)
class PresenceTest {
  private static final String PASSWORD = "Correct-horse-9-battery";
  private static final double HALF_A_MINUTE = 30_000;

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String ilze = "ilze-" + mark;
  private final String juris = "juris-" + mark;

  PresenceTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void agentsSeeWhoElseIsThereAndRequestersDoNot() {
    Api admin = talka.admin();
    Api first = admin.person(ilze, "Ilze Kalniņa", "agent");
    Api second = admin.person(juris, "Juris Bērziņš", "agent");
    Api requester = admin.person("ruta-" + mark, "Rūta Ozola", "requester");
    String key = requester.ticket("incident", "The lamp " + mark);
    String path = "/tickets/" + key + "/presence";
    first.post(path, Map.of("page", "p1")).expect(200);
    JsonNode here = second.post(path, Map.of("page", "p2", "doing", "replying")).expect(200).json();
    assertEquals(List.of(ilze, juris), here.findValuesAsText("username"));
    assertEquals(List.of("looking", "replying"), here.findValuesAsText("doing"));
    first.delete(path + "/p1").expect(204);
    assertEquals(
        List.of(juris),
        second.post(path, Map.of("page", "p2")).expect(200).json().findValuesAsText("username"));
    requester.post(path, Map.of("page", "p3")).expect(403);
    second.post(path, Map.of("page", "no such name!")).expect(422);
    second.post(path, Map.of("page", "p2", "doing", "sleeping")).expect(422);
    second.post("/tickets/INC-999999/presence", Map.of("page", "p2")).expect(404);
  }

  @Test
  void theOtherIsShownWhileWritingAndGoesWithTheTab() {
    Api admin = talka.admin();
    admin.person(ilze, "Ilze Kalniņa", "agent", PASSWORD);
    admin.person(juris, "Juris Bērziņš", "agent", PASSWORD);
    Api requester = admin.person("ruta-" + mark, "Rūta Ozola", "requester");
    String key = requester.ticket("incident", "The crane " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page mine = browser.examined("en");
        signIn(mine, ilze);
        Page theirs = browser.person(juris, PASSWORD);
        assertThat(theirs.locator(".home")).isVisible();
        mine.navigate(talka.url() + "/app/ticket/" + key);
        assertThat(mine.locator("talka-ticket .title")).isVisible();
        assertThat(mine.locator(".face")).hasCount(0);
        theirs.navigate(talka.url() + "/app/ticket/" + key);
        assertThat(mine.locator(".face")).hasCount(1);
        assertThat(mine.locator(".face")).hasAttribute("title", "Juris Bērziņš is looking at this");
        assertThat(theirs.locator(".face"))
            .hasAttribute("title", "Ilze Kalniņa is looking at this");
        theirs.locator("talka-composer textarea").pressSequentially("I am");
        Locator busy = mine.locator("talka-presence [role=status]");
        assertThat(busy).hasText("Juris Bērziņš is writing a reply");
        for (int width : new int[] {1440, 390}) {
          mine.setViewportSize(width, 900);
          assertEquals(List.of(), Browser.accessibility(mine));
          mine.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
          assertEquals(List.of(), Browser.contrast(mine));
          mine.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
        mine.setViewportSize(1440, 900);
        theirs.locator("talka-composer textarea").fill("");
        assertThat(busy).hasText("");
        theirs.context().close();
        assertThat(mine.locator(".face"))
            .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(HALF_A_MINUTE));
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("presence");
        throw e;
      }
    }
  }

  @Test
  void whoeverRepliesIsAskedWhenSomebodyElseHasRepliedMeanwhile() {
    Api admin = talka.admin();
    admin.person(ilze, "Ilze Kalniņa", "agent", PASSWORD);
    Api other = admin.person(juris, "Juris Bērziņš", "agent");
    Api requester = admin.person("ruta-" + mark, "Rūta Ozola", "requester");
    String key = requester.ticket("incident", "The door " + mark);
    String comments = "/tickets/" + key + "/comments";
    JsonNode asked = requester.post(comments, Map.of("body", "Anybody?")).expect(201).json();
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person(ilze, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/ticket/" + key);
        assertThat(page.getByText("Anybody?")).isVisible();
        Locator text = page.locator("talka-composer textarea");
        text.pressSequentially("I am on my way");
        other.post(comments, Map.of("body", "A note", "visibility", "internal")).expect(201);
        other.post(comments, Map.of("body", "It is repaired")).expect(201);
        assertThat(page.locator(".msg").getByText("It is repaired")).isVisible();
        text.press("Control+Enter");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Juris Bērziņš has replied meanwhile.");
        dialog.getByRole(AriaRole.BUTTON, named("Read first")).click();
        assertThat(text).hasValue("I am on my way");
        assertThat(text).isFocused();
        // whoever has read it is not asked again
        text.press("Control+Enter");
        assertThat(page.locator(".msg").getByText("I am on my way")).isVisible();
        text.pressSequentially("Once more");
        requester.post(comments, Map.of("body", "Thank you both")).expect(201);
        assertThat(page.locator(".msg").getByText("Thank you both")).isVisible();
        text.press("Control+Enter");
        assertThat(dialog).containsText("Rūta Ozola has replied meanwhile.");
        dialog.getByRole(AriaRole.BUTTON, named("Send all the same")).click();
        assertThat(page.locator(".msg").getByText("Once more")).isVisible();
        browser.assertNoComplaintsBut(409);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("meanwhile");
        throw e;
      }
    }
    other.post(comments, Map.of("body", "Late", "lastSeen", asked.path("id").asLong())).expect(409);
    other
        .post(
            comments,
            Map.of("body", "Late", "visibility", "internal", "lastSeen", asked.path("id").asLong()))
        .expect(201);
  }

  private static void signIn(Page page, String username) {
    page.navigate("/");
    page.getByLabel("User name").fill(username);
    page.getByLabel("Password").fill(PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator(".home")).isVisible();
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
