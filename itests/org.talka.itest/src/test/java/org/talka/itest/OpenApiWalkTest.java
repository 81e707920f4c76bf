/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Walks every operation of the OpenAPI document, the installed module's too, so that an operation
 * nobody thought of is tried all the same.
 */
@ExtendWith(SharedTalka.class)
class OpenApiWalkTest {
  private final RunningTalka talka;
  private Api admin;
  private String foreign;
  private List<Operation> operations;

  /** What there is before anybody has signed in. */
  private static final Set<String> ENTRANCE =
      Set.of(
          "GET /health/live",
          "GET /health/ready",
          "GET /session",
          "POST /session",
          "POST /setup",
          "GET /appearance",
          "GET /ui/messages/{language}");

  /** And what visitors may read where an administrator shows the portal to everybody. */
  private static final Set<String> PORTAL =
      Set.of(
          "GET /portal/search",
          "GET /ui/contributions",
          "GET /knowledge/articles",
          "GET /knowledge/articles/{key}",
          "GET /knowledge/articles/{key}/files",
          "GET /knowledge/articles/{key}/files/{id}",
          "GET /knowledge/articles/{key}/files/{id}/inline",
          "GET /knowledge/categories",
          "GET /knowledge/suggestions");

  /** Words of {@code access} that are no permissions. */
  private static final Set<String> NO_PERMISSION = Set.of("open", "portal", "signed-in");

  /**
   * One operation; {@code access} is a permission, {@code open}, {@code portal} or {@code
   * signed-in}.
   */
  private record Operation(
      String method, String path, String access, boolean body, boolean reads) {}

  OpenApiWalkTest(RunningTalka talka) {
    this.talka = talka;
  }

