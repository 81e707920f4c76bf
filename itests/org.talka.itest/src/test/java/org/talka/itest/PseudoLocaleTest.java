/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The pages on a desk whose English is two fifths longer and in brackets: what has no brackets does
 * not come from a catalogue, and what does not fit would not fit in another language.
 */
class PseudoLocaleTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  /** Words that people read, or are told, outside of brackets. */
  private static final String UNTRANSLATED =
      """
      () => {
        const found = new Set();
        const data = [
          /[A-Z]{2,4}-\\d+/g, /\\S+@\\S+/g, /pseudo-\\w+/g, /\\b(admin|Administrator|Talka|INC|REQ|PRB)\\b/g, /Ctrl ↵/g,
          // what an archive says of itself is read from the archive
          /(Problem|Configuration|Knowledge) management/g,
          /(Find the cause behind|Know what you run|Write answers once)[^.]*\\./g,
          // a way of a workflow's picture is cut; its title has the whole
          /⟦[^⟦⟧]*…$/g,
          // what the browser itself says in its English: days, times, spans, units
          /\\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\b/g, /\\b(AM|PM|UTC)\\b/g,
          /\\b(yesterday|today|tomorrow|last year|next year)\\b/g,
          /(in )?[\\d.,]+\\s?(s|sec|min|hr|ms|byte|kB|MB|GB|minutes?|hours?|days?)\\b( ago)?/g,
        ];
        const look = (text, e) => {
          let rest = text ?? "";
          for (let before; before !== rest; ) {
            before = rest;
            rest = rest.replace(/⟦[^⟦⟧]*⟧/g, " ");
          }
          for (const known of data) rest = rest.replace(known, " ");
          if (/\\p{L}{2,}/u.test(rest)) found.add(`“${text.trim().slice(0, 70)}” in ${e.localName}.${e.className?.baseVal ?? e.className}`);
        };
        const walk = (root) => {
          for (const e of root.querySelectorAll("*")) {
            if (e.matches("script, style, kbd, code, pre, textarea, [lang]:not(html)") || e.getClientRects().length === 0) continue;
            for (const name of ["title", "aria-label", "placeholder", "alt"]) look(e.getAttribute(name), e);
            for (const n of e.childNodes) if (n.nodeType === Node.TEXT_NODE) look(n.textContent, e);
            if (e.shadowRoot) walk(e.shadowRoot);
          }
        };
        walk(document.body);
        look(document.title, document.documentElement);
        return [...found];
      }
      """;

  /** Buttons, headings and labels that are cut off or stick out. */
  private static final String TOO_NARROW =
      """
      () => {
        const found = new Set();
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth > width) found.add(`the page is ${document.documentElement.scrollWidth} wide`);
        const scrolls = (e) => e && e !== document.body && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
        for (const e of document.querySelectorAll("button, h1, h2, h3, h4, label, legend, th, dt, a.btn, summary, nav a, [role=tab], [role=menuitem]")) {
          const box = e.getBoundingClientRect();
          if (box.width < 4 || box.height < 4 || e.closest(".visually-hidden, [popover]:not(:popover-open)")) continue;
          const name = `“${(e.textContent.trim() || e.getAttribute("aria-label") || "").replace(/\\s+/g, " ").slice(0, 50)}” (${e.localName}.${e.className})`;
          const parts = [e, ...e.querySelectorAll("span, b, strong")];
          for (const part of parts) {
            const style = getComputedStyle(part);
            if (part.clientWidth > 4 && part.scrollWidth > part.clientWidth + 1 && !/auto|scroll/.test(style.overflowX)) {
              // names that people give may end in dots
              if (style.textOverflow === "ellipsis" && !/[šžčņŠŽČåéîõû]/.test(part.textContent)) continue;
              found.add(`${name} needs ${part.scrollWidth} and has ${part.clientWidth}${style.textOverflow === "ellipsis" ? " …" : ""}`);
              break;
            }
          }
          if (box.right > width + 1 && !scrolls(e.parentElement)) found.add(`${name} ends at ${Math.round(box.right)} of ${width}`);
        }
        return [...found];
      }
      """;

  private final Set<String> faults = new TreeSet<>();

  @Test
  void everyWordIsFromACatalogueAndFitsWhenItIsLonger() {
    Path home = Distribution.unpack("pseudo");
    Path data = Distribution.work().resolve("pseudo-data").toAbsolutePath();
    Distribution.delete(data);
    Map<String, String> environment = Map.of("TALKA_JAVA_OPTS", "-Dtalka.pseudo-locale=true");
    try (TalkaProcess talka = new TalkaProcess(home, data, environment).start();
        Browser browser = new Browser(talka.url())) {
      try {
        walk(talka, browser);
        browser.assertNoComplaints();
        assertEquals("", String.join("\n", faults));
      } catch (RuntimeException | Error e) {
        browser.keepPictures("pseudo");
        throw e;
      }
    }
    Distribution.delete(data);
    Distribution.delete(home);
  }

  private void walk(TalkaProcess talka, Browser browser) {
    Api admin = talka.admin();
    admin.person("pseudo-agent", "⟦Iris⟧", "admin", PASSWORD);
    Api self = new Api(talka.url()).signIn("pseudo-agent", PASSWORD);
    Page page = browser.person();
    page.navigate("/");
    look(page, "/sign-in", "form.gate-card");
    page.locator("input[name=username]").fill("pseudo-agent");
    page.locator("input[name=password]").fill(PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator(".home")).isVisible();
    List.of("problem", "knowledge", "cmdb").forEach(module -> admin.operate("install", module));
    String incident = ticket(self, "incident");
    String request = ticket(self, "request");
    ticket(self, "problem");
    self.post("/tickets/" + incident + "/comments", Map.of("body", "⟦1⟧", "visibility", "public"))
        .expect(201);
    self.post(
            "/tickets/" + incident + "/tasks",
            Map.of("title", "⟦2⟧", "due", "2020-02-03", "assignee", "pseudo-agent"))
        .expect(201);
    List<List<String>> visits =
        List.of(
            List.of("/app", ".home .line"),
            List.of("/app/queue/open", ".row"),
            List.of("/app/queue/open?as=board", ".board-card"),
            List.of("/app/queue/open/" + incident, "talka-ticket .msg"),
            List.of("/app/ticket/" + incident, ".task .check"),
            List.of("/app/ticket/" + request, "talka-ticket"),
            List.of("/app/new", "form.create"),
            List.of("/app/new/problem", "form.create"),
            List.of("/app/search?type=incident&q=1", ".facet-chips"),
            List.of("/app/tasks", ".my-task"),
            List.of("/app/dashboards/desk.today", ".plot"),
            List.of("/app/dashboards/desk.mine", ".widget .count"),
            List.of("/app/modules", ".mod"),
            List.of("/app/modules/history", ".ops"),
            List.of("/app/people", ".person-row"),
            List.of("/app/people/teams", "h1"),
            List.of("/app/types", "a.person-row"),
            List.of("/app/types/fields", ".person-row"),
            List.of("/app/type/incident", ".form-fields li"),
            List.of("/app/type/incident/portal", ".form-fields li"),
            List.of("/app/type/incident/workflow", "svg.flow .box"),
            List.of("/app/m/knowledge/knowledge.articles", "talka-contribution *"),
            List.of("/app/m/cmdb/cmdb.items", "talka-contribution *"),
            List.of("/app/nothing", ".failure"),
            List.of("/portal", ".req"),
            List.of("/portal/requests", ".req"),
            List.of("/portal/requests/" + incident, ".msg"),
            List.of("/portal/new/incident", "form.create"));
    for (List<String> visit : visits) {
      look(page, visit.get(0), visit.get(1));
    }
  }

  private static String ticket(Api self, String type) {
    return self.post("/tickets", Map.of("type", type, "subject", "⟦1⟧", "description", "⟦2⟧"))
        .expect(201)
        .json()
        .path("key")
        .asText();
  }

  private void look(Page page, String address, String shows) {
    page.setViewportSize(1440, 900);
    page.evaluate(PagesTest.GO, address);
    page.waitForFunction(PagesTest.SETTLED, "main");
    page.waitForFunction(PagesTest.SETTLED, shows);
    String where = address.replaceAll("[A-Z]+-\\d+", "…");
    found(page, UNTRANSLATED).forEach(what -> faults.add("no brackets: " + what));
    for (int width : List.of(1440, 390)) {
      page.setViewportSize(width, width == 390 ? 844 : 900);
      found(page, TOO_NARROW).forEach(what -> faults.add(where + " at " + width + ": " + what));
    }
  }

  private static List<String> found(Page page, String script) {
    return ((List<?>) page.evaluate(script)).stream().map(String::valueOf).toList();
  }
}
