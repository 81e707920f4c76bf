/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The server dies like in a power cut at a chosen moment of an operation on a module. Within a
 * minute of its next start the desk is up, one version is whole, and nothing is locked.
 *
 * <p>The moments that matter most run always; all of them with {@code -Dtalka.crash.all=true},
 * those of some actions with {@code -Dtalka.crash.all=install,purge}.
 */
class ModuleCrashTest {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  /** {@code true}, or the actions that are tried at all of their moments. */
  private static final String ALL = System.getProperty("talka.crash.all", "");

  private static final List<String> INSTALL =
      List.of("INSTALL", "RESOLVE", "MIGRATE", "START", "JOIN", "DECLARE", "ADMIT", "COMMIT");
  private static final List<String> UPDATE =
      List.of(
          "INSTALL", "RESOLVE", "MIGRATE", "DRAIN", "STOP", "START", "JOIN", "DECLARE", "ADMIT",
          "COMMIT", "CLEAN");
  private static final List<String> UNINSTALL =
      List.of("COMMIT", "DRAIN", "WITHDRAW", "STOP", "UNINSTALL");
  private static final List<String> PURGE = List.of("EXPORT", "VERIFY", "COMMIT", "ERASE");
  private static final List<String> IMPORT = List.of("CHECK", "BRING", "COMMIT");

  /** What runs before records are purged: nothing, but they are here. */
  private static final String RECORDS = "records";

  /** Before records come back: they were purged. */
  private static final String PURGED = "purged";

  private final List<String> results = new ArrayList<>();

  /** How often the records were purged. */
  private int purged;

  private static List<String> moments(String action, List<String> steps, String... always) {
    if (!ALL.equals("true") && !ALL.contains(action)) {
      return List.of(always);
    }
    List<String> moments = new ArrayList<>();
    moments.add("BEGIN:after");
    for (String step : steps) {
      moments.add(step + ":before");
      moments.add(step + ":after");
    }
    moments.add("END:before");
    return moments;
  }

  @Test
  void oneVersionIsWholeAfterACrashOnDerby() {
    crash(
        "derby",
        Map.of(),
        moments("install", INSTALL),
        moments("update", UPDATE, "MIGRATE:after", "COMMIT:after"),
        moments("uninstall", UNINSTALL),
        moments("purge", PURGE, "COMMIT:after"),
        moments("import", IMPORT, "BRING:after"));
  }

