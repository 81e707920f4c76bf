/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A module shows its fields itself: in forms, on a ticket, in a list's cells; bound to one field or
 * to its own kind of field. What fails or goes is replaced by the shell's own, and no value is
 * lost.
 */
@ExtendWith(SharedTalka.class)
class FieldPartsTest {
  private static final String ID = "scales";
  private static final int ROWS = 50;
  private static final String IBAN = "LV80BANK0000435195001";

  /** How much longer 50 rows with 100 cells of a module may take to be drawn than without. */
  private static final double MOST_MILLIS = 60;

  /** As the budget measures it, once with a module's cells and once with plain ones. */
  private static final String DRAW_ROWS =
      """
      async (columns) => {
        const queue = document.querySelector("talka-queue");
        const items = queue.items.slice(0, 50);
        const times = [];
        queue.columns = columns;
        for (let i = 0; i < 7; i++) {
          queue.items = [];
          await queue.updateComplete;
          queue.getBoundingClientRect();
          const start = performance.now();
          queue.items = items;
          await queue.updateComplete;
          await Promise.all([...queue.querySelectorAll("talka-field-part")].map((part) => part.updateComplete.then(() => part.mounted.updateComplete)));
          document.querySelector(".grid .row:last-child").getBoundingClientRect();
          times.push(performance.now() - start);
        }
        return times.sort((a, b) => a - b)[3];
      }
      """;

  private final RunningTalka talka;
  private final Api admin;
  private final String mark = "scales" + UUID.randomUUID().toString().substring(0, 8);
  private final Path home = Distribution.unpack("field-parts");

  FieldPartsTest(RunningTalka talka) {
    this.talka = talka;
    this.admin = talka.admin();
  }

  @AfterEach
  void remove() {
    if (admin.moduleState(ID).equals("ACTIVE")) {
      admin.operate("uninstall", ID);
    }
  }

  /**
   * @param broken whether its editor fails at the value 3, and its cell at a subject with "broken"
   */
  private byte[] module(int version, boolean broken) {
    String at3 = broken ? "if (Number(value) === 3) throw new Error(\"three is too much\");" : "";
    String atRow =
        broken ? "if (ticket.subject.includes(\"broken\")) throw new Error(\"row\");" : "";
    return new SampleModule(ID, version + ".0.0")
        .file(
            "TALKA-INF/module.json",
            """
            {"id":"scales",
             "ticketTypes":[{"key":"scales","prefix":"SCL","workflow":"scales","portal":false,
               "form":[{"key":"basics","fields":["subject","scalesRisk","scalesIban"]}]}],
             "fields":[{"key":"scalesRisk","type":"number","on":["scales"],"required":true,"max":5},
               {"key":"scalesIban","type":"iban","on":["scales"]}],
             "workflows":[{"key":"scales","initial":"new",
               "states":[{"key":"new","category":"NEW"},{"key":"closed","category":"CLOSED"}],
               "transitions":[{"key":"close","from":["new"],"to":"closed"}]}],
             "ui":[
               {"point":"field.editor","key":"scales.risk","script":"risk.js","view":{"field":"scalesRisk"}},
               {"point":"field.viewer","key":"scales.risk","script":"shown.js","view":{"field":"scalesRisk"}},
               {"point":"list.cell","key":"scales.risk","script":"cell.js","view":{"field":"scalesRisk"}},
               {"point":"field.editor","key":"scales.iban","script":"iban.js","view":{"kind":"iban"}},
               {"point":"list.cell","key":"scales.iban","script":"iban-cell.js","view":{"kind":"iban"}}]}
            """)
        .file(
            "TALKA-INF/i18n/en.json",
            """
            {"module.scales.title":"Scales","type.scales":"Weighing","type.scales.plural":"Weighings",
             "form.scales.basics":"Basics","field.scalesRisk":"Risk","field.scalesIban":"Bank account",
             "field.scalesRisk.help":"From 1 to 5.","state.scales.new":"New","state.scales.closed":"Closed",
             "transition.scales.close":"Close","error.scales.iban":"This is no account number."}
            """)
        .file(
            "TALKA-INF/ui/risk.js",
            element(
                    """
                    const { label, value, disabled, change } = this.context;
                    %s
                    return html`<div role="group" aria-label=${label} data-version="%d">${[1, 2, 3, 4, 5].map((n) => html`<button type="button" class="btn"
                      ?disabled=${disabled} aria-pressed=${n === Number(value) ? "true" : "false"} @click=${() => change(n)}>${n}</button>`)}</div>`;
                    """)
                .formatted(at3, version))
        .file(
            "TALKA-INF/ui/iban.js",
            element(
                """
                const { label, value, disabled, change } = this.context;
                return html`<talka-input hideLabel .label=${label} .value=${value ?? ""} ?disabled=${disabled}
                  @input=${(e) => change(e.currentTarget.value)}></talka-input>`;
                """))
        .file(
            "TALKA-INF/ui/shown.js",
            element("return html`<span>risk ${this.context.value} of 5</span>`;"))
        .file(
            "TALKA-INF/ui/cell.js",
            element(
                    """
                    const { value, ticket } = this.context;
                    %s
                    return html`<span>${value}/5</span>`;
                    """)
                .formatted(atRow))
        .file(
            "TALKA-INF/ui/iban-cell.js",
            element("return html`<span>…${this.context.value.slice(-4)}</span>`;"))
        .activator(
            "java.util.Hashtable<String, Object> p = new java.util.Hashtable<>();"
                + "p.put(\"talka.field.type\", \"iban\");"
                + "context.registerService(org.talka.api.ticket.FieldType.class, (field, value) -> {"
                + " String text = String.valueOf(value).replace(\" \", \"\");"
                + " if (!text.matches(\"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}\")) {"
                + " throw org.talka.api.error.DomainException.invalid(field.key(),"
                + " \"error.scales.iban\"); }"
                + " return text; }, p);",
            "")
        .imports("org.talka.api.ticket", "org.talka.api.error")
        .jar(home);
  }

