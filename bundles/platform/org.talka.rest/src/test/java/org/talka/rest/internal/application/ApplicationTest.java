/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.talka.rest.internal.Forgotten;
import org.talka.rest.internal.TestDesk;
import org.talka.rest.internal.Things;

class ApplicationTest {
  private static TestDesk desk;

  @BeforeAll
  static void open() {
    desk = new TestDesk(null, new Things("me"), new Forgotten());
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void answersRecordsAsJson() {
    TestDesk.Answer answer = desk.get("/api/v1/things/one", TestDesk.token());
    assertEquals(200, answer.status());
    assertEquals("application/json", answer.header("Content-Type").orElse(""));
    assertEquals("\"7\"", answer.header("ETag").orElse(""));
    assertEquals(
        "{\"name\":\"one\",\"size\":3,\"at\":\"2026-01-02T03:04:05Z\",\"tags\":[]}", answer.body());
  }

  @Test
  void usesTheGivenObjectWithItsContextInjected() {
    assertEquals(
        "me", desk.get("/api/v1/things/secret/mine", TestDesk.token()).json().path("for").asText());
    assertEquals(
        "things/secret/mine",
        desk.get("/api/v1/things/secret/mine", TestDesk.token()).json().path("path").asText());
  }

  @Test
  void theLastPageSaysThatThereIsNoNext() {
    assertEquals(
        "{\"items\":[],\"next\":null}", desk.get("/api/v1/things", TestDesk.token()).body());
  }

  @Test
  void aMethodThatSaysNothingIsForNobody() {
    TestDesk.Answer answer = desk.get("/api/v1/forgotten", TestDesk.token());
    assertEquals(403, answer.status());
    assertFalse(answer.body().contains("should not be seen"));
    assertEquals(401, desk.get("/api/v1/forgotten", Map.of()).status());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/things, 401, 200",
    "/api/v1/things/secret/mine, 401, 200",
    "/api/v1/things/secret/other, 401, 403",
    "/api/v1/things/fails/stale, 412, 412",
    "/api/v1/nowhere, 404, 404"
  })
  void letsInWhoMayComeIn(String path, int anonymous, int agent) {
    assertEquals(anonymous, desk.get(path, Map.of()).status());
    assertEquals(agent, desk.get(path, TestDesk.token()).status());
  }

  @Test
  void visitorsComeInOnlyWhileThePortalIsOpenAndOnlyToWhatIsForThem() {
    assertEquals(401, desk.get("/api/v1/things/public", Map.of()).status());
    assertEquals(200, desk.get("/api/v1/things/public", TestDesk.token()).status());
    desk.portal = true;
    assertEquals(200, desk.get("/api/v1/things/public", Map.of()).status());
    assertEquals(401, desk.get("/api/v1/things/secret/mine", Map.of()).status());
    assertEquals(401, desk.get("/api/v1/things", Map.of()).status());
    desk.portal = false;
    assertEquals(401, desk.get("/api/v1/things/public", Map.of()).status());
  }

  @Test
  void visitorsOfOneAddressSearchOnlySoOftenAndAreToldWhenToGoOn() {
    desk.portal = true;
    assertEquals(200, desk.get("/api/v1/things/public/search", Map.of()).status());
    assertEquals(200, desk.get("/api/v1/things/public/search", Map.of()).status());
    TestDesk.Answer refused = desk.get("/api/v1/things/public/search", Map.of());
    assertEquals(429, refused.status());
    assertEquals("7", refused.header("Retry-After").orElse(""));
    assertEquals(List.of("127.0.0.1", "127.0.0.1"), desk.searches);
    // who reads, and who has signed in, does not count
    assertEquals(200, desk.get("/api/v1/things/public", Map.of()).status());
    assertEquals(200, desk.get("/api/v1/things/public/search", TestDesk.token()).status());
    desk.portal = false;
    assertEquals(401, desk.get("/api/v1/things/public/search", Map.of()).status());
  }

