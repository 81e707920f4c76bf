/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A module that was written once for version 1 of the interface for modules in the browser, at
 * every point there is, and is not touched since: what works for it works for all that were written
 * then.
 */
@ExtendWith(SharedTalka.class)
class UiApiTest {
  private static final String ID = "frozen";
  private static final Path SAMPLE = Path.of("src/test/resources/samples/ui-api-1");

  /**
   * SHA-256 of the sample's files as they were when the interface was published. A change of the
   * desk that makes a change of the sample seem necessary breaks the modules of others: it needs
   * another version of the interface, with a sample of its own beside this one, and this one goes
   * on being served for as long as that version is the one before the current. Never adapt the
   * sample, nor this digest.
   */
  private static final String FROZEN =
      "8e4453926476fc970d835f72711ae501125f9974562978d5125d001c37d5a12c";

  private final RunningTalka talka;
  private final Api admin;
  private final Path home = Distribution.unpack("ui-api");
  private final String mark = "frozen" + UUID.randomUUID().toString().substring(0, 8);

  UiApiTest(RunningTalka talka) {
    this.talka = talka;
    this.admin = talka.admin();
  }

  @AfterEach
  void remove() {
    for (String module : List.of(ID, "v2", "v0", "vnone", "velement")) {
      if (admin.moduleState(module).equals("ACTIVE")) {
        admin.operate("uninstall", module);
      }
    }
  }

  private static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(SAMPLE)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = SAMPLE.relativize(file).toString().replace('\\', '/');
        files.put(name, Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The digest over names and contents, in the order of the names. */
  private static String digest(Map<String, String> files) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    files.forEach(
        (name, text) -> {
          sha.update((name + '\0').getBytes(StandardCharsets.UTF_8));
          sha.update(text.getBytes(StandardCharsets.UTF_8));
        });
    return HexFormat.of().formatHex(sha.digest());
  }

  private byte[] sample(String version) {
    SampleModule module = new SampleModule(ID, version);
    files().forEach(module::file);
    // an update has to be seen: this one file says which version it is of
    module.file("TALKA-INF/ui/version.js", "export const VERSION = \"" + version + "\";\n");
    return module
        .activator(
            "java.util.Hashtable<String, Object> p = new java.util.Hashtable<>();"
                + "p.put(\"talka.field.type\", \"frozen-code\");"
                + "context.registerService(org.talka.api.ticket.FieldType.class, (field, value) -> {"
                + " if (!String.valueOf(value).matches(\"[A-Z]{3}\")) {"
                + " throw org.talka.api.error.DomainException.invalid(field.key(),"
                + " \"error.frozen.code\"); }"
                + " return String.valueOf(value); }, p);",
            "")
        .imports("org.talka.api.ticket", "org.talka.api.error")
        .jar(home);
  }

  @Test
  void theSampleIsAsItWas() throws NoSuchAlgorithmException {
    assertEquals(FROZEN, digest(files()), "see the comment at the digest");
  }

  private Page signedIn(Browser browser) {
    Page page = browser.examined("en-US");
    page.navigate("/");
    Browser.signIn(page, "admin", talka.adminPassword());
    return page;
  }

  private static String says(String point, String version, String who) {
    return point + " of version " + version + " for " + who;
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  @Test
  void everyPointWorksIsUpdatedInPlaceAndGoesWithItsModule() {
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      Page page = signedIn(browser);
      try {
        install(page, faults);
        page.navigate("/app");
        assertThat(page.getByText(says("dashboard.widget", "1.0.0", "admin"))).isVisible();
        pages(page, faults);
        String key = create(page);
        ticket(page, key, faults);
        lists(page, key);
        portal(page, faults);
        updated(page, key);
        removed(page, key);
        assertEquals(List.of(), faults);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("ui-api");
        throw e;
      }
    }
  }

  /** As an administrator does, who sees before what its frames may ask for. */
  private void install(Page page, List<String> faults) {
    page.navigate("/app/modules");
    page.locator("input[type=file]")
        .setInputFiles(new FilePayload("frozen.jar", "application/java-archive", sample("1.0.0")));
    Locator plan = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Plan"));
    assertThat(plan).containsText("Pages in a sandbox");
    assertThat(plan).containsText("Frozen frame – tickets:read");
    assertThat(plan).containsText("Frozen foreign page – tickets:read");
    faults.addAll(Browser.look(page, "plan with frames"));
    plan.getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Install").setExact(true))
        .click();
    Wait.that(
        "it is installed", Duration.ofSeconds(60), () -> admin.moduleState(ID).equals("ACTIVE"));
  }

