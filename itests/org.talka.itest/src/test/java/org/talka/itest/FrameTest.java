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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Pages of modules in a sandbox: they have nothing of the desk's, ask its API only for what they
 * declare, and are replaced by words about what is wrong when they do not behave.
 */
@ExtendWith(SharedTalka.class)
class FrameTest {
  private static final String CONNECT = "import { connect } from \"/ui/frame/1/talka.js\";\n";

  /** Tries what it must not be able to do, and what it may. */
  private static final String CURIOUS =
      CONNECT
          + """
          const desk = await connect();
          const tried = (what) => { try { what(); return "yes"; } catch { return "no"; } };
          const asked = async (method, path, o) => {
            try {
              return (await desk.call(method, path, o)).status;
            } catch (e) {
              return e.status;
            }
          };
          const { key } = desk.context.ticket;
          const more = { body: { type: "incident", subject: "From a frame" } };
          const found = {
            origin: self.origin,
            cookie: tried(() => document.cookie),
            storage: tried(() => localStorage.length),
            parent: tried(() => parent.document.title),
            read: await asked("GET", `/tickets/${key}`),
            write: await asked("POST", "/tickets", more),
            people: await asked("GET", "/audit"),
            none: await asked("GET", "/tickets/NIX-1"),
            outside: await asked("GET", "/../../health/live"),
            elsewhere: await asked("GET", "//example.org/"),
            method: await asked("TRACE", "/tickets"),
            stream: await asked("GET", "/events"),
          };
          const many = await Promise.all(Array.from({ length: 9 }, () => asked("GET", `/tickets/${key}`)));
          found.many = many.filter((status) => status === 0).length;
          document.getElementById("says").textContent = JSON.stringify(found);
          """;

  private final RunningTalka talka;
  private final Api admin;
  private final Path home = Distribution.unpack("frames");
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final List<String> installed = new ArrayList<>();

  FrameTest(RunningTalka talka) {
    this.talka = talka;
    this.admin = talka.admin();
  }

  @AfterEach
  void remove() {
    installed.forEach(module -> admin.operate("uninstall", module));
  }

  private void install(String id, String scopes, String script) {
    byte[] archive =
        new SampleModule(id, "1.0.0")
            .file(
                "TALKA-INF/module.json",
                """
                {"id":"%1$s","ui":[{"point":"ticket.panel","key":"%1$s.panel","frame":"panel.html",
                  "scopes":[%2$s]}]}
                """
                    .formatted(id, scopes))
            .file(
                "TALKA-INF/i18n/en.json",
                "{\"module.%1$s.title\":\"Module %1$s\",\"ui.%1$s.panel\":\"Panel %1$s\"}"
                    .formatted(id))
            .file(
                "TALKA-INF/ui/frame/panel.html",
                """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Panel</title>
                <link rel="stylesheet" href="/ui/frame/1/talka.css">
                <script type="module" src="panel.js"></script></head>
                <body><p id="says">…</p></body></html>
                """)
            .file("TALKA-INF/ui/frame/panel.js", script)
            .jar(home);
    admin.install(id + ".jar", archive);
    installed.add(id);
  }

  private Page ticket(Browser browser, String key) {
    Page page = browser.examined("en-US");
    page.navigate("/");
    Browser.signIn(page, "admin", talka.adminPassword());
    page.navigate("/app/ticket/" + key);
    return page;
  }

  @Test
  void aFrameHasNothingOfTheDesksAndAsksForNoMoreThanItDeclares() throws Exception {
    install("curious", "\"tickets:read\"", CURIOUS);
    String key = admin.ticket("incident", "Framed " + mark);
    try (Browser browser = new Browser(talka.url())) {
      Page page = ticket(browser, key);
      try {
        Locator says = page.frameLocator("iframe[title='Panel curious']").locator("#says");
        assertThat(says).containsText("origin");
        JsonNode found =
            new com.fasterxml.jackson.databind.ObjectMapper().readTree(says.innerText());
        assertEquals(
            Map.of("origin", "null", "cookie", "no", "storage", "no", "parent", "no"),
            Map.of(
                "origin", found.path("origin").asText(),
                "cookie", found.path("cookie").asText(),
                "storage", found.path("storage").asText(),
                "parent", found.path("parent").asText()));
        assertEquals(200, found.path("read").asInt());
        assertEquals(403, found.path("write").asInt(), "no scope for it");
        assertEquals(403, found.path("people").asInt(), "no scope for it");
        assertEquals(404, found.path("none").asInt());
        for (String refused : List.of("outside", "method")) {
          assertEquals(0, found.path(refused).asInt(), refused + " of " + found);
        }
        assertTrue(found.path("elsewhere").asInt() >= 400, found.toString());
        assertEquals(3, found.path("many").asInt(), "six of nine at a time: " + found);
        assertEquals(List.of(), Browser.look(page, "a frame on a ticket"));
        assertTrue(
            ((Number) page.locator("talka-frame iframe").evaluate("(f) => f.clientHeight"))
                    .intValue()
                < 400,
            "it is as high as what is in it");

        // whoever opens it by its address has the same sandbox around it
        Page alone = page.context().newPage();
        alone.navigate(page.locator("talka-frame iframe").getAttribute("src"));
        assertEquals("null", alone.evaluate("self.origin"));
      } catch (RuntimeException | Error e) {
        browser.keepPictures("frames");
        throw e;
      }
    }
  }