  @ParameterizedTest
  @CsvSource({"concurrently, 409", "database, 503", "throttled, 429", "stale, 412", "badly, 500"})
  void everyFailureIsAProblemDocument(String how, int status) {
    TestDesk.Answer answer = desk.get("/api/v1/things/fails/" + how, Map.of());
    assertEquals(status, answer.status());
    assertEquals("application/problem+json", answer.header("Content-Type").orElse(""));
    assertEquals(status, answer.json().path("status").asInt());
    assertEquals("/api/v1/things/fails/" + how, answer.json().path("instance").asText());
    assertEquals(
        answer.header("X-Correlation-Id").orElse("?"),
        answer.json().path("correlationId").asText());
    assertTrue(answer.json().path("type").asText().startsWith("urn:talka:problem:"));
    assertFalse(answer.body().contains("secret"), answer.body());
    assertFalse(answer.body().contains("Exception"), answer.body());
    assertEquals(status == 503 || status == 429, answer.header("Retry-After").isPresent());
  }

  @Test
  void problemsSpeakTheReadersLanguage() {
    String english = desk.get("/api/v1/nowhere", Map.of()).json().path("title").asText();
    String latvian =
        desk.get("/api/v1/nowhere", Map.of("Accept-Language", "lv-LV,lv;q=0.9,en;q=0.5"))
            .json()
            .path("title")
            .asText();
    assertEquals("Not found", english);
    assertEquals("Nav atrasts", latvian);
    assertEquals(
        "Nav atrasts", desk.get("/api/v1/nowhere", TestDesk.token()).json().path("title").asText());
  }

  @Test
  void aWrongMethodIsNamedWithTheRightOnes() {
    TestDesk.Answer answer =
        desk.send("DELETE", "/api/v1/things/one", TestDesk.token(), new byte[0]);
    assertEquals(405, answer.status());
    assertTrue(answer.header("Allow").orElse("").contains("PATCH"));
    assertEquals(405, answer.json().path("status").asInt());
  }

  @Test
  void aWrongMediaTypeIsRefused() {
    Map<String, String> headers = new LinkedHashMap<>(TestDesk.token());
    headers.put("Content-Type", "text/plain");
    TestDesk.Answer answer = desk.post("/api/v1/things", headers, "name=x");
    assertEquals(415, answer.status());
    assertEquals(415, answer.json().path("status").asInt());
  }

  @Test
  void aParameterOfTheWrongKindIsNamed() {
    TestDesk.Answer answer = desk.get("/api/v1/things?limit=many", TestDesk.token());
    assertEquals(400, answer.status());
    assertTrue(answer.json().path("detail").asText().contains("limit"), answer.body());
  }

  @Test
  void aMergePatchKeepsItsNulls() {
    Map<String, String> headers = new LinkedHashMap<>(TestDesk.token());
    headers.put("Content-Type", "application/merge-patch+json");
    headers.put("If-Match", "\"7\"");
    TestDesk.Answer answer =
        desk.send(
            "PATCH",
            "/api/v1/things/one",
            headers,
            "{\"note\":null}".getBytes(StandardCharsets.UTF_8));
    assertEquals(200, answer.status(), answer.body());
    assertEquals("{\"note\":null}", answer.body());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, 428", "'\"6\"', 412", "'W/\"7\"', 412", "'*', 412", "'\"7\"', 200"})
  void aChangeNamesTheVersionItSaw(String ifMatch, int status) {
    Map<String, String> headers = new LinkedHashMap<>(TestDesk.token());
    headers.put("Content-Type", "application/merge-patch+json");
    if (ifMatch != null) {
      headers.put("If-Match", ifMatch);
    }
    assertEquals(
        status,
        desk.send("PATCH", "/api/v1/things/one", headers, "{}".getBytes(StandardCharsets.UTF_8))
            .status());
  }

  @Test
  void aHeadRequestIsAGetWithoutABody() {
    TestDesk.Answer answer = desk.send("HEAD", "/api/v1/things/one", TestDesk.token(), new byte[0]);
    assertEquals(200, answer.status());
    assertEquals("", answer.body());
  }
}
