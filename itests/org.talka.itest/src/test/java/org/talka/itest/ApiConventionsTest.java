/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What outside clients rely on. */
@ExtendWith(SharedTalka.class)
class ApiConventionsTest {
  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private Api admin;

  ApiConventionsTest(RunningTalka talka) {
    this.talka = talka;
  }

  @BeforeEach
  void signIn() {
    admin = talka.admin();
  }

  @Test
  void anonymousCallersGetAProblemDocument() {
    Api.Answer answer = talka.anonymous().get("/tickets").expect(401);
    assertProblem(answer);
  }

  @Test
  void aWrongPasswordSaysTheSameAsAnUnknownName() {
    Api.Answer wrong =
        talka.anonymous().post("/session", Map.of("username", "admin", "password", "no-" + mark));
    Api.Answer unknown =
        talka
            .anonymous()
            .post("/session", Map.of("username", "nobody" + mark, "password", "no-" + mark));
    assertEquals(401, wrong.status());
    assertEquals(wrong.status(), unknown.status());
    assertEquals(wrong.json().path("detail"), unknown.json().path("detail"));
  }

  @Test
  void writesWithACookieNeedTheCsrfToken() {
    Map<String, String> without = new HashMap<>();
    without.put("X-CSRF-Token", null);
    Api.Answer answer =
        admin.post("/tickets", Map.of("type", "incident", "subject", mark), without).expect(403);
    assertProblem(answer);
  }

  @Test
  void writesFromAForeignOriginAreRefused() {
    admin
        .post(
            "/tickets",
            Map.of("type", "incident", "subject", mark),
            Map.of("Origin", "https://elsewhere.example"))
        .expect(403);
  }

  @Test
  void aTicketIsChangedOnlyByWhoSawItsLatestVersion() {
    String key = admin.ticket("incident", "Printer " + mark);
    String etag = admin.get("/tickets/" + key).expect(200).header("ETag").orElseThrow();
    Map<String, Object> change = Map.of("subject", "Printer again " + mark);
    admin.patch("/tickets/" + key, change, null).expect(428);
    admin.patch("/tickets/" + key, change, "\"0-stale\"").expect(412);
    Api.Answer changed = admin.patch("/tickets/" + key, change, etag).expect(200);
    assertNotEquals(etag, changed.header("ETag").orElseThrow());
    admin.patch("/tickets/" + key, change, etag).expect(412);
    assertTrue(
        admin.get("/tickets/" + key + "/history").expect(200).text().contains("again " + mark));
  }

  @Test
  void aRepeatedIdempotencyKeyGivesTheSameTicket() {
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    Map<String, Object> body = Map.of("type", "incident", "subject", "Once " + mark);
    JsonNode first = admin.post("/tickets", body, key).expect(201).json();
    JsonNode second = admin.post("/tickets", body, key).expect(201).json();
    assertEquals(first.path("key"), second.path("key"));
    admin.post("/tickets", Map.of("type", "incident", "subject", "Other " + mark), key).expect(422);
  }

