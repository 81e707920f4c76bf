/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.rest.internal.FakeAuthentication;
import org.talka.rest.internal.TestDesk;
import org.talka.rest.internal.Things;

class FrontDoorTest {
  private static TestDesk desk;

  @BeforeAll
  static void open() {
    desk = new TestDesk(null, new Things("me"));
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @AfterEach
  void setUp() {
    desk.authentication.setupNeeded = false;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/things;x=1",
        "/api/v1/..;/things",
        "/api/v1//things",
        "//api/v1/things",
        "/api/v1/../v1/things",
        "/api/v1/./things",
        "/api/v1/things/..",
        "/api/v1/%2e%2e/things",
        "/api/v1/%2E/things",
        "/api/v1/things%2fone",
        "/api/v1/things%5cone",
        "/api/v1/things%0d%0aX:1",
        "/api/v1/things%252fone",
        "/api/v1/things%3bx",
        "/api/v1/things\\one",
        "/api/v1/things?q=%00",
        "/api/v1/things?q=%zz"
      })
  void refusesOddAddresses(String target) {
    TestDesk.Answer answer = desk.get(target, TestDesk.token());
    assertEquals(400, answer.status(), target);
    assertEquals("application/problem+json", answer.header("Content-Type").orElse(""));
    assertEquals("urn:talka:problem:error.rest.address", answer.json().path("type").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%00", "/a%zz", "/a%2", "", "a", "/a\u0101", "/a\u007f", "/a%7F"})
  void knowsOddAddressesThatTheContainerRefusesBefore(String path) {
    assertTrue(OddAddress.is(path, null), path);
  }

  @Test
  void refusesAnAddressThatIsTooLong() {
    assertEquals(400, desk.get("/api/v1/" + "x".repeat(2_100), TestDesk.token()).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/things/one",
        "/api/v1/things/INC-000123",
        "/api/v1/things/a.b..c",
        "/api/v1/things/%C4%81",
        "/api/v1/things/a%20b",
        "/api/v1/things?q=a%2Fb;c//d%25"
      })
  void admitsOrdinaryAddresses(String target) {
    assertEquals(200, desk.get(target, TestDesk.token()).status(), target);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "127.0.0.1:8080, 200",
    "[::1]:8080, 200",
    "DESK.example:443, 200",
    "desk.example.evil.test, 400",
    "evil.test, 400",
    "127.0.0.1.evil.test:80, 400"
  })
  void answersToItsOwnNamesOnly(String host, int expected) {
    Map<String, String> headers = new LinkedHashMap<>(TestDesk.token());
    headers.put("Host", host);
    assertEquals(expected, desk.get("/api/v1/things", headers).status());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // csrf token, Origin, Sec-Fetch-Site, status
        "csrf-of-agent, -, -, 201",
        "csrf-of-agent, http://desk.example, same-origin, 201",
        "csrf-of-agent, https://desk.example, -, 201",
        "csrf-of-agent, http://desk.example:80, -, 201",
        "csrf-of-agent, http://desk.example:81, -, 403",
        "csrf-of-agent, http://evil.test, -, 403",
        "csrf-of-agent, http://desk.example.evil.test, -, 403",
        "csrf-of-agent, null, -, 403",
        "csrf-of-agent, -, cross-site, 403",
        "csrf-of-agent, -, same-site, 403",
        "csrf-of-agenx, -, -, 403",
        "'', -, -, 403",
        "-, http://desk.example, same-origin, 403"
      })
  void aWriteWithASessionMustComeFromTheDeskItself(
      String csrf, String origin, String site, int expected) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "desk.example");
    headers.put("Cookie", "TALKA_SESSION=" + FakeAuthentication.COOKIE);
    put(headers, "X-CSRF-Token", csrf);
    put(headers, "Origin", origin);
    put(headers, "Sec-Fetch-Site", site);
    TestDesk.Answer answer = desk.post("/api/v1/things", headers, "{\"name\":\"x\"}");
    assertEquals(expected, answer.status(), answer.body());
  }

  @Test
  void aSessionReadsWithoutACsrfToken() {
    Map<String, String> cookie = Map.of("Cookie", "TALKA_SESSION=" + FakeAuthentication.COOKIE);
    assertEquals(200, desk.get("/api/v1/things", cookie).status());
  }

  @Test
  void aTokenNeedsNoCsrfTokenWhateverTheOrigin() {
    Map<String, String> headers = new LinkedHashMap<>(TestDesk.token());
    headers.put("Origin", "https://elsewhere.example");
    assertEquals(201, desk.post("/api/v1/things", headers, "{\"name\":\"x\"}").status());
  }

  @Test
  void anUnknownTokenIsNobodyEvenBesideASession() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer nonsense");
    headers.put("Cookie", "TALKA_SESSION=" + FakeAuthentication.COOKIE);
    assertEquals(401, desk.get("/api/v1/things", headers).status());
  }

  @Test
  void signingInNeedsNoTokenButTheSameOrigin() {
    assertEquals(404, desk.post("/api/v1/session", Map.of(), "{}").status());
    assertEquals(
        403, desk.post("/api/v1/session", Map.of("Origin", "http://evil.test"), "{}").status());
    assertEquals(
        403, desk.post("/api/v1/setup", Map.of("Sec-Fetch-Site", "cross-site"), "{}").status());
  }

  @Test
  void theMethodCanNotBeOverridden() {
    Map<String, String> headers = new LinkedHashMap<>(TestDesk.token());
    headers.put("X-HTTP-Method-Override", "DELETE");
    assertEquals(201, desk.post("/api/v1/things", headers, "{\"name\":\"x\"}").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "TRACE", "PROPFIND"})
  void otherMethodsAreRefused(String method) {
    TestDesk.Answer answer = desk.send(method, "/api/v1/things", TestDesk.token(), new byte[0]);
    assertEquals(405, answer.status());
    assertTrue(answer.header("Allow").isPresent());
  }

  @Test
  void nothingWorksBeforeTheDeskIsSetUp() {
    desk.authentication.setupNeeded = true;
    TestDesk.Answer answer = desk.get("/api/v1/things", TestDesk.token());
    assertEquals(503, answer.status());
    assertTrue(answer.header("Retry-After").isPresent());
    assertEquals(404, desk.get("/api/v1/ui/messages/lv", Map.of()).status());
    assertEquals(404, desk.get("/api/v1/setup", Map.of()).status());
  }

  @Test
  void aSimpleCorrelationIdIsKeptAndAnOddOneReplaced() {
    assertEquals(
        "abc-1",
        desk.get("/api/v1/nothing", Map.of("X-Correlation-Id", "abc-1"))
            .header("X-Correlation-Id")
            .orElse(""));
    String replaced =
        desk.get("/api/v1/nothing", Map.of("X-Correlation-Id", "a b<script>"))
            .header("X-Correlation-Id")
            .orElse("");
    assertNotEquals("a b<script>", replaced);
    assertFalse(replaced.isBlank());
  }

  @Test
  void everyAnswerOfTheApiForbidsGuessingAndCaching() {
    for (String path : new String[] {"/api/v1/things", "/api/v1/nothing"}) {
      TestDesk.Answer answer = desk.get(path, Map.of());
      assertEquals("nosniff", answer.header("X-Content-Type-Options").orElse(""));
      assertEquals("no-store", answer.header("Cache-Control").orElse(""));
    }
  }

  @Test
  void refusesABodyThatIsTooLargeBeforeReadingIt() {
    Map<String, String> headers = new LinkedHashMap<>(TestDesk.token());
    headers.put("Content-Type", "application/json");
    headers.put("Content-Length", Long.toString(20L * 1024 * 1024));
    assertEquals(413, desk.send("POST", "/api/v1/things", headers, new byte[0]).status());
  }

  @Test
  void refusesAnEndlessBodyOfUnknownLength() {
    Map<String, String> headers = new LinkedHashMap<>(TestDesk.token());
    headers.put("Content-Type", "application/json");
    headers.put("Transfer-Encoding", "chunked");
    TestDesk.Answer answer = desk.sendChunks("/api/v1/things", headers, 7 * 1024 * 1024);
    assertEquals(413, answer.status(), answer.body());
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }
}