  private void pages(Page page, List<String> faults) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Frozen page")).click();
    assertThat(page.getByText(says("page", "1.0.0", "admin"))).isVisible();
    page.navigate("/app/m/frozen/frozen.page/a/b?c=d");
    assertThat(page.getByText("a/b?c=d")).isVisible();
    press(page, "Colder");
    page.waitForURL("**/app/m/frozen/frozen.page/3");
    faults.addAll(Browser.look(page, "frozen page"));
    page.navigate("/app/m/frozen/frozen.declared");
    assertThat(page.getByRole(AriaRole.HEADING, heading("Frozen list"))).isVisible();
    page.navigate("/app/m/frozen/frozen.admin");
    assertThat(page.getByText(says("admin.page", "1.0.0", "admin"))).isVisible();
    page.navigate("/app/m/frozen/frozen.framed/x?y=z");
    assertThat(frame(page, "Frozen foreign page", "Foreign page at x?y=z with tickets:read"))
        .isVisible();
    page.keyboard().press("Control+k");
    page.keyboard().type("Frozen command");
    page.keyboard().press("Enter");
    page.waitForURL("**/app/m/frozen/frozen.page");
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator frame(Page page, String title, String text) {
    return page.frameLocator("iframe[title='" + title + "']").getByText(text);
  }

  private String create(Page page) {
    page.navigate("/app/new/frozen");
    page.getByLabel("Subject").fill("Ice " + mark);
    press(page, "Colder");
    press(page, "Colder");
    assertThat(page.getByText("2 degrees below zero")).isVisible();
    page.getByLabel("Code").fill("abc");
    press(page, "Create");
    Locator key = page.locator("talka-ticket .title .mono").first();
    assertThat(key).isVisible();
    JsonNode fields = admin.get("/tickets/" + key.innerText()).expect(200).json().path("fields");
    assertEquals(2, fields.path("frozenDegree").asInt());
    assertEquals("ABC", fields.path("frozenCode").asText());
    return key.innerText();
  }

  private void ticket(Page page, String key, List<String> faults) {
    assertThat(page.getByText(says("ticket.header", "1.0.0", "admin"))).isVisible();
    assertThat(page.getByText(says("ticket.panel", "1.0.0", key))).isVisible();
    assertThat(page.getByText("1,234.5")).isVisible();
    page.locator("summary", new Page.LocatorOptions().setHasText("Frozen tab")).click();
    assertThat(page.getByText(says("ticket.tab", "1.0.0", key))).isVisible();
    assertThat(page.locator("aside .count")).isVisible();
    assertThat(page.locator("aside button.value[data-field=frozenDegree]"))
        .containsText("−2 °C (1.0.0)");
    String framed = "Frame of version 1.0.0: Ice " + mark + " (en, light)";
    assertThat(frame(page, "Frozen frame", framed)).isVisible();
    faults.addAll(Browser.look(page, "frozen ticket"));
    page.evaluate("document.documentElement.dataset.theme = 'dark'");
    assertThat(frame(page, "Frozen frame", framed.replace("light", "dark"))).isVisible();
    page.evaluate("delete document.documentElement.dataset.theme");

    press(page, "Frozen action");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ask").setExact(true))
        .click();
    page.getByRole(AriaRole.DIALOG).getByLabel("Degree").fill("5");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Colder").setExact(true))
        .click();
    assertThat(page.getByText("5 degrees below zero")).isVisible();
    press(page, "Put frozen words in");
    assertThat(page.locator("talka-composer textarea")).hasValue("Words from the ice.");
    page.locator("talka-composer textarea").fill("");

    page.locator("aside button.value[data-field=frozenDegree]").click();
    press(page, "Warmer");
    press(page, "Save");
    assertThat(page.locator("aside button.value[data-field=frozenDegree]"))
        .containsText("−1 °C (1.0.0)");
    page.frameLocator("iframe[title='Frozen frame']").locator("#go").click();
    page.waitForURL("**/app/m/frozen/frozen.framed/from-a-frame");
    assertThat(frame(page, "Frozen foreign page", "Foreign page at from-a-frame")).isVisible();
  }

  private void lists(Page page, String key) {
    Wait.that(
        "it is found",
        Duration.ofSeconds(30),
        () -> admin.get("/tickets?q=" + mark).json().path("items").size() == 1);
    page.navigate("/app/search?q=" + mark + "&cols=key,subject,frozenDegree");
    assertThat(page.locator(".grid .row .c-key")).hasText(key);
    assertThat(page.locator(".grid .row .c-frozenDegree")).hasText("−1 °C (1.0.0)");
    assertThat(page.getByText(says("search.result", "1.0.0", mark))).isVisible();
  }

