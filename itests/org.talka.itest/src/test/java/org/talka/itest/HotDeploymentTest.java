/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A module comes and goes while everybody works. */
@ExtendWith(SharedTalka.class)
class HotDeploymentTest {
  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private Api admin;

  HotDeploymentTest(RunningTalka talka) {
    this.talka = talka;
  }

  @BeforeEach
  void signInWithoutTheModule() {
    admin = talka.admin();
    if (admin.moduleState("problem").equals("ACTIVE")) {
      admin.operate("uninstall", "problem");
    }
  }

  @Test
  void aHundredRequestsASecondGoOnAcrossTenInstallsAndRemovals() {
    String key = admin.ticket("incident", "Under load " + mark);
    try (OpenLoop load =
        new OpenLoop(
            admin,
            100,
            List.of(
                "/tickets?limit=5", "/tickets/" + key, "/me", "/ticket-types", "/search?q=load"))) {
      long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      for (int i = 0; i < 10 || System.nanoTime() - end < 0; i++) {
        admin.operate("install", "problem");
        admin.operate("uninstall", "problem");
      }
      OpenLoop.Result result = load.stop();
      System.out.println("hot deployment under load: " + result);
      assertEquals(List.of(), result.failures());
      assertTrue(result.requests() > 300, "too few requests to mean anything: " + result);
    }
  }

  /** Compared with the promise only on a machine that does nothing else. */
  @Test
  void aModuleOfTheCatalogueIsUsableSoonAfterItIsApplied() {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Api.Answer plan =
          admin.post("/modules/plans", Map.of("action", "install", "module", "problem"));
      long start = System.nanoTime();
      String operation = admin.apply(plan);
      Wait.that(
          "the module answers",
          Duration.ofSeconds(30),
          () -> admin.get("/problem/known-errors").status() == 200);
      millis.add((System.nanoTime() - start) / 1_000_000);
      admin.ended(operation, Duration.ofSeconds(30));
      admin.operate("uninstall", "problem");
    }
    System.out.println("from applied to usable, ms: " + millis);
    List<Long> warm = millis.stream().skip(1).sorted().toList();
    assertTrue(
        !Boolean.getBoolean("talka.load.quiet") || warm.get(warm.size() / 2) <= 1_000,
        millis::toString);
  }

  @Test
  void theDocumentAndTheTypesFollowTheModule() {
    TreeSet<String> before = paths();
    assertFalse(admin.get("/ticket-types").text().contains("\"problem\""));
    admin.operate("install", "problem");
    assertEquals("ACTIVE", admin.moduleState("problem"));
    TreeSet<String> with = paths();
    assertTrue(with.containsAll(before) && with.size() > before.size());
    assertTrue(admin.get("/ticket-types").text().contains("\"problem\""));
    admin.operate("uninstall", "problem");
    assertEquals(before, paths());
    assertFalse(admin.get("/ticket-types").text().contains("\"problem\""));
    admin.get("/problem/known-errors").expect(404);
  }

  @Test
  void removalKeepsEveryRecordAndReinstallationBringsItBackUnchanged() {
    admin.operate("install", "problem");
    String problem = admin.ticket("problem", "Root of " + mark);
    List<String> incidents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String incident = admin.ticket("incident", "Symptom " + mark + " " + i);
      admin.link(problem, "problem.causes", incident);
      incidents.add(incident);
    }
    JsonNode before = admin.get("/tickets/" + problem).expect(200).json();
    String linksBefore = admin.get("/tickets/" + problem + "/links").expect(200).text();

    admin.operate("uninstall", "problem");
    Api.Answer gone = admin.get("/tickets/" + problem).expect(200);
    assertEquals("problem", gone.json().path("moduleMissing").asText());
    assertEquals(before.path("subject"), gone.json().path("subject"));
    assertEquals(before.path("fields"), gone.json().path("fields"));
    admin
        .patch("/tickets/" + problem, Map.of("subject", "z"), gone.header("ETag").orElseThrow())
        .expect(409);
    admin
        .post("/tickets/" + problem + "/comments", Map.of("body", "z", "visibility", "internal"))
        .expect(409);
    for (String incident : incidents) {
      JsonNode links = admin.get("/tickets/" + incident + "/links").expect(200).json();
      JsonNode other = links.path("items").path(0).path("ticket");
      assertEquals(problem, other.path("key").asText(), links.toString());
      assertEquals("problem", other.path("moduleMissing").asText(), links.toString());
    }
    assertTrue(admin.get("/search?q=Root%20" + mark).expect(200).text().contains(problem));

    admin.operate("install", "problem");
    assertEquals(before, admin.get("/tickets/" + problem).expect(200).json());
    assertEquals(linksBefore, admin.get("/tickets/" + problem + "/links").expect(200).text());
  }

  @Test
  void aPublishedWorkaroundReachesLinkedIncidentsOnce() {
    admin.operate("install", "problem");
    String problem = admin.ticket("problem", "Blank pages " + mark);
    String incident = admin.ticket("incident", "Empty paper " + mark);
    admin.link(problem, "problem.causes", incident);
    change(
        problem,
        Map.of("rootCause", "Firmware 2.4", "workaround", "Switch it *off* and on " + mark));
    for (String transition : List.of("assess", "analyse", "confirm-known-error")) {
      admin
          .post("/tickets/" + problem + "/transitions", Map.of("transition", transition))
          .expect(200);
    }
    publish(problem);
    publish(problem);
    assertEquals(1, count(incident, "Switch it *off* and on " + mark));

    String late = admin.ticket("incident", "Empty paper, too " + mark);
    admin.link(problem, "problem.causes", late);
    assertEquals(1, count(late, "Switch it *off* and on " + mark));

    JsonNode known = admin.get("/problem/known-errors").expect(200).json().path("items").path(0);
    assertEquals(problem, known.path("key").asText());
    assertEquals(2, known.path("incidents").asInt());
    assertEquals(
        "<p>Switch it <em>off</em> and on " + mark + "</p>",
        known.path("workaroundHtml").asText().strip());
    admin.operate("uninstall", "problem");
  }

  private void publish(String problem) {
    Api.Answer answer =
        admin.post(
            "/tickets/" + problem + "/actions/problem.publish-workaround",
            Map.of("values", Map.of()));
    assertTrue(answer.status() < 300, answer.text());
  }

  private int count(String ticket, String words) {
    int n = 0;
    for (JsonNode item :
        admin.get("/tickets/" + ticket + "/comments").expect(200).json().path("items")) {
      if (item.path("body").asText().contains(words)) {
        n++;
      }
    }
    return n;
  }

  private void change(String key, Map<String, Object> fields) {
    String etag = admin.get("/tickets/" + key).expect(200).header("ETag").orElseThrow();
    admin.patch("/tickets/" + key, Map.of("fields", fields), etag).expect(200);
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
}
