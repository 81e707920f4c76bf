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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Languages are offered and words renamed, in open pages and in what the server says. */
@ExtendWith(SharedTalka.class)
class LanguagesTest {
  private static final String PASSWORD = "Correct-horse-9-battery";
  private static final List<String> KEYS = List.of("web.nav.today", "error.setting.own");

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  LanguagesTest(RunningTalka talka) {
    this.talka = talka;
  }

  @AfterEach
  void asItWas() {
    Api admin = talka.admin();
    admin.patch("/settings", Map.of("languages", List.of("en", "lv"), "locale", "en"), null);
    for (String language : List.of("en", "lv")) {
      for (String key : KEYS) {
        String path = "/words/" + language + "/" + key;
        String etag = admin.get(path).header("ETag").orElse("\"0\"");
        admin.send("DELETE", path, null, Map.of("If-Match", etag));
      }
    }
  }

  @Test
  void wordsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api manager = admin.person("lang-" + mark, "Other", "manager");
    manager.get("/words/lv").expect(403);
    manager.get("/languages").expect(403);
    admin.get("/words/de").expect(404);
    admin.get("/words/lv/no.such").expect(404);
    admin.get("/words/lv?only=some").expect(400);
    admin.get("/words/lv?after=forged").expect(400);
    String path = "/words/en/error.setting.own";
    Api.Answer plain = admin.get(path).expect(200);
    assertEquals("\"0\"", plain.header("ETag").orElseThrow());
    assertTrue(plain.json().path("text").isNull());
    admin.send("PUT", path, Map.of("text", "x"), Map.of()).expect(428);
    put(admin, path, "Not {so}", "\"0\"").expect(422);
    put(admin, path, "Not } so", "\"0\"").expect(422);
    Api.Answer renamed = put(admin, path, "Ours " + mark, "\"0\"").expect(200);
    put(admin, path, "Late", "\"0\"").expect(412);
    // the server says it, too
    Map<String, Object> alone = Map.of("languages", List.of("lv"));
    assertTrue(admin.patch("/settings", alone, null).expect(422).text().contains("Ours " + mark));
    JsonNode changed = admin.get("/words/en?only=changed&q=" + mark).expect(200).json();
    assertEquals(1, changed.path("items").size());
    assertEquals(
        plain.json().path("original").asText(),
        changed.path("items").path(0).path("original").asText());
    String etag = renamed.header("ETag").orElseThrow();
    admin.send("DELETE", path, null, Map.of("If-Match", etag)).expect(200);
    assertFalse(admin.patch("/settings", alone, null).expect(422).text().contains(mark));
    String audit = admin.get("/audit?object=word:en:error.setting.own&limit=2").text();
    assertTrue(audit.contains("word.renamed") && audit.contains("word.taken-back"), audit);

