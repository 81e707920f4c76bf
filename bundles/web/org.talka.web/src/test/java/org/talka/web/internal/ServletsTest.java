/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServletsTest {
  private static final StaticFiles FILES = Packaged.files();
  private final AssetServlet assets = new AssetServlet(FILES);
  private final ShellPage page = new ShellPage(FILES);
  private final ShellServlet shell = new ShellServlet(page);

  @Test
  void servesAFileForeverUnderItsHash() throws Exception {
    Exchange answer = Exchange.get(assets, FILES.base() + "/js/main.js");
    assertEquals(200, answer.status);
    assertEquals("text/javascript; charset=utf-8", answer.headers.get("Content-Type"));
    assertTrue(answer.headers.get("Cache-Control").contains("immutable"));
    assertEquals("nosniff", answer.headers.get("X-Content-Type-Options"));
    assertArrayEquals(FILES.asset("js/main.js").orElseThrow().bytes(), answer.body);
  }

  @Test
  void compressesForWhoeverTakesIt() throws Exception {
    String uri = FILES.base() + "/js/page/ticket.js";
    Exchange answer = Exchange.get(assets, uri, "Accept-Encoding", "br, gzip;q=0.8");
    assertEquals("gzip", answer.headers.get("Content-Encoding"));
    assertEquals("Accept-Encoding", answer.headers.get("Vary"));
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body)).readAllBytes();
    assertArrayEquals(FILES.asset("js/page/ticket.js").orElseThrow().bytes(), plain);
    assertNull(
        Exchange.get(assets, uri, "Accept-Encoding", "gzip;q=0").headers.get("Content-Encoding"));
  }

  @Test
  void answersNotModifiedToWhoHasIt() throws Exception {
    String uri = FILES.base() + "/css/kit.css";
    String etag = Exchange.get(assets, uri).headers.get("ETag");
    Exchange answer = Exchange.get(assets, uri, "If-None-Match", etag);
    assertEquals(304, answer.status);
    assertEquals(0, answer.body.length);
  }

  @Test
  void sendsNoBodyForHead() throws Exception {
    Exchange answer = Exchange.send(assets, "HEAD", FILES.base() + "/css/kit.css");
    assertEquals(200, answer.status);
    assertEquals(0, answer.body.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/js/nothing.js",
        "/shell.html",
        "/importmap.json",
        "/sw.js",
        "/js",
        "/js/",
        "/../js/main.js"
      })
  void findsNothingElse(String path) throws Exception {
    assertEquals(404, Exchange.get(assets, FILES.base() + path).status);
    assertEquals(404, Exchange.get(assets, "/ui/s/0000000000000000/js/main.js").status);
  }

  @Test
  void setsThePolicyThatTheDesignFixes() throws Exception {
    Exchange answer = Exchange.get(shell, "/app");
    String nonce = nonce(answer);
    assertEquals(
        "default-src 'none'; script-src 'self' 'nonce-"
            + nonce
            + "'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
            + " frame-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types lit-html talka-html talka-worker",
        answer.headers.get("Content-Security-Policy"));
    assertEquals("nosniff", answer.headers.get("X-Content-Type-Options"));
    assertEquals("same-origin", answer.headers.get("Referrer-Policy"));
    assertEquals("no-store", answer.headers.get("Cache-Control"));
    assertNotEquals(nonce, nonce(Exchange.get(shell, "/app")));
  }

  @Test
  void givesTheNonceToEveryInlineScriptAndHasNoInlineStyle() throws Exception {
    Exchange answer = Exchange.get(shell, "/app");
    String nonce = nonce(answer);
    Matcher script = Pattern.compile("<script([^>]*)>").matcher(answer.text());
    int scripts = 0;
    while (script.find()) {
      scripts++;
      String attributes = script.group(1);
      assertTrue(attributes.contains(" src=") || attributes.contains("nonce=\"" + nonce + "\""));
    }
    assertTrue(scripts >= 3);
    assertFalse(answer.text().matches("(?s).*(<style|\\sstyle=|\\son[a-z]+=).*"));
    assertFalse(answer.text().contains("{base}") || answer.text().contains("{nonce}"));
  }

  @Test
  void namesOnlyFilesThatExist() throws Exception {
    Matcher address =
        Pattern.compile("(?:href|src)=\"(/ui/s/[^\"]+)\"").matcher(Exchange.get(shell, "/").text());
    int found = 0;
    while (address.find()) {
      found++;
      assertEquals(200, Exchange.get(assets, address.group(1)).status, address.group(1));
    }
    assertTrue(found > 20, "the core files are preloaded");
  }

  @Test
  void asksAheadWhatTheScriptsAsk() throws Exception {
    String stranger = Exchange.get(shell, "/app").text();
    String known = Exchange.get(shell, "/app", "Cookie", "a=b; TALKA_SESSION=x").text();
    String signedOut = Exchange.get(shell, "/app", "Cookie", "TALKA_SESSION=; a=b").text();
    assertEquals(Set.of("/session"), ahead(stranger));
    assertEquals(Set.of("/session"), ahead(signedOut));
    assertEquals(
        Set.of("/session", "/me", "/ticket-types", "/ui/contributions", "/appearance"),
        ahead(known));
    String scripts = "";
    for (String file : List.of("js/core/desk.js", "js/core/appearance.js")) {
      scripts += new String(FILES.asset(file).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }
    for (String path : ahead(known)) {
      assertTrue(scripts.contains("get(\"" + path + "\")"), path + " is asked for nothing");
    }
  }

  private static Set<String> ahead(String page) {
    String list = page.substring(page.indexOf("talkaAhead = "), page.indexOf("].map("));
    Set<String> paths = new TreeSet<>();
    Matcher path = Pattern.compile("\"(/[^\"]+)\"").matcher(list);
    while (path.find()) {
      paths.add(path.group(1));
    }
    return paths;
  }

  @Test
  void preloadsWhatTheFirstPageNeeds() throws Exception {
    for (Map.Entry<String, String> page :
        Map.of(
                "/app",
                "home",
                "/app/queue/open",
                "queue",
                "/app/view/1",
                "queue",
                "/app/new/incident",
                "create",
                "/app/dashboards",
                "dashboard")
            .entrySet()) {
      String text = Exchange.get(shell, page.getKey()).text();
      assertTrue(text.contains("/js/page/" + page.getValue() + ".js\">"), page.getKey());
    }
    assertFalse(Exchange.get(shell, "/app/modules").text().contains("/js/page/home.js"));
  }

  /** Nobody waits for it to see a list, and everybody who comes for a ticket has it at once. */
  @ParameterizedTest
  @CsvSource({
    "/app/ticket/INC-000001, true",
    "/app/queue/open/INC-000001, true",
    "/app/view/7/INC-000001, true",
    "/app/search/INC-000001, true",
    "/app/queue/open, false",
    "/app/view/7, false",
    "/app/search, false"
  })
  void preloadsThePageOfATicketWhereOneIsShown(String address, boolean shown) throws Exception {
    String text = Exchange.get(shell, address).text();
    assertEquals(shown, text.contains("/js/page/ticket.js\">"));
    assertEquals(!address.startsWith("/app/ticket"), text.contains("/js/page/queue.js\">"));
  }

  @ParameterizedTest
  @CsvSource({"'lv,en;q=0.5',lv", "'de, lv;q=0.4',lv", "fr,en", "'lv-LV',lv", "';;;',en", ",en"})
  void speaksTheBrowsersLanguage(String header, String language) {
    assertEquals(language, ShellPage.language(header));
  }

  @Test
  void answersPeopleWithAPageAndMachinesWithAProblem() throws Exception {
    EverythingElseServlet servlet = new EverythingElseServlet(page);
    Exchange nothing = Exchange.get(servlet, "/nowhere");
    assertEquals(404, nothing.status);
    assertEquals("text/html; charset=utf-8", nothing.headers.get("Content-Type"));
    assertTrue(Exchange.get(servlet, "/").text().contains("<talka-app>"));
    Exchange soon = Exchange.get(servlet, "/api/v1/tickets");
    assertEquals(503, soon.status);
    assertEquals("1", soon.headers.get("Retry-After"));
    assertEquals("application/problem+json", soon.headers.get("Content-Type"));
    for (String uri : List.of("/api/v2/nothing", "/api", "/health/live", "/metrics")) {
      Exchange problem = Exchange.send(servlet, "POST", uri);
      assertEquals(404, problem.status);
      assertEquals("application/problem+json", problem.headers.get("Content-Type"));
    }
  }

  @Test
  void framesMayLoadTheirScriptAndTheDesksLookAlthoughTheyHaveNoOrigin() throws Exception {
    FrameKitServlet kit = new FrameKitServlet(FILES);
    for (String file : List.of("talka.js", "talka.css")) {
      Exchange answer = Exchange.get(kit, "/ui/frame/1/" + file);
      assertEquals(200, answer.status, file);
      assertEquals("*", answer.headers.get("Access-Control-Allow-Origin"), file);
      assertEquals("cross-origin", answer.headers.get("Cross-Origin-Resource-Policy"), file);
      // the address stays, so what is there may change
      assertEquals("no-cache", answer.headers.get("Cache-Control"), file);
    }
    String look = Exchange.get(kit, "/ui/frame/1/talka.css").text();
    assertTrue(look.contains("--accent") && look.contains(".control") && !look.contains("@font"));
    assertEquals(404, Exchange.get(kit, "/ui/frame/2/talka.js").status);
    Exchange own = Exchange.get(assets, FILES.base() + "/js/main.js");
    assertEquals("same-origin", own.headers.get("Cross-Origin-Resource-Policy"));
    assertNull(own.headers.get("Access-Control-Allow-Origin"));
  }

  @Test
  void aPageOfAModuleIsInASandboxWhoeverOpensIt() throws Exception {
    Asset page = new Asset(MediaTypes.framed("map.html").orElseThrow(), new byte[] {'x'});
    HttpServlet servlet =
        new HttpServlet() {
          @Override
          protected void doGet(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            page.answer(request, response, Reach.FRAME);
          }
        };
    Exchange answer = Exchange.get(servlet, "/ui/m/maps/1.0.0-0a1b2c3d/frame/map.html");
    String policy = answer.headers.get("Content-Security-Policy");
    assertTrue(policy.startsWith("sandbox allow-scripts allow-forms; default-src 'none';"), policy);
    assertFalse(policy.contains("allow-same-origin"), policy);
    assertTrue(policy.contains("connect-src 'none'"), policy);
    assertTrue(policy.contains("frame-ancestors 'self'"), policy);
    assertEquals("no-referrer", answer.headers.get("Referrer-Policy"));
    assertTrue(MediaTypes.of("map.html").isEmpty(), "pages are for frames only");
  }

  @Test
  void theWorkerAndTheManifestAreOfThisVersionAndAskedForEachTime() throws Exception {
    OfflineServlet offline = new OfflineServlet(FILES);
    for (String uri : List.of("/sw.js", "/offline", "/manifest.webmanifest")) {
      Exchange answer = Exchange.get(offline, uri);
      assertEquals(200, answer.status, uri);
      assertEquals("no-cache", answer.headers.get("Cache-Control"));
      assertFalse(answer.text().contains("{base}") || answer.text().contains("{hash}"), uri);
      Matcher file = Pattern.compile(FILES.base() + "/([\\w./-]+)").matcher(answer.text());
      while (file.find()) {
        assertTrue(FILES.asset(file.group(1)).isPresent(), uri + " → " + file.group(1));
      }
    }
    assertTrue(Exchange.get(offline, "/sw.js").headers.get("Content-Type").startsWith("text/java"));
  }

  @Test
  void theWorkerKeepsWhatItsPageNeeds() throws Exception {
    OfflineServlet offline = new OfflineServlet(FILES);
    String worker = Exchange.get(offline, "/sw.js").text();
    Exchange page = Exchange.get(offline, "/offline");
    Matcher address =
        Pattern.compile("(?:href|src)=\"" + FILES.base() + "/([^\"]+)\"").matcher(page.text());
    int found = 0;
    while (address.find()) {
      found++;
      assertTrue(worker.contains('"' + address.group(1) + '"'), address.group(1));
      assertTrue(FILES.asset(address.group(1)).isPresent(), address.group(1));
    }
    assertTrue(found > 4);
    assertFalse(page.text().matches("(?s).*(<style|\\sstyle=|\\son[a-z]+=|<script>).*"));
  }

  private static String nonce(Exchange answer) {
    Matcher nonce =
        Pattern.compile("'nonce-([^']+)'").matcher(answer.headers.get("Content-Security-Policy"));
    assertTrue(nonce.find());
    return nonce.group(1);
  }
}