  @BeforeEach
  void readTheDocument() {
    admin = talka.admin();
    for (String module : List.of("problem", "knowledge", "cmdb")) {
      if (!admin.moduleState(module).equals("ACTIVE")) {
        admin.operate("install", module);
      }
    }
    foreign = admin.ticket("incident", "Nobody else's");
    operations = new ArrayList<>();
    JsonNode paths = admin.get("/openapi.json").expect(200).json().path("paths");
    paths
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation -> {
                          if (Set.of("get", "post", "put", "patch", "delete")
                              .contains(operation.getKey())) {
                            operations.add(
                                new Operation(
                                    operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey().replaceFirst("^/api/v1", ""),
                                    operation.getValue().path("x-talka-permission").asText(),
                                    operation.getValue().has("requestBody"),
                                    operation.getValue().path("x-talka-reads").asBoolean()));
                          }
                        }));
    assertTrue(operations.size() > 40, "only " + operations.size() + " operations");
  }

  @Test
  void everyOperationSaysWhoMayCallIt() {
    assertEquals(
        List.of(), operations.stream().filter(operation -> operation.access().isBlank()).toList());
  }

  @Test
  void nobodyGetsFurtherThanTheirPermissions() {
    String mark = UUID.randomUUID().toString().substring(0, 8);
    Map<String, Api> callers = new LinkedHashMap<>();
    callers.put("requester", admin.person("walk-r-" + mark, "Requester", "requester"));
    callers.put("agent", admin.person("walk-a-" + mark, "Agent", "agent"));
    callers.put("manager", admin.person("walk-m-" + mark, "Manager", "manager"));
    List<String> broken = new ArrayList<>();
    for (Operation operation : operations) {
      int status = call(talka.anonymous(), operation, "{}").status();
      boolean open = operation.access().equals("open");
      // 415 is said of the request's form alone, before anybody asks who sent it
      if (!open && status != 401 && status != 415) {
        broken.add("anonymous " + operation + " answered " + status);
      }
    }
    callers.forEach(
        (name, api) -> {
          Set<String> permissions = new HashSet<>();
          api.get("/me")
              .expect(200)
              .json()
              .path("permissions")
              .fieldNames()
              .forEachRemaining(permissions::add);
          for (Operation operation : operations) {
            boolean named = !NO_PERMISSION.contains(operation.access());
            if (named && !permissions.contains(operation.access())) {
              int status = call(api, operation, "{}").status();
              if (status != 403 && status != 404 && status != 415) {
                broken.add(name + " " + operation + " answered " + status);
              }
            }
          }
        });
    Api requester = callers.get("requester");
    for (Operation operation : operations) {
      if (operation.path().startsWith("/tickets/{") && !operation.method().equals("DELETE")) {
        int status = call(requester, operation, "{}").status();
        if (status < 400) {
          broken.add("requester reached a foreign ticket: " + operation + " answered " + status);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void whoHasNotSignedInGetsNoFurtherThanTheEntranceAndTheOpenPortal() {
    String secret = "secret" + UUID.randomUUID().toString().substring(0, 8);
    foreign = admin.ticket("incident", secret);
    admin.post("/tickets/" + foreign + "/comments", Map.of("body", secret)).expect(201);
    try {
      for (boolean open : new boolean[] {false, true}) {
        showPortal(open);
        Set<String> allowed = new HashSet<>(ENTRANCE);
        allowed.addAll(open ? PORTAL : Set.of());
        List<String> broken = new ArrayList<>();
        Set<String> met = new HashSet<>();
        for (Operation operation : operations) {
          String name = operation.method() + " " + operation.path();
          // a body of the right form, so that nothing but the missing right can refuse it
          Api.Answer answer = call(talka.anonymous(), operation, "{\"q\":\"" + secret + "\"}");
          boolean refused = answer.status() == 401 || answer.status() == 403;
          if (allowed.contains(name)) {
            met.add(name);
          } else if (!refused && answer.status() != 415) {
            broken.add((open ? "open: " : "") + name + " answered " + answer.status());
          }
          if (answer.text().contains(secret)) {
            broken.add(name + " told of a ticket: " + answer.text());
          }
        }
        String search = "/portal/search?q=" + secret;
        talka.anonymous().get(search).expect(open ? 200 : 401);
        assertEquals(List.of(), broken);
        assertEquals(allowed, met);
      }
    } finally {
      showPortal(false);
    }
  }

  @Test
  void aTokenThatOnlyReadsChangesNothing() {
    List<String> scopes = new ArrayList<>();
    admin
        .get("/permissions/scopes")
        .expect(200)
        .json()
        .path("scopes")
        .forEach(scope -> scopes.add(scope.asText()));
    scopes.removeIf(scope -> !scope.endsWith(":read"));
    Api reader =
        talka
            .anonymous()
            .withToken(
                admin
                    .post("/tokens", Map.of("name", "Reader", "scopes", scopes))
                    .expect(201)
                    .json()
                    .path("secret")
                    .asText());
    List<String> broken = new ArrayList<>();
    int refused = 0;
    for (Operation operation : operations) {
      if (operation.method().equals("GET") || operation.access().equals("open")) {
        continue;
      }
      int status = call(reader, operation, "{}").status();
      refused += status == 403 ? 1 : 0;
      // 415 is said of the request's form alone
      boolean right = operation.reads() ? status != 403 : status == 403 || status == 415;
      if (!right) {
        broken.add(operation + " answered " + status);
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(refused > 100, "only " + refused + " were refused");
    reader.get("/tickets/" + foreign).expect(200);
    reader.post("/ticket-figures", Map.of("figures", List.of())).expect(200);
  }

  private void showPortal(boolean open) {
    String etag = admin.get("/appearance").expect(200).header("ETag").orElseThrow();
    admin.patch("/appearance", Map.of("portal", open), etag).expect(200);
  }

  @Test
  void wrongValuesNeverCauseAServerError() {
    List<String> bodies =
        List.of(
            "{}",
            "[]",
            "null",
            "\"text\"",
            "17",
            "{\"type\":1,\"subject\":[],\"username\":{},\"name\":[1],\"values\":7,\"to\":false}",
            "{\"type\":\"incident\",\"subject\":\"x\",\"fields\":[],\"tags\":\"x\",\"impact\":9}",
            "{\"action\":\"explode\",\"module\":\"../x\",\"version\":null}",
            "{\"username\":\"\\u0000\",\"password\":\"x\",\"roles\":[null]}",
            "{\"body\":null,\"visibility\":\"everybody\"}");
    List<String> broken = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.path().equals("/session") && operation.method().equals("DELETE")
          || operation.path().startsWith("/sessions")
          || operation.path().equals("/events")) {
        continue; // they would end the session that this test works with, or never end
      }
      for (String body : operation.body() ? bodies : List.of("")) {
        Api.Answer answer = call(admin, operation, body);
        if (answer.status() >= 500) {
          broken.add(operation + " " + body + " answered " + answer.status() + " " + answer.text());
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private Api.Answer call(Api api, Operation operation, String body) {
    String path =
        operation
            .path()
            .replaceFirst("^(/tickets/)\\{[^}]*}", "$1" + foreign)
            .replaceAll("\\{lang}", "lv")
            .replaceAll("\\{id}", "1")
            .replaceAll("\\{[^}]*}", "no-such-thing");
    Map<String, String> headers = new LinkedHashMap<>();
    if (operation.method().equals("PATCH")) {
      headers.put("Content-Type", "application/merge-patch+json");
      headers.put("If-Match", "\"1\"");
    }
    return api.send(
        operation.method(), path, operation.body() && !body.isEmpty() ? body : null, headers);
  }
}