    // page by page, every key once and in order
    List<String> keys = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = admin.get("/words/lv?limit=200&q=web.nav" + after).expect(200).json();
      page.path("items").forEach(item -> keys.add(item.path("key").asText()));
      after = page.path("next").isNull() ? "" : "&after=" + Api.encode(page.path("next").asText());
    } while (!after.isEmpty());
    assertEquals(keys.stream().sorted().distinct().toList(), keys);
    assertTrue(keys.contains("web.nav.today"));
    for (JsonNode language : admin.get("/languages").expect(200).json().path("items")) {
      JsonNode core = language.path("modules").path(0);
      assertEquals("core", core.path("module").asText());
      assertEquals(core.path("words"), core.path("translated"), language.toString());
    }
  }

  @Test
  void whoHasALanguageThatIsNotOfferedGetsTheDesksOwn() {
    Api admin = talka.admin();
    assertEquals(
        "en, lv", admin.get("/ui/messages/lv").expect(200).header("Talka-Languages").orElseThrow());
    admin.patch("/settings", Map.of("languages", List.of("xx")), null).expect(422);
    admin.patch("/settings", Map.of("locale", "lv"), null).expect(200);
    JsonNode settings =
        admin.patch("/settings", Map.of("languages", List.of("lv")), null).expect(200).json();
    assertEquals(List.of("lv"), List.of(settings.path("languages").path(0).asText()));
    Api.Answer words = admin.get("/ui/messages/en").expect(200);
    assertEquals("lv", words.header("Content-Language").orElseThrow());
    assertEquals("Šodien", words.json().path("web.nav.today").asText());
    assertTrue(admin.get("/words/de").expect(404).text().contains("nerunā"));
  }

  @Test
  void whatIsRenamedIsSeenInOpenPages() {
    Api admin = talka.admin();
    person(admin, "lang-see-" + mark, "en", "agent");
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page agent = browser.person("lang-see-" + mark, PASSWORD);
        Locator today = agent.locator("nav a[href='/app'] span").first();
        assertThat(today).hasText("Today");
        for (String language : List.of("en", "lv")) {
          person(admin, "lang-" + language + "-" + mark, language, "admin");
          Page page = browser.examined(language);
          page.navigate("/");
          Browser.signIn(page, "lang-" + language + "-" + mark, PASSWORD);
          page.navigate(talka.url() + "/app/languages");
          assertThat(page.locator(".langs > li")).hasCount(2);
          faults.addAll(Browser.look(page, "languages " + language));
          page.navigate(talka.url() + "/app/languages/words?language=en&q=web.nav.today");
          assertThat(page.locator(".words li")).hasCount(1);
          faults.addAll(Browser.look(page, "words " + language));
          page.locator(".words .person-row").click();
          Locator text = page.locator("dialog[open] textarea");
          text.fill("Now {then}");
          page.locator("dialog[open] .primary").click();
          assertThat(page.locator("dialog[open] #word-wrong")).not().isEmpty();
          faults.addAll(Browser.look(page, "word " + language));
          text.fill("Now " + language + mark);
          page.locator("dialog[open] .primary").click();
          assertThat(today).hasText("Now " + language + mark);
          assertThat(page.locator(".words li")).containsText("Now " + language + mark);
          page.locator(".words .person-row").click();
          page.locator("dialog[open] .danger").click();
          assertThat(today).hasText("Today");
        }
        browser.assertNoComplaintsBut(422);
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("languages");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  @Test
  void timesAreShownAndWrittenByOnesOwnClock() {
    Api admin = talka.admin();
    person(admin, "lang-zone-" + mark, "en", "agent");
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("lang-zone-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.locator("header.top > talka-menu > button").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Time zone: UTC"))
            .click();
        Locator zone = page.locator("dialog[open] input[role=combobox]");
        zone.fill("Kiritimati");
        page.locator("dialog[open] [role=option]")
            .filter(new Locator.FilterOptions().setHasText("Kiritimati"))
            .click();
        page.locator("dialog[open] .primary").click();
        assertThat(page.locator("dialog[open]")).hasCount(0);
        JsonNode me = new Api(talka.url()).signIn("lang-zone-" + mark, PASSWORD).get("/me").json();
        assertEquals("Pacific/Kiritimati", me.path("zone").asText());
        Object shown =
            page.evaluate(
                """
                async () => {
                  const base = document.documentElement.dataset.base;
                  const { fromClock, toClock } = await import(`${base}/js/core/i18n.js`);
                  return [toClock("2026-03-01T22:30:00Z"), fromClock("2026-03-02T12:30")].join(" ");
                }
                """);
        assertEquals("2026-03-02T12:30 2026-03-01T22:30:00.000Z", shown);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("zone");
        throw e;
      }
    }
  }

  private static Api.Answer put(Api admin, String path, String text, String etag) {
    return admin.send("PUT", path, Map.of("text", text), Map.of("If-Match", etag));
  }

  private static void person(Api admin, String username, String language, String role) {
    admin
        .post(
            "/users",
            Map.of(
                "username",
                username,
                "displayName",
                "Somebody",
                "password",
                PASSWORD,
                "roles",
                List.of(role),
                "zone",
                "UTC",
                "locale",
                language))
        .expect(201);
  }
}