  @Test
  void pagesShowEveryTicketOnce() {
    for (int i = 0; i < 23; i++) {
      admin.ticket("incident", "Page " + mark + " " + i);
    }
    Set<String> seen = new HashSet<>();
    int pages = 0;
    String after = null;
    do {
      JsonNode page =
          admin
              .get(
                  "/tickets?limit=10&sort=-updatedAt&q="
                      + Api.encode("subject:\"Page " + mark + "\"")
                      + (after == null ? "" : "&after=" + Api.encode(after)))
              .expect(200)
              .json();
      page.path("items").forEach(item -> assertTrue(seen.add(item.path("key").asText())));
      after = page.path("next").isNull() ? null : page.path("next").asText(null);
      pages++;
    } while (after != null && pages < 10);
    assertEquals(23, seen.size());
    assertEquals(3, pages);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=201",
        "limit=many",
        "sort=password",
        "after=forged",
        "q=subject%3A(",
        "q=nosuchfield%3Ax",
        "q=%28%28%28%28"
      })
  void listsRefuseWhatTheyDoNotUnderstand(String query) {
    assertProblem(admin.get("/tickets?" + query).expect(400));
  }

  @Test
  void aRequesterSeesOwnTicketsAndPublicWordsOnly() {
    String foreign = admin.ticket("incident", "Foreign " + mark);
    Api requester = admin.person("req-" + mark, "Rūta Kalniņa", "requester");
    String own = requester.ticket("request", "Own " + mark);
    requester.get("/tickets/" + foreign).expect(404);
    admin
        .post(
            "/tickets/" + own + "/comments",
            Map.of("body", "public " + mark, "visibility", "public"))
        .expect(201);
    admin
        .post(
            "/tickets/" + own + "/comments",
            Map.of("body", "secret " + mark, "visibility", "internal"))
        .expect(201);
    String seen =
        requester.get("/tickets/" + own + "/comments").expect(200).text()
            + requester.get("/tickets/" + own + "/history").expect(200).text()
            + requester.get("/search?q=" + mark).expect(200).text()
            + requester.get("/tickets?q=" + mark).expect(200).text();
    assertTrue(seen.contains("public " + mark), seen);
    assertFalse(seen.contains("secret " + mark), seen);
    assertFalse(seen.contains(foreign), seen);
    assertEquals(
        List.of(),
        requester.get("/search?q=secret").expect(200).json().path("items").findValuesAsText("key"),
        "an internal note must not be found by its words");
    requester.post("/users", Map.of("username", "a")).expect(403);
  }

  @Test
  void searchFoldsLatvianLettersAndStems() {
    String key = admin.ticket("request", "Jauna Latviešu klaviatūra " + mark);
    Wait.that(
        "klaviaturas is found",
        Duration.ofSeconds(3),
        () -> admin.get("/search?q=klaviaturas%20" + mark).expect(200).text().contains(key));
  }

  @Test
  void aTokenDoesNoMoreThanItsScopes() {
    String key = admin.ticket("incident", "Token " + mark);
    String secret =
        admin
            .post("/tokens", Map.of("name", mark, "scopes", List.of("tickets:read")))
            .expect(201)
            .json()
            .path("secret")
            .asText();
    Api token = talka.anonymous().withToken(secret);
    token.get("/tickets/" + key).expect(200);
    token.post("/tickets", Map.of("type", "incident", "subject", mark)).expect(403);
    talka.anonymous().withToken(secret + "x").get("/tickets/" + key).expect(401);
  }

  @Test
  void hostileBodiesGetAClearRefusal() {
    assertProblem(admin.post("/tickets", "{\"type\":").expect(400));
    assertProblem(
        admin.post("/tickets", "type=incident", Map.of("Content-Type", "text/plain")).expect(415));
    assertProblem(admin.post("/tickets", "{\"type\":" + "[".repeat(20_000)));
    for (Map<String, Object> body :
        List.<Map<String, Object>>of(
            Map.of("type", "nope", "subject", "x"),
            Map.of("type", "incident"),
            Map.of("type", "incident", "subject", "x", "nonsense", 1),
            Map.of("type", "incident", "subject", "a\u0000b"),
            Map.of("type", "incident", "subject", "x", "id", 1, "createdBy", "admin"))) {
      Api.Answer answer = admin.post("/tickets", body);
      assertTrue(answer.status() == 400 || answer.status() == 422, answer.text());
      assertProblem(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tickets/..%2f..%2fusers",
        "/tickets;x=1/INC-000001",
        "/tickets//INC-000001",
        "/tickets/%2e%2e/users",
        "/tickets/INC-000001%5c"
      })
  void oddUrlsAreRefused(String path) {
    int status = admin.get(path).status();
    assertTrue(status == 400 || status == 404, path + " answered " + status);
  }

  @Test
  void theOpenApiDocumentIsComplete() {
    JsonNode spec = admin.get("/openapi.json").expect(200).json();
    assertTrue(spec.path("openapi").asText().startsWith("3.1"));
    assertTrue(spec.path("paths").size() >= 20, "only " + spec.path("paths").size() + " paths");
    spec.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation ->
                            assertFalse(
                                operation.getKey().equals("parameters")
                                    ? false
                                    : operation.getValue().path("summary").asText().isBlank(),
                                operation.getKey() + " " + path.getKey() + " says nothing")));
  }

  private static void assertProblem(Api.Answer answer) {
    assertTrue(
        answer.header("Content-Type").orElse("").startsWith("application/problem+json"),
        answer.status() + " " + answer.header("Content-Type") + " " + answer.text());
    assertEquals(answer.status(), answer.json().path("status").asInt());
    assertFalse(answer.text().contains("Exception"), answer.text());
    assertFalse(answer.json().path("correlationId").asText().isBlank(), answer.text());
  }
}
