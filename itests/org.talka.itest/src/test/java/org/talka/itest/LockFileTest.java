/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which modules an installation has, in a file, and an installation made as the file says. */
@ExtendWith(SharedTalka.class)
class LockFileTest {
  private static final String ID = "locked";
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private final Api admin;

  LockFileTest(RunningTalka talka) {
    this.admin = talka.admin();
  }

  @AfterEach
  void remove() {
    for (String module : List.of(ID, "problem")) {
      if (List.of("ACTIVE", "DISABLED").contains(admin.moduleState(module))) {
        admin.operate("uninstall", module);
      }
    }
  }

  private void bring(String version) {
    admin.install("locked.jar", new SampleModule(ID, version).jar(null));
  }

  private List<String> compared(JsonNode lock, boolean extra) {
    JsonNode answer =
        admin.post("/modules/lock/comparison?disableExtra=" + extra, lock).expect(200).json();
    List<String> said = new ArrayList<>();
    answer
        .path("differences")
        .forEach(d -> said.add(d.path("kind").asText() + " " + d.path("module").asText()));
    answer
        .path("steps")
        .forEach(
            step -> {
              said.add(step.path("action").asText() + "! " + step.path("module").asText());
              if (step.hasNonNull("blocker")) {
                said.add("blocked");
              }
            });
    return said;
  }

  private JsonNode applied(JsonNode lock, boolean extra) {
    admin.post("/modules/lock/application?disableExtra=" + extra, lock).expect(202);
    return Wait.until(
        "the lock file is applied",
        A_MINUTE,
        () -> {
          JsonNode now = admin.get("/modules/lock/application").expect(200).json();
          return now.path("running").asBoolean()
              ? java.util.Optional.empty()
              : java.util.Optional.of(now);
        });
  }

  @Test
  void anInstallationBecomesWhatTheFileSays() {
    if (!admin.moduleState("problem").equals("ACTIVE")) {
      admin.operate("install", "problem");
    }
    bring("1.0.0");
    bring("2.0.0");
    admin.operate("disable", ID);
    JsonNode lock = admin.get("/modules/lock").expect(200).json();
    assertEquals(List.of(), compared(lock, true));

    admin.operate("enable", ID);
    admin.operate("rollback", ID);
    admin.operate("uninstall", "problem");
    assertEquals(
        List.of(
            "version locked",
            "state locked",
            "missing problem",
            "rollback! locked",
            "disable! locked",
            "install! problem"),
        compared(lock, true));
    JsonNode progress = applied(lock, true);
    progress.path("steps").forEach(step -> assertEquals("done", step.path("state").asText()));
    assertEquals(List.of(), compared(lock, true));
    assertEquals("DISABLED", admin.moduleState(ID));
    assertEquals("ACTIVE", admin.moduleState("problem"));
  }

  @Test
  void whatTheFileDoesNotNameIsDisabledOnlyWhenAsked() {
    bring("1.0.0");
    ObjectNode nothing = (ObjectNode) admin.get("/modules/lock").expect(200).json();
    nothing.putArray("modules");
    assertEquals(List.of("extra locked"), ours(compared(nothing, false)));
    assertEquals(List.of("extra locked", "disable! locked"), ours(compared(nothing, true)));
    applied(nothing, true);
    assertEquals("DISABLED", admin.moduleState(ID));
  }

  private static List<String> ours(List<String> said) {
    return said.stream().filter(line -> line.endsWith(ID)).toList();
  }

  @Test
  void saysWhichArchiveIsNotHereAndWhatIsNoLockFile() {
    ObjectNode lock = (ObjectNode) admin.get("/modules/lock").expect(200).json();
    lock.putArray("modules")
        .addObject()
        .put("id", "unknown")
        .put("version", "1.0.0")
        .put("digest", "a".repeat(64))
        .put("state", "active");
    assertTrue(compared(lock, false).contains("blocked"));
    Api.Answer refused = admin.post("/modules/lock/application", lock).expect(409);
    assertTrue(refused.text().contains("a".repeat(64)), refused.text());
    admin.post("/modules/lock/comparison", Map.of("format", 99)).expect(422);
    admin.post("/modules/lock/comparison", List.of(1)).expect(422);
  }
}
