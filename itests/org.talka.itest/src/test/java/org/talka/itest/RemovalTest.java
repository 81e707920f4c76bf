/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A module goes and comes back, again and again, and in the end its records go as well and come
 * back: nothing is lost. 200 problems, or as many as {@code -Dtalka.problems} says.
 */
@ExtendWith(SharedTalka.class)
class RemovalTest {
  private static final int PROBLEMS = Integer.getInteger("talka.problems", 200);
  private static final int ROUNDS = 5;

  private final RunningTalka talka;
  private final String mark = "removal" + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> problems = new ArrayList<>();
  private final List<String> incidents = new ArrayList<>();
  private Api admin;

  RemovalTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void nothingIsLostWhenAModuleOrItsRecordsGo() throws Exception {
    admin = talka.admin();
    if (admin.moduleState("problem").equals("ACTIVE")) {
      admin.operate("uninstall", "problem");
    }
    String menus = menus();
    admin.operate("install", "problem");
    fill();
    Map<String, String> before = checksums();
    for (int round = 0; round < ROUNDS; round++) {
      admin.operate("uninstall", "problem");
      assertEquals(menus, menus(), "something of the module is left in a menu");
      if (round == 0) {
        tombstonesAreReadable();
      }
      admin.operate("install", "problem");
      assertEquals(before, checksums(), "round " + round);
    }
    admin.operate("uninstall", "problem");
    Map<String, String> gone = checksums();

    aHoldBlocksThePurge();
    purge();
    JsonNode export = export();
    // other tests may have left problems on the same server
    assertTrue(export.path("counts").path("ticket/tickets").asInt() >= problems.size());
    assertEquals(menus, menus());

    JsonNode plan =
        admin.post("/modules/imports", Map.of("file", export.path("file").asText())).json();
    assertEquals("[]", plan.path("blockers").toString());
    done(admin.apply(new Api.Answer(200, plan, plan.toString(), null)));
    assertEquals(gone, checksums());
    admin.operate("install", "problem");
    assertEquals(before, checksums());
    String next = admin.ticket("problem", "After " + mark);
    assertTrue(
        number(next) > problems.stream().mapToInt(RemovalTest::number).max().orElseThrow(),
        next + " was given before");
    admin.operate("uninstall", "problem");
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
  }

  private void fill() throws IOException, InterruptedException {
    for (int i = 0; i < PROBLEMS; i++) {
      String incident = admin.ticket("incident", "Symptom " + i + " " + mark);
      incidents.add(incident);
      String problem = admin.ticket("problem", "Cause " + i + " " + mark);
      problems.add(problem);
      admin.link(problem, "problem.causes", incident);
      admin
          .post(
              "/tickets/" + problem + "/comments",
              Map.of("body", "Seen again: " + i, "visibility", i % 2 == 0 ? "internal" : "public"))
          .expect(201);
      if (i % 10 == 0) {
        attach(problem, "log-" + i + ".txt", "line " + i + " of " + mark);
      }
    }
  }

  private void attach(String key, String name, String text)
      throws IOException, InterruptedException {
    String boundary = "talka-" + UUID.randomUUID();
    String body =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: text/plain\r\n\r\n"
            + text
            + "\r\n--"
            + boundary
            + "--\r\n";
    admin
        .send(
            "POST",
            "/tickets/" + key + "/attachments",
            body,
            Map.of("Content-Type", "multipart/form-data; boundary=" + boundary))
        .expect(201);
  }