  private static String element(String body) {
    return """
           import { html } from "lit";
           import { TalkaElement } from "@talka/ui";
           export const api = 1;
           export default class extends TalkaElement {
             render() {
               %s
             }
           }
           """
        .replace("%s", body);
  }

  private JsonNode fields(String key) {
    return admin.get("/tickets/" + key).expect(200).json().path("fields");
  }

  private static Locator risk(Page page, int n) {
    return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Risk"))
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("" + n).setExact(true));
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private Page signedIn(Browser browser) {
    Page page = browser.examined("en-US");
    page.navigate("/");
    Browser.signIn(page, "admin", talka.adminPassword());
    return page;
  }

  @Test
  void fieldsAreShownAndEditedAsTheirModuleWants() {
    admin.install("scales.jar", module(1, false));
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      Page page = signedIn(browser);
      try {
        page.navigate("/app/new/scales");
        page.getByLabel("Subject").fill("Weighed " + mark);
        assertThat(risk(page, 4)).isVisible();
        assertThat(page.getByText("From 1 to 5.")).isVisible();
        press(page, "Create");
        assertThat(page.locator("talka-field-part[data-invalid] .error")).isVisible();
        assertThat(risk(page, 1)).isFocused();
        faults.addAll(Browser.look(page, "field editors"));
        risk(page, 4).click();
        page.getByLabel("Bank account").fill("nothing");
        press(page, "Create");
        assertThat(page.getByText("This is no account number.")).isVisible();
        page.getByLabel("Bank account").fill(IBAN);
        press(page, "Create");
        Locator shown = page.locator("aside button.value[data-field=scalesRisk]");
        assertThat(shown).containsText("risk 4 of 5");
        String key = page.locator("talka-ticket .title .mono").first().innerText();
        assertEquals(4, fields(key).path("scalesRisk").asInt());
        assertEquals(IBAN, fields(key).path("scalesIban").asText());

        shown.click();
        assertThat(risk(page, 1)).isFocused();
        faults.addAll(Browser.look(page, "field editor on a ticket"));
        risk(page, 2).click();
        // only the module knows when its editor is done: nothing is saved before somebody says so
        assertEquals(4, fields(key).path("scalesRisk").asInt());
        press(page, "Save");
        assertThat(shown).containsText("risk 2 of 5");
        // it is shown before the server has it
        assertThat(page.locator("aside dd[aria-busy=true]")).hasCount(0);
        assertEquals(2, fields(key).path("scalesRisk").asInt());
        page.locator("aside button.value[data-field=scalesIban]").click();
        page.getByLabel("Bank account").fill("LV81BANK0000435195001");
        page.getByLabel("Bank account").press("Enter");
        assertThat(page.locator("aside button.value[data-field=scalesIban]"))
            .containsText("LV81BANK");
        assertEquals(List.of(), faults);
        browser.assertNoComplaintsBut(422);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("field-parts");
        throw e;
      }
    }
  }

  @Test
  void nothingTypedIsLostWhenAnEditorIsReplacedFailsOrGoes() {
    admin.install("scales.jar", module(1, false));
    try (Browser browser = new Browser(talka.url())) {
      Page page = signedIn(browser);
      try {
        page.navigate("/app/new/scales");
        page.getByLabel("Subject").fill("Kept " + mark);
        page.getByLabel("Bank account").fill(IBAN);
        assertThat(page.locator("[data-version='1']")).isVisible();
        admin.install("scales.jar", module(2, true));
        assertThat(page.locator("[data-version='2']")).isVisible();
        assertThat(page.getByLabel("Bank account")).hasValue(IBAN);
        assertThat(page.getByLabel("Bank account")).isFocused();

        // also after the desk has read anew what modules contribute
        page.evaluate(
            """
            async () => {
              const { desk } = await import(`${document.documentElement.dataset.base}/js/core/desk.js`);
              await desk.modulesChanged(true);
            }
            """);
        risk(page, 3).click();
        Locator plain = page.getByLabel("Risk");
        assertThat(plain).hasValue("3");
        assertThat(plain).isFocused();
        assertThat(page.locator(".stand-in")).containsText("Scales does not show its own editor");
        assertEquals(List.of(), Browser.look(page, "field stands in"));
        plain.fill("5");
        press(page, "Try again");
        assertThat(risk(page, 5)).hasAttribute("aria-pressed", "true");
        // a way back to the module's editor, as often as it likes within its limit
        risk(page, 3).click();
        assertThat(plain).hasValue("3");
        press(page, "Create");
        String key = page.locator("talka-ticket .title .mono").first().innerText();
        assertEquals(3, fields(key).path("scalesRisk").asInt());
        assertEquals(IBAN, fields(key).path("scalesIban").asText());
        assertThat(page.locator("aside button.value[data-field=scalesRisk]"))
            .containsText("risk 3 of 5");
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("field-parts-fail");
        throw e;
      }
    }
  }

  @Test
  void aListOfAModulesCellsIsFastAndFallsBackAsAWhole() {
    admin.install("scales.jar", module(1, false));
    for (int i = 0; i < ROWS; i++) {
      Map<String, Object> fields = Map.of("scalesRisk", 1 + i % 5, "scalesIban", IBAN);
      String subject = i == ROWS / 2 ? "broken " + mark : "Row " + mark;
      admin
          .post("/tickets", Map.of("type", "scales", "subject", subject, "fields", fields))
          .expect(201);
    }
    Wait.that(
        "all are found",
        Duration.ofSeconds(30),
        () -> admin.get("/tickets?limit=100&q=" + mark).json().path("items").size() == ROWS);
    AtomicInteger imports = new AtomicInteger();
    try (Browser browser = new Browser(talka.url())) {
      Page page = signedIn(browser);
      try {
        page.onRequest(
            request -> {
              if (request.url().endsWith("/cell.js")) {
                imports.incrementAndGet();
              }
            });
        page.navigate(
            "/app/search?q=" + mark + "&cols=key,subject,scalesRisk,scalesIban&sort=createdAt");
        Locator cells = page.locator(".grid .row .c-scalesRisk");
        assertThat(cells).hasCount(ROWS);
        assertThat(cells.first()).hasText("1/5");
        assertThat(page.locator(".grid .row .c-scalesIban").last()).hasText("…5001");
        assertEquals(1, imports.get());
        assertEquals(List.of(), Browser.look(page, "cells of a module"));
        double plain = millis(page, List.of("key", "subject", "type", "state"));
        double own = millis(page, List.of("key", "subject", "scalesRisk", "scalesIban"));
        System.out.printf("50 rows: %.0f ms, with 100 cells of a module: %.0f ms%n", plain, own);
        assertTrue(own - plain < MOST_MILLIS, own + " ms instead of " + plain);

        admin.install("scales.jar", module(2, true));
        assertThat(cells.first()).hasText("1");
        assertThat(page.locator(".grid talka-field-part > *", withText("/5"))).hasCount(0);
        // one cell of one field failed: the other's are well
        assertThat(page.locator(".grid .row .c-scalesIban").last()).hasText("…5001");
        admin.operate("uninstall", ID);
        assertThat(page.locator(".grid .row .c-scalesIban").last()).hasText(IBAN);
        assertThat(cells).hasCount(ROWS);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("field-cells");
        throw e;
      }
    }
  }

  private static Page.LocatorOptions withText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static double millis(Page page, List<String> columns) {
    return ((Number) page.evaluate(DRAW_ROWS, columns)).doubleValue();
  }
}
