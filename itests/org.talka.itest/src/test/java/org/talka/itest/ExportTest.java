/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records leave with a module and come back with its export. */
@ExtendWith(SharedTalka.class)
class ExportTest {
  private final RunningTalka talka;

  ExportTest(RunningTalka talka) {
    this.talka = talka;
  }

  /** Several editions of one version differ in their tables, as a maker's own builds do. */
  private static byte[] sample(Path home, String version, int tables) {
    StringBuilder changes = new StringBuilder();
    for (int i = 1; i <= tables; i++) {
      changes.append(
          "<changeSet id=\"%1$d\" author=\"x\"><createTable tableName=\"leaver_t%1$d\">"
                  .formatted(i)
              + "<column name=\"id\" type=\"bigint\"><constraints primaryKey=\"true\""
              + " nullable=\"false\"/></column></createTable></changeSet>");
    }
    return new SampleModule("leaver", version)
        .activator("", "")
        .changelog(changes.toString())
        .jar(home);
  }

  @Test
  void tablesOfAVersionThatWasGivenUpComeBackAsWell() {
    Api admin = talka.admin();
    Path home = Distribution.unpack("export");
    admin.install("leaver.jar", sample(home, "1.0.0", 1));
    admin.install("leaver.jar", sample(home, "2.0.0", 2));
    admin.operate("rollback", "leaver");
    // the version that stays has an edition that was given up, too
    admin.install("leaver.jar", sample(home, "1.0.0", 3));
    admin.operate("rollback", "leaver");
    admin.operate("uninstall", "leaver");
    Api.Answer purge = admin.post("/modules/plans", Map.of("action", "purge", "module", "leaver"));
    succeeded(admin, admin.apply(purge, Map.of("confirm", "leaver")));
    String file = admin.get("/modules/exports").expect(200).json().at("/items/0/file").asText();
    succeeded(admin, admin.apply(admin.post("/modules/imports", Map.of("file", file))));
    assertEquals("REMOVED", admin.moduleState("leaver"));
    admin.operate("install", "leaver");
    admin.install("leaver.jar", sample(home, "3.0.0", 4));
    admin.operate("uninstall", "leaver");
  }

  private static void succeeded(Api admin, String operation) {
    String ended = admin.ended(operation, Duration.ofSeconds(60)).toString();
    assertEquals(true, ended.contains("\"succeeded\""), ended);
  }
}
