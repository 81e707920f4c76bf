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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People who ask for help, also such as have not signed in. */
@ExtendWith(SharedTalka.class)
class PortalTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  PortalTest(RunningTalka talka) {
    this.talka = talka;
  }

  @AfterEach
  void closeThePortal() {
    portal(false);
  }

  @Test
  void theRatingFollowsTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api requester = admin.person("rates-" + mark, "Rūta Ozola", "requester");
    Api other = admin.person("other-" + mark, "Jānis Bērziņš", "requester");
    String key = requester.ticket("incident", "Lamp " + mark);
    String path = "/tickets/" + key + "/rating";
    Map<String, Object> four = Map.of("stars", 4, "word", "Quick");
    JsonNode nothing = requester.get(path).expect(200).json();
    assertTrue(nothing.path("stars").isNull() && nothing.path("until").isNull());
    requester.send("PUT", path, four, Map.of()).expect(409);
    resolve(admin, key);
    assertTrue(requester.get("/tickets/" + key).json().path("can").path("rate").asBoolean());
    assertFalse(admin.get("/tickets/" + key).json().path("can").path("rate").asBoolean());
    admin.send("PUT", path, four, Map.of()).expect(403);
    other.send("PUT", path, four, Map.of()).expect(404);
    admin.anonymous().get(path).expect(401);
    requester.send("PUT", path, Map.of("stars", 6), Map.of()).expect(422);
    requester.send("PUT", path, Map.of("stars", "many"), Map.of()).expect(400);
    requester.send("PUT", path, four, Map.of("If-Match", "\"1\"")).expect(412);
    JsonNode given = requester.send("PUT", path, four, Map.of()).expect(200).json();
    assertEquals(4, given.path("stars").asInt());
    assertFalse(given.path("asked").asBoolean());
    JsonNode seen = admin.get("/tickets/" + key).expect(200).json();
    assertEquals("4", seen.path("fields").path("satisfaction").asText());
    assertEquals("Quick", seen.path("fields").path("satisfactionWord").asText());
    assertTrue(admin.get("/tickets/" + key + "/history").expect(200).text().contains("\"rated\""));
    Map<String, Object> chart = Map.of("kind", "chart", "q", "key:" + key, "by", "satisfaction");
    Wait.that(
        "the chart counts the rating",
        java.time.Duration.ofSeconds(20),
        () ->
            admin
                .post("/ticket-figures", Map.of("figures", List.of(chart)))
                .expect(200)
                .text()
                .contains("4 – satisfied"));
  }

  @Test
  void whoIsHelpedSaysHowItWasAndWritesAgainWhenItComesBack() {
    Api admin = talka.admin();
    admin.person("asks-" + mark, "Rūta Ozola", "requester", PASSWORD);
    admin.person("helps-" + mark, "Ilze Kalniņa", "manager", PASSWORD);
    Api self = new Api(talka.url()).signIn("asks-" + mark, PASSWORD);
    String key = self.ticket("incident", "The scanner " + mark);
    resolve(admin, key);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = portal(browser, "en", "asks-" + mark);
        Page agent = browser.examined("en");
        agent.navigate("/");
        Browser.signIn(agent, "helps-" + mark, PASSWORD);
        agent.navigate("/app/ticket/" + key);

        assertThat(page.locator(".req-ask")).hasText("How was it?");
        page.locator(".req", hasText("The scanner")).click();
        page.waitForURL(Pattern.compile(".*/portal/requests/" + key));
        Locator asked = page.locator("talka-rating form");
        assertThat(asked).isVisible();
        page.getByRole(AriaRole.BUTTON, named("Send")).first().click();
        assertThat(page.getByText("Choose from one to five stars.")).isVisible();
        page.getByRole(AriaRole.RADIO, named("2 – dissatisfied")).check(force());
        List<String> faults = new ArrayList<>(Browser.look(page, "asked"));
        page.getByLabel("Anything we should know?").fill("It took a week.");
        asked.getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByText("You said how satisfied you were")).isVisible();
        faults.addAll(Browser.look(page, "given"));
        // the agent's open page has it
        assertThat(agent.locator(".rated-by")).containsText("2 – dissatisfied");
        assertThat(agent.locator(".rated-by blockquote")).hasText("It took a week.");
        faults.addAll(Browser.look(agent, "agent"));
        page.getByRole(AriaRole.BUTTON, named("Change")).click();
        page.getByRole(AriaRole.RADIO, named("5 – very satisfied")).check(force());
        page.locator("talka-rating form .primary").click();
        assertThat(agent.locator(".rated-by")).containsText("5 – very satisfied");
        agent.navigate("/app/dashboards/desk.satisfaction");
        assertThat(agent.locator(".widget.of-chart")).containsText("5 – very satisfied");
        faults.addAll(Browser.look(agent, "dashboard"));

        // reopened while that is possible, and written anew when it is closed
        page.getByRole(AriaRole.BUTTON, named("Reopen")).click();
        answer(page);
        assertThat(page.locator(".standing")).hasText("Somebody is working on it");
        resolve(admin, key);
        transition(admin, key, "close");
        assertThat(page.getByText("This is finished. If it is back")).isVisible();
        faults.addAll(Browser.look(page, "closed"));
        page.getByRole(AriaRole.LINK, named("Write again")).click();
        assertThat(page.locator(".goes-on")).containsText(key);
        faults.addAll(Browser.look(page, "again"));
        page.getByRole(AriaRole.BUTTON, named("Send")).click();
        assertThat(page.locator(".goes-on a")).containsText(key);
        page.locator(".goes-on a").click();
        assertThat(page.locator(".goes-on")).containsText("Goes on in");
        assertEquals(List.of(), faults);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("portal-rating");
        throw e;
      }
    }
  }

  @Test
  void aQuestionAppearsWhenAnAnswerAsksForIt() {
    Api admin = talka.admin();
    admin.person("form-" + mark, "Rūta Ozola", "requester", PASSWORD);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = portal(browser, "en", "form-" + mark);
        page.getByRole(AriaRole.LINK, named("I need something")).click();
        Locator when = page.getByLabel("Needed by");
        assertThat(page.getByLabel("Category")).isVisible();
        assertThat(when).hasCount(0);
        page.getByLabel("Category").selectOption("equipment");
        assertThat(when).isVisible();
        when.fill("2099-01-02");
        page.getByLabel("Category").selectOption("information");
        assertThat(when).hasCount(0);
        page.getByLabel("Subject").fill("A question " + mark);
        assertEquals(List.of(), Browser.look(page, "form"));
        page.getByRole(AriaRole.BUTTON, named("Send")).click();
        page.waitForURL(Pattern.compile(".*/portal/requests/REQ-\\d+"));
        String key = page.url().substring(page.url().lastIndexOf('/') + 1);
        // what is not asked for is not sent
        assertFalse(admin.get("/tickets/" + key).expect(200).json().path("fields").has("neededBy"));
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("portal-form");
        throw e;
      }
    }
  }

  @Test
  void visitorsSeeWhatIsPublicAndNothingElse() {
    Api admin = talka.admin();
    admin.person("visits-" + mark, "Rūta Ozola", "requester", PASSWORD);
    admin.ticket("incident", "Wireless secret " + mark);
    admin.install("guides-1.0.0.jar", guides());
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page visitor = browser.examined("en");
        visitor.navigate("/portal");
        visitor.waitForURL(Pattern.compile(".*/sign-in\\?to=.*"));
        admin.anonymous().get("/ui/contributions").expect(401);
        admin.anonymous().get("/portal/search?q=wireless").expect(401);

        Page administrator = browser.examined("en");
        administrator.navigate("/");
        Browser.signIn(administrator, "admin", talka.adminPassword());
        administrator.navigate("/app/appearance");
        administrator.getByLabel("Show the portal to everybody").click();
        List<String> faults = new ArrayList<>(Browser.look(administrator, "appearance"));
        administrator.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(administrator.getByText("Saved", exactly())).isVisible();
        assertTrue(admin.get("/audit?action=portal.opened").expect(200).text().contains("admin"));

        visitor.navigate("/");
        visitor.waitForURL(Pattern.compile(".*/portal"));
        assertThat(visitor.getByRole(AriaRole.HEADING, named("How can we help?"))).isVisible();
        assertThat(visitor.getByText("Welcome, visitor")).isVisible();
        assertThat(visitor.getByText("For people of the house")).hasCount(0);
        faults.addAll(Browser.look(visitor, "visitor"));
        visitor.getByLabel("What do you need help with?").fill("wireless");
        Locator answers = visitor.locator(".sug a");
        assertThat(answers).hasCount(2);
        assertThat(answers.first()).containsText("Wireless for guests (ANONYMOUS)");
        faults.addAll(Browser.look(visitor, "answers"));
        answers.first().click();
        visitor.waitForURL(Pattern.compile(".*/portal/m/guides/guides.page/wifi"));
        assertThat(visitor.getByText("Welcome, visitor: wifi")).isVisible();
        faults.addAll(Browser.look(visitor, "article"));
        visitor.navigate("/portal/requests");
        visitor.waitForURL(Pattern.compile(".*/sign-in\\?to=.*requests"));
        visitor.locator("input[name=username]").fill("visits-" + mark);
        visitor.locator("input[name=password]").fill(PASSWORD);
        visitor.keyboard().press("Enter");
        visitor.waitForURL(Pattern.compile(".*/portal/requests"));
        visitor.navigate("/portal");
        assertThat(visitor.getByText("Welcome, Rūta Ozola")).isVisible();
        assertThat(visitor.getByText("For people of the house")).isVisible();
        visitor.getByLabel("What do you need help with?").fill("wireless");
        assertThat(visitor.locator(".sug")).containsText("Wireless for staff");
        assertThat(visitor.locator(".sug")).not().containsText("secret");

        Page latvian = browser.examined("lv");
        latvian.navigate("/portal");
        assertThat(latvian.getByRole(AriaRole.HEADING, named("Kā varam palīdzēt?"))).isVisible();
        faults.addAll(Browser.look(latvian, "visitor in lv"));
        portal(false);
        latvian.navigate("/portal");
        latvian.waitForURL(Pattern.compile(".*/sign-in.*"));
        assertEquals(List.of(), faults);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("portal-open");
        throw e;
      }
    } finally {
      admin.operate("uninstall", "guides");
    }
  }

  @Test
  void knownErrorsThatAreMarkedForThePortalAnswerPeopleOfTheHouse() {
    Api admin = talka.admin();
    admin.person("known-" + mark, "Rūta Ozola", "requester", PASSWORD);
    boolean here = admin.moduleState("problem").equals("ACTIVE");
    if (!here) {
      admin.operate("install", "problem");
    }
    String shown = knownError(admin, "Blank pages " + mark, true);
    String hidden = knownError(admin, "Blank walls " + mark, false);
    Api self = new Api(talka.url()).signIn("known-" + mark, PASSWORD);
    self.get("/problem/portal/known-errors/" + shown).expect(200);
    self.get("/problem/portal/known-errors/" + hidden).expect(404);
    self.get("/tickets/" + shown).expect(404);
    portal(true);
    Api anonymous = talka.anonymous();
    assertFalse(
        anonymous.get("/portal/search?q=blank+" + mark).expect(200).text().contains("Blank"));
    anonymous.get("/problem/portal/known-errors/" + shown).expect(401);
    portal(false);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = portal(browser, "en", "known-" + mark);
        page.getByLabel("What do you need help with?").fill("blank pag");
        Locator answer = page.locator(".sug a", hasText("Blank pages " + mark));
        assertThat(answer).containsText("Switch it off and on");
        assertThat(page.locator(".sug")).not().containsText("walls");
        answer.click();
        page.waitForURL(Pattern.compile(".*/portal/m/problem/problem.known-error/" + shown));
        assertThat(page.getByText("Until it is mended, this helps:")).isVisible();
        assertThat(page.locator(".prose")).containsText("Switch it off and on");
        assertEquals(List.of(), Browser.look(page, "known error"));
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("portal-known");
        throw e;
      }
    }
  }

  private static String knownError(Api admin, String subject, boolean portal) {
    String key = admin.ticket("problem", subject);
    Map<String, Object> fields =
        Map.of(
            "rootCause",
            "Firmware",
            "workaround",
            "Switch it off and on",
            "knownErrorPublic",
            portal);
    String etag = admin.get("/tickets/" + key).expect(200).header("ETag").orElseThrow();
    admin.patch("/tickets/" + key, Map.of("fields", fields), etag).expect(200);
    List.of("assess", "analyse", "confirm-known-error")
        .forEach(step -> transition(admin, key, step));
    return key;
  }

  /** A module that tells visitors of the wireless, and people of the house some more. */
  private static byte[] guides() {
    Path distribution = Distribution.unpack("portal-guides");
    String find =
        "java.util.List.of(new org.talka.api.search.PortalFind(\"%s (\" + asked.caller().kind() +"
            + " \")\", \"Guide\", \"/portal/m/guides/guides.page/wifi\", \"article\"))";
    return new SampleModule("guides", "1.0.0")
        .activator(
            "java.util.Hashtable<String, Object> open = new java.util.Hashtable<>();"
                + "open.put(org.talka.api.search.PortalSearch.PUBLIC, true);"
                + "context.registerService(org.talka.api.search.PortalSearch.class, asked -> "
                + find.formatted("Wireless for guests")
                + ", open); context.registerService(org.talka.api.search.PortalSearch.class, asked"
                + " -> "
                + find.formatted("Wireless for staff")
                + ", null);",
            "")
        .imports(
            "org.talka.api.search;version=\"[1.1,2)\"", "org.talka.api.security;version=\"[1,2)\"")
        .file(
            "TALKA-INF/module.json",
            "{\"id\":\"guides\",\"ui\":["
                + "{\"point\":\"portal.page\",\"key\":\"guides.page\",\"order\":1,"
                + "\"script\":\"page.js\",\"open\":true},"
                + "{\"point\":\"portal.page\",\"key\":\"guides.house\",\"order\":2,"
                + "\"view\":{\"kind\":\"text\",\"text\":\"ui.guides.house.text\"}}]}")
        .file(
            "TALKA-INF/i18n/en.json",
            "{\"module.guides.title\":\"Guides\",\"ui.guides.page\":\"Guides\","
                + "\"ui.guides.house\":\"House\",\"ui.guides.welcome\":\"Welcome, {who}\","
                + "\"ui.guides.visitor\":\"visitor\","
                + "\"ui.guides.house.text\":\"For people of the house\"}")
        .file(
            "TALKA-INF/ui/page.js",
            """
            import { html } from "lit";
            import { TalkaElement } from "@talka/ui";
            import { t } from "@talka/ui/i18n";
            export const api = 1;
            export default class extends TalkaElement {
              render() {
                const { caller, rest = [] } = this.context;
                const who = caller.anonymous ? t("ui.guides.visitor") : caller.displayName;
                return html`<p>${t("ui.guides.welcome", { who })}${rest.length ? `: ${rest}` : ""}</p>`;
              }
            }
            """)
        .jar(distribution);
  }

  private void portal(boolean open) {
    Api admin = talka.admin();
    String etag = admin.get("/appearance").expect(200).header("ETag").orElseThrow();
    admin.patch("/appearance", Map.of("portal", open), etag).expect(200);
  }

  private Page portal(Browser browser, String language, String username) {
    Page page = browser.examined(language);
    page.navigate("/");
    page.locator("input[name=username]").fill(username);
    page.locator("input[name=password]").fill(PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator(".hero")).isVisible();
    return page;
  }

  /** A step that wants a word gets one. */
  private static void answer(Page page) {
    assertThat(page.locator(".standing")).not().hasText("Done. Does it work for you?");
  }

  private static void resolve(Api api, String key) {
    api.post(
            "/tickets/" + key + "/transitions",
            Map.of("transition", "resolve", "fields", Map.of("resolutionCode", "fixed")))
        .expect(200);
  }

  private static void transition(Api api, String key, String transition) {
    api.post("/tickets/" + key + "/transitions", Map.of("transition", transition)).expect(200);
  }

  /** The box itself is out of sight: its star is clicked. */
  private static Locator.CheckOptions force() {
    return new Locator.CheckOptions().setForce(true);
  }

  private static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
