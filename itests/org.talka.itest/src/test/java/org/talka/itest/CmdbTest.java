/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Configuration management comes into a running desk: somebody makes a class and items, relates
 * them, sees what a failure reaches, names an item on an incident; the module goes and comes back.
 */
@ExtendWith(SharedTalka.class)
class CmdbTest {
  private static final String ITEMS = "/app/m/cmdb/cmdb.items";

  private static final int CROWD = 480;

  /** More than are imported at once. */
  private static final int MANY = 6_000;

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final List<String> faults = new ArrayList<>();
  private Api admin;
  private Page page;
  private String incident;

  CmdbTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void configurationManagementGrowsInARunningDesk() {
    admin = talka.admin();
    if (admin.moduleState("cmdb").equals("ACTIVE")) {
      admin.operate("uninstall", "cmdb");
    }
    try (Browser browser = new Browser(talka.url())) {
      page = browser.examined("en-US");
      try {
        page.navigate("/");
        Browser.signIn(page, "admin", talka.adminPassword());
        step("aTextIsWrittenOnAnIncident", this::aTextIsWrittenOnAnIncident);
        step("theModuleComesIntoTheOpenPage", this::theModuleComesIntoTheOpenPage);
        step("aClassIsMade", this::aClassIsMade);
        step("itemsAreMadeAndRelated", this::itemsAreMadeAndRelated);
        step("theImpactIsExplained", this::theImpactIsExplained);
        step("aRelationWeighsMore", this::aRelationWeighsMore);
        step("theMapIsAPictureAndAList", this::theMapIsAPictureAndAList);
        step("theTextOnTheIncidentIsMatched", this::theTextOnTheIncidentIsMatched);
        step("everyChangeIsInTheHistory", this::everyChangeIsInTheHistory);
        step("itemsComeFromAFileAndGoAgain", this::itemsComeFromAFileAndGoAgain);
        step("relationsComeFromAFileAndGoAgain", this::relationsComeFromAFileAndGoAgain);
        step("manyItemsComeInTheBackground", this::manyItemsComeInTheBackground);
        step("aTextIsMatchedOnAllTickets", this::aTextIsMatchedOnAllTickets);
        step("anItemIsShownAsItWas", this::anItemIsShownAsItWas);
        step("aRuleTellsWhatBreaksIt", this::aRuleTellsWhatBreaksIt);
        step("whatDiffersIsShownAndTwinsBecomeOne", this::whatDiffersIsShownAndTwinsBecomeOne);
        step("aMapOfFiveHundredStaysUsable", this::aMapOfFiveHundredStaysUsable);
        step("lookInLatvian", this::lookInLatvian);
        step("theModuleGoesAndComesBack", this::theModuleGoesAndComesBack);
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("cmdb");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  /** Its script comes over a slow network: until then the page that is left is still there. */
  @Test
  void aPageThatIsLeftIsNotToldWhereTheNextOneIs() {
    admin = talka.admin();
    List<String> asked = new CopyOnWriteArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      page = browser.person("admin", talka.adminPassword());
      assertThat(page.locator(".home")).isVisible();
      if (!admin.moduleState("cmdb").equals("ACTIVE")) {
        admin.operate("install", "cmdb");
      }
      String key = make("service", "Left");
      page.navigate(talka.url() + "/app/m/cmdb/cmdb.imports");
      assertThat(page.locator("main talka-contribution > *").first()).isVisible();
      page.waitForFunction(PagesTest.SETTLED, "main");
      page.onRequest(request -> asked.add(request.url()));
      page.route(
          "**/items.js*",
          route -> {
            page.waitForTimeout(500);
            route.resume();
          });
      page.evaluate(
          "(href) => document.querySelector('main').append("
              + "Object.assign(document.createElement('a'), { href, textContent: 'There' }))",
          ITEMS + "/" + key);
      page.getByText("There").click();
      assertThat(page.getByRole(AriaRole.HEADING, named("Left " + mark))).isVisible();
      assertEquals(
          List.of(), asked.stream().filter(url -> url.contains("/cmdb/imports/CI-")).toList());
      browser.assertNoComplaints();
    }
  }

  private void step(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      faults.add(name + ": " + e);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Distribution.work().resolve("cmdb-" + name + ".png")));
      page.evaluate("document.querySelectorAll('dialog[open]').forEach((d) => d.close())");
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  private void press(String name) {
    page.getByRole(AriaRole.BUTTON, named(name)).first().click();
  }

  private void confirm(String name) {
    dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .click();
    assertThat(dialog()).isHidden();
  }

  private void go(String address, String shows) {
    page.evaluate(PagesTest.GO, address);
    page.waitForFunction(PagesTest.SETTLED, shows);
  }

  private void look(String what) {
    faults.addAll(Browser.look(page, what));
    String shots = System.getProperty("talka.shots");
    if (shots != null) {
      for (var scheme :
          List.of(
              com.microsoft.playwright.options.ColorScheme.DARK,
              com.microsoft.playwright.options.ColorScheme.LIGHT)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of(shots, what + "-" + scheme + ".png")));
      }
    }
  }

  private void aTextIsWrittenOnAnIncident() {
    incident =
        admin
            .post(
                "/tickets",
                Map.of(
                    "type",
                    "incident",
                    "subject",
                    "No mail " + mark,
                    "fields",
                    Map.of("configurationItems", List.of("mx1 " + mark))))
            .expect(201)
            .json()
            .path("key")
            .asText();
  }

  private void theModuleComesIntoTheOpenPage() {
    admin.operate("install", "cmdb");
    assertThat(page.locator("nav a[href='" + ITEMS + "']")).hasCount(1);
  }

  private void aClassIsMade() {
    go("/app/m/cmdb/cmdb.classes", "details");
    press("New class");
    dialog().getByLabel("Name in English").fill("Kiosk " + mark);
    dialog().getByLabel("Name in Latvian").fill("Kiosks " + mark);
    dialog().getByLabel("Beneath").selectOption("device");
    confirm("Save");
    Locator kiosk =
        page.locator("details").filter(new Locator.FilterOptions().setHasText("Kiosk " + mark));
    kiosk.locator("summary").click();
    kiosk
        .getByRole(
            AriaRole.BUTTON,
            new Locator.GetByRoleOptions().setName("New attribute of Kiosk " + mark))
        .click();
    dialog().getByLabel("Name in English").fill("Screen size");
    dialog().getByLabel("Kind").selectOption("number");
    confirm("Save");
    assertThat(kiosk.getByText("screenSize")).isVisible();
    look("classes");
  }

  private String make(String classKey, String name) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("classKey", classKey);
    body.put("name", name + " " + mark);
    return admin.post("/cmdb/items", body).expect(201).json().path("key").asText();
  }

  private String service;
  private String server;
  private String second;

  private void itemsAreMadeAndRelated() {
    go(ITEMS, "form.bar");
    press("New item");
    dialog().getByLabel("Name").fill("Mail " + mark);
    dialog().getByLabel("Class").selectOption("service");
    confirm("Make it");
    assertThat(page.getByRole(AriaRole.HEADING, named("Mail " + mark))).isVisible();
    service = admin.get("/cmdb/items?q=" + mark).expect(200).json().at("/items/0/key").asText();
    server = make("server", "mx1");
    second = make("server", "mx2");
    make("kiosk-" + mark, "Kiosk in the hall");
    relate("mx1 " + mark);
    relate("mx2 " + mark);
    go(ITEMS + "?q=" + mark, "tbody tr");
    assertThat(page.locator("tbody tr")).hasCount(4);
    look("items");
  }

  private void relate(String other) {
    press("Relate");
    dialog()
        .getByLabel("How")
        .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("depends on"));
    dialog()
        .getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Other item"))
        .fill(other);
    dialog()
        .getByRole(AriaRole.OPTION)
        .filter(new Locator.FilterOptions().setHasText(other))
        .click();
    confirm("Relate");
    assertThat(page.locator("li").filter(new Locator.FilterOptions().setHasText(other)))
        .isVisible();
  }

  private void theImpactIsExplained() {
    go(ITEMS + "/" + server + "/impact", ".sum");
    assertThat(page.getByText("depends on: needs all of 2, 1 failed")).isVisible();
    assertThat(page.getByText("1 item goes down, 1 service among them")).isVisible();
    // one of two servers is enough
    go(ITEMS + "/" + service, ".rule");
    look("item");
    page.getByRole(AriaRole.BUTTON, named("Change how many are needed: depends on")).click();
    dialog().getByLabel("To go on working").selectOption("any");
    confirm("Save");
    assertThat(page.getByText("Works while one of 2 works")).isVisible();
    go(ITEMS + "/" + server + "/impact", ".reason");
    assertThat(page.getByText("Nothing else goes down.")).isVisible();
    assertThat(page.getByText("depends on: one of 2 is enough, 1 failed")).isVisible();
    look("impact");
    go(ITEMS + "/" + service + "/impact", ".row");
    assertThat(page.getByText("Has a substitute")).hasCount(2);
    rule(Map.of("policy", "all"));
  }

  private void aRelationWeighsMore() {
    rule(Map.of("policy", "percent", "amount", 60));
    go(ITEMS + "/" + service, ".rule");
    press("Relate");
    dialog()
        .getByLabel("How")
        .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("depends on"));
    assertThat(dialog().getByLabel("Weight")).hasValue("1");
    look("relate");
    dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel")).click();
    press("Change the weight of mx2 " + mark);
    dialog().getByLabel("Weight").fill("3");
    confirm("Save");
    assertThat(page.getByText("counts as 3")).hasCount(1);
    assertThat(page.getByText("Works while 60 % of 4 work (3), by weight")).isVisible();
    look("item-weighed");
    go(ITEMS + "/" + server + "/impact", ".reason");
    assertThat(page.getByText("depends on: needs 60 % of 4 (3), 1 failed")).isVisible();
    assertThat(page.getByText("Nothing else goes down.")).isVisible();
    rule(Map.of("policy", "all"));
  }

  private void rule(Map<String, Object> rule) {
    admin.send("PUT", "/cmdb/items/" + service + "/rules/depends-on", rule, Map.of()).expect(204);
  }

  private void theMapIsAPictureAndAList() {
    go(ITEMS + "/" + service + "/map", ".map svg");
    Locator box = page.getByRole(AriaRole.LINK, named("mx1 " + mark + ", Server"));
    assertThat(box).isVisible();
    look("map");
    press("List");
    assertThat(page.locator("tbody tr")).hasCount(3);
    assertThat(page.getByText("depends on mx1 " + mark + ", depends on mx2 " + mark)).isVisible();
    look("map-list");
    press("Picture");
    // going on from item to item, by keyboard
    box.focus();
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.HEADING, named("mx1 " + mark))).isVisible();
    assertThat(
            page.getByRole(AriaRole.LINK, named("Mail " + mark + ", Service, goes down with it")))
        .isVisible();
    page.getByLabel("As of").fill("2020-01-01T00:00");
    assertThat(page.getByText("It did not exist then.")).isVisible();
  }

  private void itemsComeFromAFileAndGoAgain() {
    go("/app/m/cmdb/cmdb.imports", ".box");
    bring();
    press("Try it");
    assertThat(page.getByRole(AriaRole.HEADING, named("This would happen"))).isVisible();
    assertThat(page.getByText("New: 2").first()).isVisible();
    assertEquals(0, found("prn1"));
    look("import-try");
    press("Import");
    assertThat(page.getByRole(AriaRole.HEADING, named("Imported"))).isVisible();
    assertEquals(1, found("prn1"));
    bring();
    press("Import");
    assertThat(page.getByText("As before: 2").first()).isVisible();
    look("imports");
    page.getByRole(AriaRole.LINK, named("Quarantine")).first().click();
    assertThat(page.getByText("Row 3")).isVisible();
    look("quarantine");
    press("Leave it out");
    assertThat(page.getByText("Nothing is left in quarantine")).isVisible();
    go("/app/m/cmdb/cmdb.imports", ".box li");
    page.getByRole(AriaRole.BUTTON, named("Undo the import of printers")).last().click();
    confirm("Undo");
    assertThat(page.getByText("Undone").first()).isVisible();
    Wait.that(
        "what was imported is gone", java.time.Duration.ofSeconds(10), () -> found("prn1") == 0);
  }

  private void option(String text) {
    dialog()
        .getByRole(AriaRole.OPTION)
        .filter(new Locator.FilterOptions().setHasText(text))
        .click();
  }

  private void file(String name, String text) {
    page.locator("input[type=file]")
        .setInputFiles(
            new com.microsoft.playwright.options.FilePayload(
                name, "text/csv", text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private void relationsComeFromAFileAndGoAgain() {
    String kiosk = "Kiosk in the hall " + mark;
    go("/app/m/cmdb/cmdb.imports", ".box");
    file(
        "cables.csv",
        "source.name,type,target.name\n%1$s,uses,Mail %2$s\n%1$s,uses,nobody %2$s\n"
            .formatted(kiosk, mark));
    assertThat(page.getByLabel("Relations between items")).isChecked();
    assertThat(page.getByLabel("source.name")).hasValue("source.name");
    look("import-relations");
    press("Try it");
    assertThat(page.getByText("New: 1").first()).isVisible();
    press("Import");
    assertThat(page.getByRole(AriaRole.HEADING, named("Imported"))).isVisible();
    assertEquals(1, relations("uses"));
    page.getByRole(AriaRole.LINK, named("Quarantine")).first().click();
    press("Say which items");
    assertThat(dialog().getByRole(AriaRole.COMBOBOX).first()).hasValue(kiosk);
    Locator target = dialog().getByRole(AriaRole.COMBOBOX).last();
    target.fill("mx2 " + mark);
    option("mx2 " + mark);
    confirm("Relate");
    assertThat(page.getByText("Nothing is left in quarantine")).isVisible();
    go("/app/m/cmdb/cmdb.imports", ".box li");
    page.getByRole(AriaRole.BUTTON, named("Undo the import of cables")).first().click();
    confirm("Undo");
    Wait.that(
        "what was imported is gone",
        java.time.Duration.ofSeconds(10),
        () -> relations("uses") == 0);
  }

  private long relations(String type) {
    JsonNode all =
        admin.get("/cmdb/items/" + service + "/relations").expect(200).json().path("items");
    long found = 0;
    for (JsonNode one : all) {
      found += one.path("type").asText().equals(type) ? 1 : 0;
    }
    return found;
  }

  private void manyItemsComeInTheBackground() {
    StringBuilder text = new StringBuilder("name,serialNumber\n");
    for (int i = 0; i < MANY; i++) {
      text.append("bulk " + i + " " + mark + ",B-" + i + "-" + mark + "\n");
    }
    go("/app/m/cmdb/cmdb.imports", ".box");
    file("scan.csv", text.toString());
    page.getByLabel("Class").selectOption("workstation");
    press("Try it");
    assertThat(page.getByRole(AriaRole.HEADING, named("This would happen")))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));
    assertThat(page.getByText("New: " + MANY).first()).isVisible();
    assertEquals(0, found("bulk 7"));
    press("Import");
    Locator progress = page.getByRole(AriaRole.PROGRESSBAR, named("Import of scan"));
    assertThat(progress).isVisible();
    look("import-progress");
    assertThat(page.getByRole(AriaRole.HEADING, named("Imported")))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));
    assertThat(progress).isHidden();
    assertEquals(1, found("bulk 7"));
    page.getByRole(AriaRole.BUTTON, named("Undo the import of scan")).first().click();
    confirm("Undo");
    Wait.that(
        "what was imported is gone", java.time.Duration.ofMinutes(2), () -> found("bulk 7") == 0);
    assertThat(page.getByText("Taking back"))
        .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(120_000));
  }

  private void aTextIsMatchedOnAllTickets() {
    String text = "old box " + mark;
    List<String> keys = new ArrayList<>();
    for (String spelling : List.of(text, text.toUpperCase(java.util.Locale.ROOT))) {
      keys.add(
          admin
              .post(
                  "/tickets",
                  Map.of(
                      "type",
                      "incident",
                      "subject",
                      "It hums " + mark,
                      "fields",
                      Map.of("configurationItems", List.of(spelling, "x" + mark))))
              .expect(201)
              .json()
              .path("key")
              .asText());
    }
    page.locator("nav a[href='/app/m/cmdb/cmdb.texts']").click();
    press("“x" + mark + "” means no item");
    assertThat(page.getByText("“x" + mark + "”")).isHidden();
    look("texts");
    page.getByRole(AriaRole.BUTTON)
        .filter(new Locator.FilterOptions().setHasText("Another item"))
        .and(
            page.getByLabel(
                java.util.regex.Pattern.compile(
                    "Another item for “" + text + "”", java.util.regex.Pattern.CASE_INSENSITIVE)))
        .click();
    dialog().getByRole(AriaRole.COMBOBOX).fill("mx2 " + mark);
    option("mx2 " + mark);
    confirm("It means this");
    assertThat(page.getByText("2 of 2 tickets")).isVisible();
    look("texts-matched");
    for (String key : keys) {
      assertTrue(
          admin.get("/cmdb/tickets/" + key).expect(200).text().contains("\"" + second + "\""), key);
    }
    page.getByRole(AriaRole.BUTTON)
        .filter(new Locator.FilterOptions().setHasText("Undo"))
        .first()
        .click();
    Wait.that(
        "the texts are back",
        java.time.Duration.ofSeconds(20),
        () ->
            keys.stream()
                .noneMatch(key -> admin.get("/cmdb/tickets/" + key).text().contains(second)));
    press("Means no item: 1");
    press("Offer “x" + mark + "” again");
    assertThat(page.getByText("No text is left")).isVisible();
  }

  private void anItemIsShownAsItWas() {
    JsonNode kiosks = admin.get("/cmdb/classes/kiosk-" + mark).expect(200).json();
    admin
        .patch(
            "/cmdb/classes/kiosk-" + mark,
            Map.of("names", Map.of("en", "Terminal " + mark)),
            "\"" + kiosks.path("version").asText() + "\"")
        .expect(200);
    String kiosk =
        admin
            .get("/cmdb/items?q=" + Api.encode("hall " + mark))
            .expect(200)
            .json()
            .at("/items/0/key")
            .asText();
    go(ITEMS + "/" + kiosk, "dl");
    assertThat(page.getByText("Terminal " + mark).first()).isVisible();
    JsonNode made = admin.get("/cmdb/items/" + kiosk).expect(200).json();
    String at = made.path("createdAt").asText();
    String then =
        admin
            .get("/cmdb/classes?at=" + Api.encode(java.time.Instant.parse(at).plusMillis(1) + ""))
            .expect(200)
            .text();
    assertTrue(then.contains("Kiosk " + mark), then);
    page.getByLabel("As of").fill("2020-01-01T00:00");
    assertThat(page.getByText("It did not exist then.")).isVisible();
    page.getByLabel("As of").fill("2090-01-01T00:00");
    assertThat(page.getByText("As it was then, in the words of that day.")).isVisible();
    assertThat(page.locator("dd").getByText("Terminal " + mark)).isVisible();
    look("item-then");
    press("Show it as it is now");
    assertThat(page.getByText("As it was then, in the words of that day.")).isHidden();
  }

  private void aRuleTellsWhatBreaksIt() {
    JsonNode item = admin.get("/cmdb/items/" + second).expect(200).json();
    admin
        .patch(
            "/cmdb/items/" + second,
            Map.of("attributes", Map.of("operatingSystem", "Drifted " + mark)),
            "\"" + item.path("version").asText() + "\"")
        .expect(200);
    go("/app/m/cmdb/cmdb.records", ".box");
    assertThat(page.getByText("Drifted " + mark)).isVisible();
    press("New rule");
    dialog().getByLabel("Name").fill("Owned " + mark);
    dialog().getByLabel("Class").selectOption("server");
    confirm("Save");
    press("Show what breaks Owned " + mark);
    assertThat(
            page.locator(".found")
                .getByRole(
                    AriaRole.LINK,
                    new Locator.GetByRoleOptions().setName("mx1 " + mark).setExact(true)))
        .isVisible();
    page.getByRole(AriaRole.BUTTON, named("Nobody, day by day")).click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Nobody, day by day"))).isVisible();
    look("rules");
    press("Remove Owned " + mark);
    assertThat(page.getByText("Owned " + mark)).isHidden();
  }

  private void whatDiffersIsShownAndTwinsBecomeOne() {
    go("/app/m/cmdb/cmdb.records", ".box");
    press("Take a baseline");
    dialog().getByLabel("Name").fill("Before " + mark);
    confirm("Take it");
    String twin = make("server", "MX2");
    admin
        .post("/cmdb/items/" + service + "/relations", Map.of("type", "depends-on", "item", twin))
        .expect(201);
    go(ITEMS, "form.bar");
    go("/app/m/cmdb/cmdb.records", ".box");
    page.getByLabel("Between")
        .selectOption(
            new com.microsoft.playwright.options.SelectOption().setLabel("Before " + mark));
    press("Compare");
    assertThat(page.getByText("Related", new Page.GetByTextOptions().setExact(true))).isVisible();
    look("records");
    press("Keep " + second);
    confirm("Merge");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Take the merge of " + twin + " back")))
        .isVisible();
    assertEquals(
        second, admin.get("/cmdb/items/" + twin).expect(200).json().path("mergedInto").asText());
    look("merged");
    press("Take the merge of " + twin + " back");
    Wait.that(
        "the merged item is back",
        java.time.Duration.ofSeconds(10),
        () -> admin.get("/cmdb/items/" + twin).expect(200).text().contains("\"away\":false"));
  }

  private void aMapOfFiveHundredStaysUsable() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      rows.add(Map.of("name", "ws " + i + " " + mark));
    }
    admin
        .post("/cmdb/imports", Map.of("source", "crowd", "classKey", "workstation", "rows", rows))
        .expect(200);
    String after = "";
    do {
      JsonNode list =
          admin
              .get("/cmdb/items?class=workstation&limit=200&q=" + mark + "&after=" + after)
              .expect(200)
              .json();
      for (JsonNode item : list.path("items")) {
        admin
            .post(
                "/cmdb/items/" + item.path("key").asText() + "/relations",
                Map.of("type", "uses", "item", service))
            .expect(201);
      }
      after = list.path("next").asText("");
    } while (!after.isEmpty() && !after.equals("null"));
    go(ITEMS + "/" + service + "/map", ".map svg");
    Locator crowd = page.getByRole(AriaRole.BUTTON, named("Show " + CROWD + " × Workstation"));
    assertThat(crowd).isVisible();
    long began = System.nanoTime();
    crowd.click();
    page.waitForFunction(PagesTest.SETTLED, ".map a[aria-label^='ws 0 ']");
    long shown = (System.nanoTime() - began) / 1_000_000;
    began = System.nanoTime();
    press("Smaller");
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    long zoomed = (System.nanoTime() - began) / 1_000_000;
    System.out.println("a map of " + CROWD + ": shown " + shown + " ms, zoomed " + zoomed + " ms");
    assertTrue(shown < 5_000, shown + " ms");
    assertTrue(zoomed < 2_000, zoomed + " ms");
    look("map-crowd");
  }

  private int found(String word) {
    return admin
        .get("/cmdb/items?q=" + Api.encode(word + " " + mark))
        .expect(200)
        .json()
        .path("items")
        .size();
  }

  private void bring() {
    String csv =
        "Name;Serial number;Status\nprn1 %1$s;SN-1-%1$s;inService\nprn2 %1$s;SN-2-%1$s;\n;unknown;planned\n"
            .formatted(mark);
    page.locator("input[type=file]")
        .setInputFiles(
            new com.microsoft.playwright.options.FilePayload(
                "printers.csv", "text/csv", csv.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(page.getByLabel("Source")).hasValue("printers");
    page.getByLabel("Class").selectOption("printer");
  }

  private void theTextOnTheIncidentIsMatched() {
    go("/app/ticket/" + incident, ".text");
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("“mx1 " + mark + "” means mx1 " + mark))
        .click();
    Locator services = page.getByRole(AriaRole.LIST, named("Affected services"));
    assertThat(services.getByText("Mail " + mark)).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Mail " + mark + " does not belong here")).click();
    assertThat(services).isHidden();
    press("Compute again");
    assertThat(page.getByText("1 excluded")).isVisible();
    look("incident");
    go(ITEMS + "/" + server + "/tickets", ".box li");
    assertThat(page.getByText("No mail " + mark)).isVisible();
  }

  private void everyChangeIsInTheHistory() {
    go(ITEMS + "/" + server, ".acts");
    press("Change");
    dialog().getByLabel("Operating system").fill("Debian 13");
    dialog().getByLabel("Change request, or reason").fill("CHG-" + mark);
    confirm("Save");
    press("Verify");
    whatNobodyVerifiedIsListed();
    go(ITEMS + "/" + server + "/history", ".diff");
    assertThat(page.getByText("CHG-" + mark)).isVisible();
    assertThat(page.getByText("Operating system: Debian 13")).isVisible();
    look("history");
  }

  private void whatNobodyVerifiedIsListed() {
    Wait.that(
        "the item is verified",
        java.time.Duration.ofSeconds(10),
        () -> admin.get("/cmdb/items/" + server).expect(200).text().contains("verifiedAt"));
    String verifier =
        admin
            .get("/cmdb/items/" + server)
            .expect(200)
            .json()
            .at("/verifiedBy/displayName")
            .asText();
    assertEquals(admin.get("/me").expect(200).json().path("displayName").asText(), verifier);
    go(ITEMS + "/" + server, "dl");
    assertThat(page.locator("dd").filter(new Locator.FilterOptions().setHasText("· " + verifier)))
        .isVisible();
    go(ITEMS + "?class=server&q=" + mark, "tbody tr");
    assertThat(page.locator("tbody tr")).hasCount(2);
    page.getByLabel("Verified").selectOption("false");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody").getByText("mx2 " + mark)).isVisible();
    page.getByLabel("Verified").selectOption("true");
    assertThat(page.locator("tbody").getByText("mx1 " + mark)).isVisible();
    look("items-verified");
  }

  private void lookInLatvian() {
    String etag = null;
    admin.patch("/me", Map.of("locale", "lv"), etag).expect(200);
    page.navigate(ITEMS + "?q=" + mark);
    page.waitForFunction(PagesTest.SETTLED, "tbody tr");
    look("items-lv");
    go("/app/m/cmdb/cmdb.classes", "details");
    look("classes-lv");
    go("/app/m/cmdb/cmdb.imports", ".box li");
    look("imports-lv");
    go("/app/m/cmdb/cmdb.texts", ".box");
    look("texts-lv");
    go("/app/m/cmdb/cmdb.records", ".box li");
    look("records-lv");
    go(ITEMS + "/" + service + "/map", ".map svg");
    look("map-lv");
    go(ITEMS + "/" + server + "/impact", ".two");
    look("impact-lv");
    go("/app/ticket/" + incident, "li a[href*='cmdb.items']");
    look("incident-lv");
    admin.patch("/me", Map.of("locale", "en"), etag).expect(200);
    page.navigate(ITEMS + "/" + server);
    page.waitForFunction(PagesTest.SETTLED, ".two");
  }

  private void theModuleGoesAndComesBack() {
    String label = "mx1 " + mark + " (" + server + ")";
    JsonNode before = admin.get("/cmdb/items/" + server).expect(200).json();
    JsonNode affected = admin.get("/cmdb/tickets/" + incident).expect(200).json();
    admin.operate("uninstall", "cmdb");
    assertThat(page.locator("nav a[href='" + ITEMS + "']")).hasCount(0);
    go("/app/ticket/" + incident, "talka-ticket aside");
    // its name stays to be read where it was named
    assertThat(page.locator("aside").getByText(label)).isVisible();
    JsonNode ticket = admin.get("/tickets/" + incident).expect(200).json();
    assertEquals(label, ticket.at("/fields/configurationItems/0").asText());
    String found = admin.get("/tickets?q=" + Api.encode("key:" + incident)).expect(200).text();
    assertTrue(found.contains(incident), found);
    admin.operate("install", "cmdb");
    assertEquals(before, admin.get("/cmdb/items/" + server).expect(200).json());
    assertEquals(affected, admin.get("/cmdb/tickets/" + incident).expect(200).json());
    assertThat(page.getByText("Affected items")).isVisible();
    go(ITEMS + "/" + server + "/history", ".diff");
    assertThat(page.getByText("CHG-" + mark)).isVisible();
  }
}
