/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Types, fields, forms and workflows are changed while everybody works. */
@ExtendWith(SharedTalka.class)
class TypesAdminTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  TypesAdminTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void settingsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    for (String role : List.of("agent", "manager", "requester")) {
      Api other = admin.person("types-" + role + "-" + mark, "Other", role);
      other.get("/field-settings").expect(403);
      other.post("/type-settings", Map.of()).expect(403);
      other.get("/workflow-settings/incident").expect(403);
    }
    Api.Answer made =
        admin
            .post(
                "/field-settings",
                Map.of(
                    "type", "choice",
                    "on", List.of("incident"),
                    "names", Map.of("en", "Floor " + mark, "lv", "Stāvs " + mark),
                    "options", List.of(Map.of("names", Map.of("en", "Ground", "lv", "Pirmais")))))
            .expect(201);
    String key = made.json().path("key").asText();
    String path = "/field-settings/" + key;
    assertTrue(made.header("Location").orElseThrow().endsWith(path));
    String etag = made.header("ETag").orElseThrow();
    admin.patch(path, Map.of("required", false), null).expect(428);
    admin.patch(path, Map.of("help", Map.of("en", "Where it stands")), etag).expect(200);
    JsonNode stale = admin.patch(path, Map.of("retired", true), etag).expect(412).json();
    assertEquals(412, stale.path("status").asInt());
    JsonNode wrong =
        admin
            .post("/field-settings", Map.of("type", "secret", "names", Map.of("en", "x")))
            .expect(422)
            .json();
    assertEquals("type", wrong.path("errors").path(0).path("field").asText());
    admin.get("/field-settings/nothing").expect(404);
    assertTrue(words(admin, "lv").path("field." + key).asText().startsWith("Stāvs"));
    assertEquals("Pirmais", words(admin, "lv").path("field." + key + ".ground").asText());
    String ticket =
        admin
            .post(
                "/tickets",
                Map.of("type", "incident", "subject", "s", "fields", Map.of(key, "ground")))
            .expect(201)
            .json()
            .path("key")
            .asText();
    // who wants to find it finds it at once
    JsonNode found = admin.get("/tickets?q=" + key + ":ground").expect(200).json().path("items");
    assertEquals(ticket, found.path(0).path("key").asText());
    admin.delete(path).expect(409);
    String now = admin.get(path).expect(200).header("ETag").orElseThrow();
    admin.patch(path, Map.of("retired", true), now).expect(200);
    assertEquals(
        "ground",
        admin.get("/tickets/" + ticket).expect(200).json().path("fields").path(key).asText());
    admin
        .post(
            "/tickets", Map.of("type", "incident", "subject", "s", "fields", Map.of(key, "ground")))
        .expect(422);
    JsonNode audit = admin.get("/audit?limit=20").expect(200).json().path("items");
    assertTrue(audit.findValuesAsText("object").contains("field:" + key));
  }

  @Test
  void aWorkflowIsCheckedPublishedInVersionsAndTakenBack() {
    Api admin = talka.admin();
    String type = type(admin);
    String path = "/workflow-settings/" + type;
    Api.Answer bench = admin.get(path).expect(200);
    ObjectNode design = bench.json().path("current").deepCopy();
    ((ArrayNode) design.path("states"))
        .addObject()
        .put("key", "parts")
        .put("category", "PENDING")
        .putObject("names")
        .put("en", "Waits for parts");
    bench = put(admin, path + "/draft", design, bench);
    assertEquals(
        List.of("states.parts", "states.parts"),
        bench.json().path("errors").findValuesAsText("field"));
    publish(admin, path, bench, Map.of()).expect(422);
    step(design, "wait-parts", "in-progress", "parts");
    step(design, "parts-here", "parts", "in-progress");
    bench = put(admin, path + "/draft", design, bench);
    assertEquals(0, bench.json().path("errors").size());
    bench = publish(admin, path, bench, Map.of()).expect(200);
    String ticket = admin.ticket(type, "The pump " + mark);
    for (String step : List.of("start", "wait-parts")) {
      admin.post("/tickets/" + ticket + "/transitions", Map.of("transition", step)).expect(200);
    }
    takeBack(admin, path, bench, Map.of()).expect(422);
    takeBack(admin, path, bench, Map.of("parts", "pending")).expect(200);
    Wait.that(
        "the ticket left the state that is gone",
        Duration.ofSeconds(20),
        () -> admin.get("/tickets/" + ticket).json().path("state").asText().equals("pending"));
    JsonNode versions = admin.get(path + "/versions").expect(200).json().path("items");
    assertEquals(2, versions.size());
    assertEquals("admin", versions.path(0).path("takenBackBy").asText());
    assertFalse(
        admin.get(path).expect(200).json().path("current").toString().contains("\"parts\""));
    retire(admin, type);
    admin.post("/tickets", Map.of("type", type, "subject", "s")).expect(422);
  }

  @Test
  void aNewFieldIsThereInAnOpenFormAndOnTheTicket() {
    Api admin = talka.admin();
    admin.person("fields-" + mark, "Ilze Kalniņa", "admin", PASSWORD);
    admin.person("agent-" + mark, "Anna Ozola", "agent", PASSWORD);
    String name = "Asset tag " + mark;
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page agent = browser.person("agent-" + mark, PASSWORD);
        assertThat(agent.locator(".home")).isVisible();
        agent.navigate(talka.url() + "/app/new/incident");
        agent.getByLabel("Subject").fill("The scanner " + mark + " is lost");
        Page page = browser.person("fields-" + mark, PASSWORD);
        page.locator("nav a[href='/app/types']").click();
        page.locator("a.person-row", new Page.LocatorOptions().setHasText("Incident"))
            .first()
            .click();
        page.waitForURL(Pattern.compile(".*/app/type/incident$"));
        page.getByRole(AriaRole.BUTTON, button("New field…")).first().click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name (English)").fill(name);
        dialog.getByLabel("Name (Latviešu)").fill("Inventāra numurs " + mark);
        dialog.getByLabel("Help text (English)").fill("On the sticker");
        dialog.getByRole(AriaRole.BUTTON, inDialog("Create the field")).click();
        assertThat(page.locator(".form-fields")).not().hasCount(0);
        assertThat(page.locator(".form-fields li", new Page.LocatorOptions().setHasText(name)))
            .isVisible();
        // by itself, and what was typed is still there
        assertThat(agent.getByLabel(name)).isVisible();
        assertThat(agent.getByLabel("Subject")).hasValue("The scanner " + mark + " is lost");
        agent.getByLabel(name).fill("IT-0815");
        agent.getByRole(AriaRole.BUTTON, exactly("Create")).click();
        agent.waitForURL(Pattern.compile(".*/app/ticket/INC-\\d+$"));
        assertThat(agent.locator(".ticket > aside")).containsText("IT-0815");
        assertThat(agent.locator(".ticket > aside")).containsText(name);
        // moved without a drag, saved, undone
        Locator row = page.locator(".form-fields li", new Page.LocatorOptions().setHasText(name));
        row.getByRole(AriaRole.BUTTON, inside("Move " + name + " up")).click();
        // who does not want to lose that stays, and the bar says so
        page.getByRole(AriaRole.TAB).getByText("Workflow").click();
        assertThat(row).isVisible();
        assertThat(page.locator("[role=tab][aria-selected=true]")).not().hasText("Workflow");
        staysWith(page, row, "confirm", Page::goBack);
        staysWith(page, row, "beforeunload", left -> left.evaluate("() => location.reload()"));
        page.getByRole(AriaRole.BUTTON, button("Save the form")).click();
        assertThat(page.getByText("Saved", new Page.GetByTextOptions().setExact(true))).isVisible();
        row.locator("talka-menu > button").click();
        page.getByRole(AriaRole.MENUITEM).getByText("Change…").click();
        dialog.getByText("Retired").click();
        dialog.getByRole(AriaRole.BUTTON, inDialog("Save")).click();
        assertThat(row).hasCount(0);
        // the value stays readable, and can't be changed
        assertThat(agent.locator(".ticket > aside")).containsText("IT-0815");
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("types-field");
        throw e;
      }
    }
  }

  @Test
  void severalPeopleAreChosenOneAfterAnother() {
    Api admin = talka.admin();
    admin.person("chooses-" + mark, "Anna Ozola", "agent", PASSWORD);
    admin.person("first-" + mark, "Ilze Kalniņa " + mark, "agent", PASSWORD);
    admin.person("second-" + mark, "Jānis Bērziņš " + mark, "agent", PASSWORD);
    String type = type(admin);
    String name = "Present " + mark;
    admin
        .post(
            "/field-settings",
            Map.of(
                "type",
                "person",
                "multiple",
                true,
                "on",
                List.of(type),
                "names",
                Map.of("en", name, "lv", name)))
        .expect(201);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person("chooses-" + mark, PASSWORD);
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/new/" + type);
        page.getByLabel("Subject").fill("Minutes " + mark);
        Locator present =
            page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(name));
        for (String person : List.of("Ilze Kalniņa ", "Jānis Bērziņš ")) {
          present.pressSequentially(person + mark);
          page.getByRole(AriaRole.OPTION).getByText(person + mark).click();
          assertThat(page.locator(".many .chip").last()).containsText(person + mark);
          assertThat(present).hasValue("");
        }
        page.getByRole(AriaRole.BUTTON, exactly("Create")).click();
        page.waitForURL(Pattern.compile(".*/app/ticket/[A-Z]+-\\d+$"));
        assertThat(page.locator(".ticket > aside")).containsText("Ilze Kalniņa " + mark);
        assertThat(page.locator(".ticket > aside")).containsText("Jānis Bērziņš " + mark);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("types-people");
        throw e;
      }
    }
    retire(admin, type);
  }

  @Test
  void aStateThatIsDrawnAndPublishedIsUsedInAPageThatWasOpen() {
    Api admin = talka.admin();
    admin.person("draws-" + mark, "Ilze Kalniņa", "admin", PASSWORD);
    admin.person("works-" + mark, "Anna Ozola", "agent", PASSWORD);
    String type = type(admin);
    String ticket = admin.ticket(type, "The pump " + mark + " stands still");
    admin.post("/tickets/" + ticket + "/transitions", Map.of("transition", "start")).expect(200);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page agent = browser.person("works-" + mark, PASSWORD);
        assertThat(agent.locator(".home")).isVisible();
        agent.navigate(talka.url() + "/app/ticket/" + ticket);
        assertThat(agent.locator(".title .chip").first()).containsText("In progress");
        Page page = browser.examined("en");
        page.navigate("/");
        page.getByLabel("User name").fill("draws-" + mark);
        page.getByLabel("Password").fill(PASSWORD);
        page.getByRole(AriaRole.BUTTON, exactly("Sign in")).click();
        assertThat(page.locator(".home")).isVisible();
        page.navigate(talka.url() + "/app/type/" + type + "/workflow");
        Locator box = page.locator(".flow .box[data-state='in-progress']");
        assertThat(box).isVisible();
        page.getByRole(AriaRole.BUTTON, button("New state")).first().click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name (English)").fill("Waits for parts");
        dialog.getByLabel("What it means").selectOption("PENDING");
        dialog.getByLabel("Reached from").selectOption("in-progress");
        dialog.getByLabel("Name of the step (English)").fill("Wait for parts");
        dialog.getByRole(AriaRole.BUTTON, inDialog("Save")).click();
        Locator drawn = page.locator(".flow .box[data-state='waits-for-parts']");
        assertThat(drawn).isVisible();
        // without a way on, it can't be published, and the page says why
        assertThat(page.locator(".faults")).containsText("No way leads from “Waits for parts”");
        readable(page);
        page.getByRole(AriaRole.BUTTON, button("Check and publish…")).click();
        assertThat(dialog).containsText("No way leads from");
        readable(page);
        assertThat(dialog.getByRole(AriaRole.BUTTON, inDialog("Publish"))).hasCount(0);
        page.keyboard().press("Escape");
        connectByPointer(page, drawn, page.locator(".flow .box[data-state='resolved']"));
        dialog.getByLabel("Name (English)").fill("Parts came");
        dialog.getByRole(AriaRole.BUTTON, inDialog("Save")).click();
        assertThat(page.locator(".faults")).hasCount(0);
        double left = drawn.boundingBox().x;
        drawn.focus();
        page.keyboard().press("Shift+ArrowRight");
        page.waitForCondition(() -> drawn.boundingBox().x > left);
        page.getByRole(AriaRole.BUTTON, button("Check and publish…")).click();
        assertThat(dialog).containsText("New state: Waits for parts");
        assertThat(dialog).containsText("New step: Parts came");
        dialog.getByLabel("Note").fill("Pumps need parts");
        dialog.getByRole(AriaRole.BUTTON, inDialog("Publish")).click();
        assertThat(page.getByText("Version 2 is in effect")).isVisible();
        // the other page hears of it, and the step is taken there
        Locator more = agent.locator(".title talka-menu").last();
        assertThat(more.getByText("Wait for parts")).hasCount(1);
        more.locator("> button").click();
        more.getByText("Wait for parts").click();
        assertThat(agent.locator(".title .chip").first()).containsText("Waits for parts");
        // removing it asks where its tickets come to
        page.locator(".flow-tables tr", new Page.LocatorOptions().setHasText("Waits for parts"))
            .first()
            .locator("talka-menu > button")
            .click();
        page.getByRole(AriaRole.MENUITEM).getByText("Remove the state").click();
        page.getByRole(AriaRole.BUTTON, button("Check and publish…")).click();
        dialog.getByRole(AriaRole.BUTTON, inDialog("Publish")).click();
        assertThat(dialog.locator(".wrong, .error").first()).isVisible();
        readable(page);
        dialog.getByLabel("Tickets in “Waits for parts” come to").selectOption("pending");
        dialog.getByRole(AriaRole.BUTTON, inDialog("Publish")).click();
        assertThat(page.getByText("Version 3 is in effect")).isVisible();
        assertThat(agent.locator(".title .chip").first()).containsText("Pending");
        assertEquals("pending", admin.get("/tickets/" + ticket).json().path("state").asText());
        // and is taken back, with what it had taken away
        page.getByRole(AriaRole.BUTTON, button("More for the workflow")).click();
        page.getByRole(AriaRole.MENUITEM).getByText("Take the last version back").click();
        dialog.getByRole(AriaRole.BUTTON, inDialog("Take back")).click();
        assertThat(page.getByText("Version 2 is in effect")).isVisible();
        assertThat(drawn).isVisible();
        page.getByRole(AriaRole.BUTTON, button("More for the workflow")).click();
        page.getByRole(AriaRole.MENUITEM).getByText("Versions").click();
        assertThat(dialog.locator("tbody tr")).hasCount(3);
        assertThat(dialog).containsText("Pumps need parts");
        assertThat(dialog.locator("tbody tr").first()).containsText("taken back by");
        readable(page);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("types-flow");
        throw e;
      }
    }
    retire(admin, type);
  }

  /** Nobody loses what is not saved by the browser's own ways either. */
  private static void staysWith(Page page, Locator unsaved, String question, Consumer<Page> leave) {
    String address = page.url();
    List<String> questions = new ArrayList<>();
    page.onceDialog(
        dialog -> {
          questions.add(dialog.type());
          dialog.dismiss();
        });
    leave.accept(page);
    page.waitForCondition(() -> !questions.isEmpty() && page.url().equals(address));
    assertEquals(List.of(question), questions);
    assertThat(unsaved).isVisible();
  }

  private static void readable(Page page) {
    assertEquals(List.of(), Browser.accessibility(page));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertEquals(List.of(), Browser.contrast(page));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private static void connectByPointer(Page page, Locator from, Locator to) {
    BoundingBox a = from.boundingBox();
    BoundingBox b = to.boundingBox();
    page.mouse().move(a.x + a.width, a.y + a.height / 2);
    page.mouse().down();
    page.mouse()
        .move(
            b.x + b.width / 2,
            b.y + b.height / 2,
            new com.microsoft.playwright.Mouse.MoveOptions().setSteps(8));
    page.mouse().up();
  }

  /** A copy of the incident, so that other tests find theirs as it was. */
  private String type(Api admin) {
    char[] letters = new char[3];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (char) ('A' + ThreadLocalRandom.current().nextInt(26));
    }
    return admin
        .post(
            "/type-settings",
            Map.of(
                "names",
                Map.of("en", "Repair " + mark, "lv", "Remonts " + mark),
                "prefix",
                "Z" + new String(letters),
                "copyOf",
                "incident"))
        .expect(201)
        .json()
        .path("key")
        .asText();
  }

  private static void retire(Api admin, String type) {
    String path = "/type-settings/" + type;
    String etag = admin.get(path).expect(200).header("ETag").orElseThrow();
    admin.patch(path, Map.of("retired", true), etag).expect(200);
  }

  private static void step(ObjectNode design, String key, String from, String to) {
    ObjectNode step = ((ArrayNode) design.path("transitions")).addObject();
    step.put("key", key).put("to", to).putArray("from").add(from);
    step.putObject("names").put("en", key);
  }

  private static Api.Answer put(Api admin, String path, Object body, Api.Answer seen) {
    return admin.send("PUT", path, body, ifMatch(seen)).expect(200);
  }

  private static Api.Answer publish(
      Api admin, String path, Api.Answer seen, Map<String, String> replacements) {
    return admin.post(
        path + "/versions", Map.of("replacements", replacements, "note", "n"), ifMatch(seen));
  }

  private static Api.Answer takeBack(
      Api admin, String path, Api.Answer seen, Map<String, String> replacements) {
    return admin.post(path + "/take-back", Map.of("replacements", replacements), ifMatch(seen));
  }

  private static Map<String, String> ifMatch(Api.Answer seen) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("If-Match", seen.header("ETag").orElseThrow());
    return headers;
  }

  private static JsonNode words(Api api, String language) {
    return api.get("/ui/messages/" + language).expect(200).json();
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions inDialog(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions inside(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