  /**
   * What a caller sees of each record, without the one word that says whether its module is here.
   */
  private Map<String, String> checksums() throws Exception {
    Map<String, String> sums = new TreeMap<>();
    for (String key : problems) {
      ObjectNode ticket = (ObjectNode) admin.get("/tickets/" + key).expect(200).json();
      ticket.remove("moduleMissing");
      StringBuilder all = new StringBuilder(ticket.toString());
      for (String part : List.of("comments", "history", "attachments")) {
        all.append(admin.get("/tickets/" + key + "/" + part).expect(200).text());
      }
      JsonNode links = admin.get("/tickets/" + key + "/links").expect(200).json();
      for (JsonNode link : links.path("items")) {
        all.append(link.path("type").asText()).append(link.at("/ticket/key").asText());
      }
      JsonNode files = admin.get("/tickets/" + key + "/attachments").expect(200).json();
      for (JsonNode file : files.path("items")) {
        all.append(digest(bytes("/tickets/" + key + "/attachments/" + file.path("id").asText())));
      }
      sums.put(key, digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return sums;
  }

  private byte[] bytes(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(admin.base() + "/api/v1" + path))
                    .header("Cookie", admin.cookie())
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode(), path);
    return response.body();
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** Everything that a page would offer, apart from what grows by itself. */
  private String menus() {
    ObjectNode contributions =
        (ObjectNode) admin.get("/ui/contributions").expect(200).json().deepCopy();
    contributions.remove("generation");
    return contributions + admin.get("/ticket-types").expect(200).text() + paths();
  }

  private TreeSet<String> paths() {
    TreeSet<String> paths = new TreeSet<>();
    admin
        .get("/openapi.json")
        .expect(200)
        .json()
        .path("paths")
        .fieldNames()
        .forEachRemaining(paths::add);
    return paths;
  }

  private void tombstonesAreReadable() {
    String problem = problems.get(0);
    JsonNode ticket = admin.get("/tickets/" + problem).expect(200).json();
    assertEquals("problem", ticket.path("moduleMissing").asText());
    String listed = admin.get("/tickets?limit=200&q=" + Api.encode(mark)).expect(200).text();
    String last = problems.get(problems.size() - 1);
    assertTrue(listed.contains("\"" + last + "\""), "not in the list");
    Wait.that(
        "the search finds it",
        Duration.ofSeconds(10),
        () ->
            admin
                .get("/search?q=" + Api.encode("\"Cause 0 " + mark + "\""))
                .expect(200)
                .text()
                .contains(problem));
    String links = admin.get("/tickets/" + incidents.get(0) + "/links").expect(200).text();
    assertTrue(links.contains(problem), links);
    String etag = admin.get("/tickets/" + problem).header("ETag").orElseThrow();
    admin.patch("/tickets/" + problem, Map.of("subject", "z"), etag).expect(409);
  }

  private void aHoldBlocksThePurge() {
    admin
        .send("PUT", "/modules/holds/problem", Map.of("reason", "Case 7 " + mark), Map.of())
        .expect(200);
    JsonNode plan =
        admin.post("/modules/plans", Map.of("action", "purge", "module", "problem")).json();
    assertTrue(plan.path("blockers").toString().contains("Case 7 " + mark), plan.toString());
    admin
        .post("/modules/plans/" + plan.path("id").asText() + "/apply", Map.of("confirm", "problem"))
        .expect(409);
    admin.delete("/modules/holds/problem").expect(204);
  }

  private void purge() {
    JsonNode plan =
        admin
            .post("/modules/plans", Map.of("action", "purge", "module", "problem"))
            .expect(200)
            .json();
    String apply = "/modules/plans/" + plan.path("id").asText() + "/apply";
    admin.post(apply, Map.of("confirm", "something else")).expect(422);
    admin.post(apply, null).expect(422);
    admin.get("/tickets/" + problems.get(0)).expect(200);
    String operation =
        admin
            .post(apply, Map.of("confirm", "problem"))
            .expect(202)
            .json()
            .path("operation")
            .asText();
    done(operation);
    assertEquals("PURGED", admin.moduleState("problem"));
    for (String key : problems) {
      admin.get("/tickets/" + key).expect(404);
    }
    assertEquals(
        "[]", admin.get("/tickets/" + incidents.get(0) + "/links").json().path("items").toString());
    Wait.that(
        "the search has forgotten them",
        Duration.ofSeconds(20),
        () ->
            !admin
                .get("/search?q=" + Api.encode("\"Cause 0 " + mark + "\""))
                .expect(200)
                .text()
                .contains(problems.get(0)));
  }

  private void done(String operation) {
    JsonNode ended = admin.ended(operation, Duration.ofSeconds(60));
    assertEquals("succeeded", ended.path("state").asText(), ended.toString());
  }

  private JsonNode export() {
    JsonNode exports = admin.get("/modules/exports").expect(200).json().path("items");
    Optional<JsonNode> latest = Optional.ofNullable(exports.get(0));
    assertEquals("problem", latest.orElseThrow().path("module").asText());
    assertFalse(latest.get().path("file").asText().isEmpty());
    return latest.get();
  }
}
