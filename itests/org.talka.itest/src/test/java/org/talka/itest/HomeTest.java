/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page that says what to do next. */
@ExtendWith(SharedTalka.class)
class HomeTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String team = "home-" + mark;

  HomeTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void whatWaitsIsShownWithItsReasonAndAppearsByItself() {
    Api admin = talka.admin();
    admin.post("/teams", Map.of("key", team, "name", "Lifts " + mark)).expect(201);
    person(admin, "home-" + mark, "Ilze Kalniņa", "manager", List.of(team));
    Api requester = admin.person("asks-" + mark, "Rūta Ozola", "requester");
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.examined("en");
        AtomicInteger asked = new AtomicInteger();
        page.onRequest(
            request -> {
              if (request.url().contains("/api/v1/home")) {
                asked.incrementAndGet();
              }
            });
        page.navigate("/");
        page.getByLabel("User name").fill("home-" + mark);
        page.getByLabel("Password").fill(PASSWORD);
        page.keyboard().press("Enter");
        // approvals of others may wait for a manager; nothing else can be here
        assertThat(page.locator(".home")).isVisible();
        assertThat(page.locator(".home .skeleton")).hasCount(0);
        assertEquals(1, asked.get());
        assertThat(page.locator(".home-mine, .home-free, .home-replied")).hasCount(0);

        String free = admin.ticket("incident", "The lift is stuck " + mark);
        change(admin, free, Map.of("team", team));
        Locator nobody = page.getByRole(AriaRole.REGION, named("Nobody has taken these"));
        assertThat(nobody.locator(".line")).hasCount(1);
        assertThat(nobody).containsText("Nobody has it; opened");

        String late = request(admin, LocalDate.now().minusDays(2));
        change(admin, late, Map.of("assignee", "home-" + mark));
        Locator mine = page.getByRole(AriaRole.REGION, named("My open tickets"));
        assertThat(mine.locator(".line")).hasCount(1);
        assertThat(mine.locator(".why.loud")).containsText("It was needed by");

        String lamp = requester.ticket("incident", "The lamp " + mark);
        change(admin, lamp, Map.of("assignee", "home-" + mark));
        assertThat(mine.locator(".line")).hasCount(2);
        say(requester, lamp, "It is the left one");
        Locator answer = page.getByRole(AriaRole.REGION, named("They wait for your answer"));
        assertThat(answer).containsText("Rūta Ozola replied");
        // each ticket once
        assertThat(mine.locator(".line")).hasCount(1);

        String screen = requester.ticket("request", "A screen " + mark);
        transition(admin, screen, "ask-approval");
        Locator approval = page.getByRole(AriaRole.REGION, named("They wait for your approval"));
        assertThat(approval).containsText("A screen " + mark);
        assertThat(approval).containsText("Rūta Ozola asks for approval");

        assertReadable(page);

        page.locator("h1").click();
        page.keyboard().press("j");
        assertThat(answer.locator(".line").first()).isFocused();
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/app/ticket/" + lamp));
        page.locator("talka-composer textarea").fill("Thank you, we bring one");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".msg").getByText("Thank you, we bring one")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Today")).click();
        assertThat(mine.locator(".line")).hasCount(2);
        assertThat(answer).hasCount(0);
        change(admin, lamp, Map.of("assignee", "admin"));
        Locator seen = page.getByRole(AriaRole.REGION, named("Seen lately"));
        assertThat(seen.locator(".line")).hasCount(1);
        assertThat(seen).containsText("after you looked");
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("home");
        throw e;
      }
    }
  }

  @Test
  void whoHasNothingToDoIsToldSoAndWhereToLook() {
    Api admin = talka.admin();
    admin.post("/teams", Map.of("key", team, "name", "Idle " + mark)).expect(201);
    person(admin, "idle-" + mark, "Ilze Kalniņa", "agent", List.of(team));
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("idle-" + mark, PASSWORD);
        assertThat(page.getByText("Nothing waits for you")).isVisible();
        page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName("Look at all open tickets"))
            .click();
        page.waitForURL(Pattern.compile(".*/app/queue/open"));
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("home-empty");
        throw e;
      }
    }
  }

  @Test
  void thePageIsOneAnswerForThoseWhoWorkHere() {
    Api admin = talka.admin();
    Api agent = admin.person("answer-" + mark, "Agent", "agent");
    Api requester = admin.person("answer-r-" + mark, "Requester", "requester");
    requester.get("/home").expect(403);
    String foreign = "INC-999999";
    JsonNode sections =
        agent.get("/home?viewed=" + foreign + "&viewed=x").expect(200).json().path("items");
    assertEquals(
        List.of("replied", "approval", "mine", "free", "recent"),
        sections.findValuesAsText("key").stream().filter(key -> !key.contains("-")).toList());
    agent.get("/home?" + "viewed=a&".repeat(21)).expect(400);
  }

  /** In light and dark, on a desk and on a phone, in both languages. */
  private static void assertReadable(Page page) {
    for (String language : List.of("English", "Latviešu", "English")) {
      page.locator(".top talka-menu > button").click();
      page.getByRole(AriaRole.MENUITEMRADIO, new Page.GetByRoleOptions().setName(language)).click();
      assertThat(page.locator("html"))
          .hasAttribute("lang", language.equals("English") ? "en" : "lv");
      for (int width : new int[] {1440, 390}) {
        page.setViewportSize(width, 900);
        assertEquals(List.of(), Browser.accessibility(page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertEquals(List.of(), Browser.contrast(page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      }
      assertEquals(List.of(), Browser.bareKeys(page));
      page.setViewportSize(1440, 900);
    }
  }

  private String request(Api admin, LocalDate needed) {
    return admin
        .post(
            "/tickets",
            Map.of(
                "type",
                "request",
                "subject",
                "A ladder " + mark,
                "fields",
                Map.of("neededBy", needed.toString())))
        .expect(201)
        .json()
        .path("key")
        .asText();
  }

  private static void change(Api api, String key, Map<String, Object> values) {
    String etag = api.get("/tickets/" + key).expect(200).header("ETag").orElseThrow();
    api.patch("/tickets/" + key, values, etag).expect(200);
  }

  private static void say(Api api, String key, String body) {
    api.post("/tickets/" + key + "/comments", Map.of("body", body)).expect(201);
  }

  private static void transition(Api api, String key, String transition) {
    api.post("/tickets/" + key + "/transitions", Map.of("transition", transition)).expect(200);
  }

  private static void person(
      Api admin, String username, String displayName, String role, List<String> teams) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("username", username);
    person.put("displayName", displayName);
    person.put("email", username + "@example.org");
    person.put("password", PASSWORD);
    person.put("roles", List.of(role));
    person.put("teams", teams);
    admin.post("/users", person).expect(201);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