  @Test
  void oneVersionIsWholeAfterACrashOnPostgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
      crash(
          "postgresql",
          Map.of("TALKA_DB_URL", url, "TALKA_DB_USER", "postgres", "TALKA_DB_PASSWORD", "postgres"),
          moments("install", INSTALL),
          moments("update", UPDATE, "MIGRATE:after"),
          moments("uninstall", UNINSTALL),
          moments("purge", PURGE),
          moments("import", IMPORT));
      if (!ALL.isEmpty()) {
        return; // the last crash was not of an update
      }
      // whatever else the crash left: version 1.0.0 has one table, each update another
      try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
          ResultSet tables =
              connection
                  .getMetaData()
                  .getTables(null, null, "sample\\_%", new String[] {"TABLE"})) {
        List<String> names = new ArrayList<>();
        while (tables.next()) {
          names.add(tables.getString("TABLE_NAME"));
        }
        assertEquals(runsTheNewVersion() ? 2 : 1, names.size(), names.toString());
      }
    }
  }

  private boolean runsTheNewVersion() {
    return results.get(results.size() - 1).endsWith("2.0.0");
  }

  private void crash(
      String name,
      Map<String, String> environment,
      List<String> installing,
      List<String> updating,
      List<String> uninstalling,
      List<String> purging,
      List<String> importing) {
    Path home = Distribution.unpack("module-crash-" + name);
    Path data = Distribution.work().resolve("module-crash-" + name + "-data");
    Distribution.delete(data);
    byte[] one = sample("1.0.0", 1).jar(home);
    byte[] two = sample("2.0.0", 2).jar(home);
    List<Death> deaths = new ArrayList<>();
    installing.forEach(m -> deaths.add(new Death(m, "upload", one, "", List.of("1.0.0", ""))));
    updating.forEach(
        m -> deaths.add(new Death(m, "upload", two, "1.0.0", List.of("1.0.0", "2.0.0"))));
    uninstalling.forEach(
        m -> deaths.add(new Death(m, "uninstall", null, "1.0.0", List.of("1.0.0", ""))));
    purging.forEach(m -> deaths.add(new Death(m, "purge", null, RECORDS, List.of(""))));
    importing.forEach(m -> deaths.add(new Death(m, "import", null, PURGED, List.of(""))));
    try (TalkaProcess talka = new TalkaProcess(home, data, environment).start()) {
      prepare(talka.admin(), home, deaths.get(0).before());
      talka.stop();
    }
    for (int i = 0; i < deaths.size(); i++) {
      die(new TalkaProcess(home, data, doomed(environment, deaths.get(i))), deaths.get(i));
      try (TalkaProcess talka = new TalkaProcess(home, data, environment)) {
        Api admin = check(talka, deaths.get(i));
        if (i + 1 < deaths.size()) {
          prepare(admin, home, deaths.get(i + 1).before());
        }
        talka.stop();
      }
    }
    results.forEach(System.out::println);
  }

  private static SampleModule sample(String version, int changes) {
    StringBuilder changelog = new StringBuilder();
    for (int i = 1; i <= changes; i++) {
      changelog.append(
          "<changeSet id=\"%d, a table\" author=\"x\"><createTable tableName=\"sample_t%d\">"
                  .formatted(i, i)
              + "<column name=\"id\" type=\"bigint\"><constraints primaryKey=\"true\""
              + " nullable=\"false\"/></column></createTable></changeSet>");
    }
    return new SampleModule("sample", version).activator("", "").changelog(changelog.toString());
  }

  /**
   * @param action {@code upload}, or what is planned
   * @param archive to bring
   * @param before the version that runs; empty when none does
   * @param allowed the versions of which one may run afterwards
   */
  private record Death(
      String moment, String action, byte[] archive, String before, List<String> allowed) {}

  private static Map<String, String> doomed(Map<String, String> environment, Death death) {
    Map<String, String> doomed = new HashMap<>(environment);
    doomed.put("TALKA_JAVA_OPTS", "-Dtalka.test.halt=" + death.moment());
    return doomed;
  }

  private static void die(TalkaProcess doomed, Death death) {
    try (TalkaProcess talka = doomed.start()) {
      Api admin = talka.admin();
      try {
        Api.Answer plan =
            switch (death.action()) {
              case "upload" -> admin.upload("sample.jar", death.archive());
              case "import" -> admin.post("/modules/imports", Map.of("file", export(admin)));
              default ->
                  admin.post(
                      "/modules/plans", Map.of("action", death.action(), "module", "sample"));
            };
        Map<String, String> confirm =
            death.action().equals("purge") ? Map.of("confirm", "sample") : null;
        admin.ended(admin.apply(plan, confirm), A_MINUTE);
      } catch (UncheckedIOException gone) {
        talka.awaitEnd();
        // each death is one of its own, not the second of a crash loop, after which it would wait
        Distribution.delete(talka.data().resolve("modules"));
        return;
      }
      throw new AssertionError("the server did not die at " + death.moment());
    }
  }

  private Api check(TalkaProcess talka, Death death) {
    long start = System.nanoTime();
    Api admin = talka.start().admin();
    Wait.that(
        "nothing is under way after " + death.moment(),
        A_MINUTE,
        () ->
            !admin.get("/modules/operations").text().contains("\"running\"")
                && List.of("ACTIVE", "REMOVED", "FAILED", "PURGED")
                    .contains(admin.moduleState("sample")));
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    String runs = runs(admin);
    results.add(death.moment() + " after " + seconds + " s: " + runs);
    assertTrue(seconds < 60, results::toString);
    assertTrue(death.allowed().contains(runs), results::toString);
    if (death.action().equals("purge")) {
      checkPurge(admin, death);
    } else if (death.action().equals("import")) {
      boolean committed =
          death.moment().equals("COMMIT:after") || death.moment().equals("END:before");
      assertEquals(
          committed ? "REMOVED" : "PURGED", admin.moduleState("sample"), results::toString);
    }
    return admin;
  }

  /** Before the commit everything is as it was, after it everything is in the export and gone. */
  private void checkPurge(Api admin, Death death) {
    String state = admin.moduleState("sample");
    boolean committed =
        PURGE.indexOf("COMMIT") < PURGE.indexOf(death.moment().split(":")[0])
            || death.moment().equals("COMMIT:after")
            || death.moment().equals("END:before");
    assertEquals(committed ? "PURGED" : "REMOVED", state, results::toString);
    int exports = admin.get("/modules/exports").expect(200).json().path("items").size();
    if (!committed) {
      assertEquals(purged, exports, () -> "an export without a purge: " + results);
    } else {
      purged++;
      assertEquals(purged, exports, results::toString);
    }
  }

  private static String export(Api admin) {
    return admin.get("/modules/exports").expect(200).json().at("/items/0/file").asText();
  }

  /** The version that runs; empty when none does. */
  private static String runs(Api admin) {
    Api.Answer module = admin.get("/modules/sample");
    JsonNode json = module.json();
    return module.status() == 200 && json.path("state").asText().equals("ACTIVE")
        ? json.path("version").asText()
        : "";
  }

  /** Nothing may be in the way of what an administrator does next. */
  private void prepare(Api admin, Path home, String wanted) {
    String runs = runs(admin);
    if (wanted.equals(PURGED)) {
      if (!admin.moduleState("sample").equals("PURGED")) {
        prepare(admin, home, RECORDS);
        Api.Answer plan =
            admin.post("/modules/plans", Map.of("action", "purge", "module", "sample"));
        String purge = admin.apply(plan, Map.of("confirm", "sample"));
        assertEquals("succeeded", admin.ended(purge, A_MINUTE).path("state").asText());
        purged++;
      }
    } else if (wanted.equals(RECORDS)) {
      if (!admin.moduleState("sample").equals("REMOVED")) {
        prepare(admin, home, "1.0.0");
        admin.operate("uninstall", "sample");
      }
    } else if (wanted.isEmpty()) {
      if (!runs.isEmpty()) {
        admin.operate("uninstall", "sample");
      }
    } else if (runs.isEmpty()) {
      Api.Answer plan = admin.upload("sample.jar", sample("1.0.0", 1).jar(home));
      assertEquals("succeeded", admin.ended(admin.apply(plan), A_MINUTE).path("state").asText());
    } else if (!runs.equals(wanted)) {
      admin.operate("rollback", "sample");
    }
  }
}