  private void portal(Page page, List<String> faults) {
    page.navigate("/portal");
    assertThat(page.getByText(says("portal.page", "1.0.0", "admin"))).isVisible();
    page.locator(".ask input").fill("cold");
    assertThat(page.getByText(says("portal.suggestion", "1.0.0", "cold"))).isVisible();
    faults.addAll(Browser.look(page, "frozen portal"));
    page.navigate("/portal/m/frozen/frozen.portal");
    assertThat(page.getByText(says("portal.page", "1.0.0", "admin"))).isVisible();
  }

  private void updated(Page page, String key) {
    page.navigate("/app/ticket/" + key);
    assertThat(page.getByText(says("ticket.header", "1.0.0", "admin"))).isVisible();
    // by keyboard: while what is above still finds its height, a pointer may miss it
    page.locator("aside button.value[data-field=frozenCode]").press("Enter");
    page.getByLabel("Code").fill("xyz");
    admin.install("frozen.jar", sample("2.0.0"));
    assertThat(page.getByText(says("ticket.header", "2.0.0", "admin"))).isVisible();
    assertThat(page.getByText(says("ticket.panel", "2.0.0", key))).isVisible();
    assertThat(page.locator("aside button.value[data-field=frozenDegree]"))
        .containsText("−1 °C (2.0.0)");
    assertThat(frame(page, "Frozen frame", "Ice " + mark)).isVisible();
    assertThat(page.getByLabel("Code")).hasValue("XYZ");
    press(page, "Save");
    assertThat(page.locator("aside button.value[data-field=frozenCode]")).containsText("XYZ");
  }

  private void removed(Page page, String key) {
    admin.operate("uninstall", ID);
    assertThat(page.getByText(says("ticket.header", "2.0.0", "admin"))).hasCount(0);
    assertThat(page.locator("iframe")).hasCount(0);
    assertThat(page.locator("aside dl")).containsText("XYZ");
    assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Frozen page")))
        .hasCount(0);
    assertEquals("frozen", admin.get("/tickets/" + key).json().path("moduleMissing").asText());
  }

  /** Versions as the shell will serve them when there are more than one, and now. */
  @Test
  void theVersionAndTheOneBeforeAreServedAndOthersAreToldWhy() {
    for (String[] each :
        new String[][] {
          {"v2", "export const api = 2; export default class extends TalkaElement {}"},
          {"v0", "export const api = 0; export default class extends TalkaElement {}"},
          {"vnone", "export default class extends TalkaElement {}"},
          {"velement", "export const api = 1; export default HTMLElement;"},
        }) {
      admin.install(each[0] + ".jar", page(each[0], each[1]));
    }
    try (Browser browser = new Browser(talka.url())) {
      Page page = signedIn(browser);
      assertEquals(
          "[[1],[1],[1,2],[6,7]]",
          page.evaluate(
              """
              async () => {
                const { served } = await import(`${document.documentElement.dataset.base}/js/kit/version.js`);
                return JSON.stringify([served(), served(1), served(2), served(7)]);
              }
              """));
      Locator told = page.locator("main .part-failed");
      page.navigate("/app/m/v2/v2.page");
      assertThat(told).containsText("made for version 2 of the desk’s interface");
      assertThat(told).containsText("this desk serves version 1.");
      assertEquals(List.of(), Browser.look(page, "another version"));
      page.navigate("/app/m/v0/v0.page");
      assertThat(told).containsText("made for version 0 of the desk’s interface");
      page.navigate("/app/m/vnone/vnone.page");
      assertThat(told).containsText("It does not say for which version");
      page.navigate("/app/m/velement/velement.page");
      assertThat(told).containsText("It is no element that can be shown here");
      browser.assertNoComplaints();
    }
  }

  private byte[] page(String id, String script) {
    return new SampleModule(id, "1.0.0")
        .file(
            "TALKA-INF/module.json",
            "{\"id\":\"%1$s\",\"ui\":[{\"point\":\"page\",\"key\":\"%1$s.page\",\"script\":\"page.js\"}]}"
                .formatted(id))
        .file(
            "TALKA-INF/i18n/en.json",
            "{\"module.%1$s.title\":\"Other\",\"ui.%1$s.page\":\"Other page\"}".formatted(id))
        .file(
            "TALKA-INF/ui/page.js", "import { TalkaElement } from \"@talka/ui\";\n" + script + "\n")
        .jar(home);
  }
}
