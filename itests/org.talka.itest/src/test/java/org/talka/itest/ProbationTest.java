/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A new version is watched: one that is ill goes by itself, one that is well may stay. */
class ProbationTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TABLE =
      "<changeSet id=\"%d\" author=\"x\"><createTable tableName=\"sample_t%d\">"
          + "<column name=\"id\" type=\"bigint\"><constraints primaryKey=\"true\""
          + " nullable=\"false\"/></column></createTable></changeSet>";
  private static final String DROP =
      "<changeSet id=\"drop\" author=\"x\" context=\"contract\"><comment>drops the old table"
          + "</comment><dropTable tableName=\"sample_t1\"/></changeSet>";

  private TalkaProcess talka;
  private Path home;

  @BeforeEach
  void unpack(TestInfo test) {
    String name = "probation-" + test.getTestMethod().orElseThrow().getName();
    home = Distribution.unpack(name);
    Path data = Distribution.work().resolve(name + "-data");
    Distribution.delete(data);
    talka = new TalkaProcess(home, data, Map.of());
  }

  @AfterEach
  void end() {
    talka.close();
  }

  private void grace(int seconds) throws IOException {
    Files.writeString(
        home.resolve("etc/org.talka.module.cfg"), "grace.seconds = " + seconds + "\n");
  }

  private byte[] healthy(String version, String changelog) {
    return new SampleModule("sample", version).activator("", "").changelog(changelog).jar(home);
  }

  private byte[] ill(String version, String changelog) {
    return new SampleModule("sample", version)
        .activator(
            "context.registerService(org.talka.api.module.HealthCheck.class,"
                + " () -> new org.talka.api.module.HealthCheck.Health(false,"
                + " org.talka.api.text.Text.of(\"sample.ill\"), java.util.Map.of()), null);",
            "")
        .imports("org.talka.api.module", "org.talka.api.text")
        .changelog(changelog)
        .jar(home);
  }

  private void install(Api admin, byte[] archive) {
    JsonNode ended = admin.ended(admin.apply(admin.upload("s.jar", archive)), SOON);
    assertEquals("succeeded", ended.path("state").asText(), ended.toString());
    assertEquals(0, ended.path("differences").size(), ended.toString());
  }

  @Test
  void aVersionThatIsIllGivesWayToTheOneBeforeByItself() throws IOException {
    grace(60);
    talka.start();
    Api admin = talka.admin();
    String first = TABLE.formatted(1, 1);
    install(admin, healthy("1.0.0", first));
    install(admin, ill("2.0.0", first + TABLE.formatted(2, 2)));
    Wait.that(
        "the version before is back",
        SOON,
        () -> admin.get("/modules/sample").json().path("version").asText().equals("1.0.0"));
    Wait.that("it runs", SOON, () -> admin.moduleState("sample").equals("ACTIVE"));
    JsonNode last = admin.get("/modules/operations").expect(200).json().path("items").path(0);
    assertEquals("rollback", last.path("action").asText());
    assertEquals("core", last.path("actor").asText());
    assertTrue(
        admin.get("/modules/sample").json().path("reason").asText().contains("2.0.0"),
        admin.get("/modules/sample").text());
    // the table of 2.0.0 went with it, so that it can be made again
    install(admin, healthy("2.0.1", first + TABLE.formatted(2, 2)));
  }

  @Test
  void contractChangesWaitForTheGracePeriodAndCloseTheWayBack() throws IOException {
    grace(5);
    talka.start();
    Api admin = talka.admin();
    String first = TABLE.formatted(1, 1);
    install(admin, healthy("1.0.0", first));
    Api.Answer plan = admin.upload("s.jar", healthy("2.0.0", first + DROP));
    assertTrue(plan.json().path("wayBack").asText().contains("drops the old table"), plan.text());
    assertTrue(plan.json().path("databaseChanges").path(0).path("contract").asBoolean());
    JsonNode update = admin.ended(admin.apply(plan), SOON);
    assertEquals("succeeded", update.path("state").asText(), update.toString());
    assertEquals("1.0.0", admin.get("/modules/sample").json().path("previousVersion").asText());
    Wait.that(
        "the way back is closed",
        SOON,
        () -> admin.get("/modules/sample").json().path("previousVersion").asText("").isEmpty());
    Wait.that(
        "the changes are made",
        SOON,
        () -> {
          JsonNode last = admin.get("/modules/operations").json().path("items").path(0);
          return last.path("action").asText().equals("contract")
              && last.path("state").asText().equals("succeeded");
        });
    admin.post("/modules/plans", Map.of("action", "rollback", "module", "sample")).expect(409);
    assertEquals("ACTIVE", admin.moduleState("sample"));
  }
}
