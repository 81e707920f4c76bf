/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which of several modules makes the desk unwell is found by asking. */
@ExtendWith(SharedTalka.class)
class BisectTest {
  private static final List<String> MODULES = List.of("bisecta", "bisectb", "bisectc");
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private final Api admin;

  BisectTest(RunningTalka talka) {
    this.admin = talka.admin();
  }

  @AfterEach
  void remove() {
    settled(admin.get("/modules/bisect").json());
    settled(act("stop", 200));
    for (String module : MODULES) {
      if (!admin.moduleState(module).equals("REMOVED")) {
        admin.operate("uninstall", module);
      }
    }
  }

  private JsonNode act(String action, int status) {
    return admin.post("/modules/bisect", Map.of("action", action)).expect(status).json();
  }

  private JsonNode settled(JsonNode begun) {
    return begun.path("phase").asText().equals("moving")
        ? Wait.until(
            "modules rest or run",
            A_MINUTE,
            () -> {
              JsonNode now = admin.get("/modules/bisect").expect(200).json();
              return now.path("phase").asText().equals("moving")
                  ? Optional.empty()
                  : Optional.of(now);
            })
        : begun;
  }

  private static boolean holds(JsonNode status, String module) {
    for (JsonNode held : status.path("held")) {
      if (held.asText().equals(module)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void findsTheModuleThatDoesHarmAndLetsTheOthersIn() {
    for (String module : MODULES) {
      admin.install(module + ".jar", new SampleModule(module, "1.0.0").jar(null));
    }
    act("better", 409);
    JsonNode status = settled(act("start", 200));
    assertEquals("asking", status.path("phase").asText());
    act("start", 409);
    int answers = status.path("left").asInt();
    while (status.path("phase").asText().equals("asking")) {
      boolean well = holds(status, "bisectb");
      for (String module : MODULES) {
        assertEquals(
            holds(status, module) ? "QUARANTINED" : "ACTIVE", admin.moduleState(module), module);
      }
      status = settled(act(well ? "better" : "same", 200));
      answers--;
    }
    assertTrue(answers >= 0, "more answers than it said");
    assertEquals("found", status.path("phase").asText());
    assertEquals("bisectb", status.path("found").asText());
    assertEquals("QUARANTINED", admin.moduleState("bisectb"));
    assertEquals("ACTIVE", admin.moduleState("bisecta"));
    assertEquals("none", settled(act("stop", 200)).path("phase").asText());
    assertEquals("ACTIVE", admin.moduleState("bisectb"));
  }
}