  @Test
  void aFrameThatDoesNotBehaveIsReplacedByWords() {
    install("silent", "", "");
    install("broken", "", CONNECT + "(await connect()).fail(\"the map is torn\");");
    install("newer", "", "parent.postMessage({ talka: \"hello\", api: 2 }, \"*\");");
    install("restless", "", CONNECT + "await connect(); location.reload();");
    String key = admin.ticket("incident", "Framed badly " + mark);
    try (Browser browser = new Browser(talka.url())) {
      Page page = ticket(browser, key);
      try {
        Locator failed = page.locator("aside .part-failed");
        assertThat(failed.filter(text("the map is torn"))).isVisible();
        assertThat(failed.filter(text("made for version 2"))).isVisible();
        assertThat(failed.filter(text("Its page went somewhere else."))).isVisible();
        // what others say is not the frame's word
        page.evaluate("() => postMessage({ talka: 'hello', api: 1 }, '*')");
        assertThat(failed.filter(text("within five seconds"))).isVisible();
        assertThat(failed).hasCount(4);
        assertThat(page.locator("aside iframe")).hasCount(0);
        assertEquals(List.of(), Browser.look(page, "frames that failed"));
        failed.filter(text("the map is torn")).getByRole(AriaRole.BUTTON).click();
        assertThat(failed.filter(text("the map is torn"))).isVisible();
        failed.filter(text("the map is torn")).getByRole(AriaRole.BUTTON).click();
        administratorsSeeThatItKeepsFailing(page);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("frames-failed");
        throw e;
      }
    }
  }

  /** The server was told each time; three times is too often. */
  private void administratorsSeeThatItKeepsFailing(Page page) {
    Wait.that(
        "the failures of a frame are flagged",
        Duration.ofSeconds(10),
        () -> pages("broken").path(0).path("flagged").asBoolean());
    assertEquals("the map is torn", pages("broken").path(0).path("message").asText());
    assertFalse(pages("newer").path(0).path("flagged").asBoolean());
    page.evaluate(PagesTest.GO, "/app/modules");
    assertThat(page.locator(".say.bad", new Page.LocatorOptions().setHasText("the map is torn")))
        .isVisible();
    page.getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("More for Module broken").setExact(true))
        .click();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("How its extensions do"))
        .click();
    assertThat(page.locator(".page-failures")).containsText("ticket.panel broken.panel");
    assertEquals(List.of(), Browser.look(page, "what failed in browsers"));

    admin.post("/ui/failures", Map.of("module", "broken")).expect(422);
    Map<String, String> nothing =
        Map.of("module", "broken", "point", "ticket.panel", "key", "no.such", "message", "x");
    admin.post("/ui/failures", nothing).expect(204);
    assertEquals(1, pages("broken").size());
    new Api(talka.url()).post("/ui/failures", nothing).expect(401);
  }

  private JsonNode pages(String module) {
    return admin.get("/modules/" + module + "/extensions").expect(200).json().path("pages");
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void aTokenOfAFrameIsBoundToItsSessionItsFrameAndItsModule() {
    install("bound", "\"tickets:read\"", CURIOUS);
    String key = admin.ticket("incident", "Bound " + mark);
    Api own = talka.admin();
    Map<String, String> frame =
        Map.of("module", "bound", "point", "ticket.panel", "key", "bound.panel");
    JsonNode issued = own.post("/session/frame-tokens", frame).expect(200).json();
    assertEquals("[\"tickets:read\"]", issued.path("scopes").toString());
    Instant ends = Instant.parse(issued.path("expiresAt").asText());
    assertFalse(ends.isAfter(Instant.now().plus(Duration.ofMinutes(6))), ends.toString());

    Api framed = new Api(talka.url()).withToken(issued.path("token").asText());
    framed.get("/tickets/" + key).expect(200);
    framed.get("/audit").expect(403);
    framed.post("/tickets", Map.of("type", "incident", "subject", "no")).expect(403);
    framed.post("/session/frame-tokens", frame).expect(403);
    new Api(talka.url()).withToken(issued.path("token").asText() + "A").get("/me").expect(401);
    new Api(talka.url()).post("/session/frame-tokens", frame).expect(401);

    own.post("/session/frame-tokens", Map.of("module", "bound")).expect(422);
    own.post(
            "/session/frame-tokens",
            Map.of("module", "bound", "point", "page", "key", "bound.panel"))
        .expect(404);
    own.post(
            "/session/frame-tokens",
            Map.of("module", "problem", "point", "ticket.panel", "key", "problem.panel"))
        .expect(404);

    own.delete("/session").expect(204);
    framed.get("/tickets/" + key).expect(401);

    JsonNode again = admin.post("/session/frame-tokens", frame).expect(200).json();
    Api second = new Api(talka.url()).withToken(again.path("token").asText());
    second.get("/tickets/" + key).expect(200);
    admin.operate("disable", "bound");
    second.get("/tickets/" + key).expect(401);
    admin.operate("enable", "bound");
    second.get("/tickets/" + key).expect(200);
  }
}
