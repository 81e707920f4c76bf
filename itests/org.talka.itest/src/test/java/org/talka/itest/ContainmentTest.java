/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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

/** Modules that do harm, on a server of their own. */
class ContainmentTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private TalkaProcess talka;
  private Path home;
  private Path data;

  @BeforeEach
  void unpack(TestInfo test) throws IOException {
    String name = "containment-" + test.getTestMethod().orElseThrow().getName();
    home = Distribution.unpack(name);
    data = Distribution.work().resolve(name + "-data");
    Distribution.delete(data);
    talka = new TalkaProcess(home, data, Map.of());
    Files.writeString(home.resolve("etc/org.talka.gate.cfg"), "circuit.pause = 1\n");
    // proved at once: what comes later is no reason to go back
    Files.writeString(home.resolve("etc/org.talka.module.cfg"), "grace.seconds = 0\n");
  }

  @AfterEach
  void end() {
    talka.close();
  }

  private void install(Api admin, SampleModule module) {
    JsonNode ended = admin.ended(admin.apply(admin.upload("m.jar", module.jar(home))), SOON);
    assertEquals("succeeded", ended.path("state").asText(), ended.toString());
  }

  private static void state(Api admin, String module, String state) {
    Wait.that(
        module + " is " + state + ", not " + admin.get("/modules/" + module).text(),
        SOON,
        () -> admin.moduleState(module).equals(state));
  }

  private static String reason(Api admin, String module) {
    return admin.get("/modules/" + module).expect(200).json().path("reason").asText();
  }

  @Test
  void aGuardThatFailsIsLeftOutThenItsModuleIsTakenOutAndComesBackWhenItIsMended()
      throws Exception {
    Path broken = data.resolve("broken");
    talka.start();
    Api admin = talka.admin();
    install(
        admin,
        new SampleModule("failing", "1.0.0")
            .activator(
                "context.registerService(org.talka.api.ticket.TicketGuard.class, c -> {"
                    + " if (java.nio.file.Files.exists(java.nio.file.Path.of(\""
                    + broken
                    + "\"))) { throw new Error(\"broken\"); } }, null);",
                "")
            .imports("org.talka.api.ticket"));
    admin.ticket("incident", "well");
    Files.createFile(broken);
    int refused = 0;
    while (create(admin).status() != 201) {
      refused++;
      assertTrue(refused <= 5, "a guard that fails is left out after a few failures");
    }
    state(admin, "failing", "DEGRADED");
    JsonNode guard =
        admin.get("/modules/failing/extensions").expect(200).json().path("items").path(0);
    assertEquals("open", guard.path("circuit").asText(), guard.toString());
    assertEquals("TicketGuard", guard.path("point").asText());
    Wait.that(
        "it is taken out",
        SOON,
        () -> {
          create(admin);
          return admin.moduleState("failing").equals("QUARANTINED");
        });
    assertTrue(reason(admin, "failing").contains("TicketGuard"), reason(admin, "failing"));
    JsonNode notice = admin.get("/ui/contributions").json().path("notices").path(0);
    assertEquals("failing", notice.path("module").asText(), notice.toString());
    assertEquals("quarantine", notice.path("kind").asText());
    Api.Answer path = admin.get("/failing/anything").expect(503);
    assertTrue(path.text().contains("quarantine") && path.text().contains("failing"), path.text());
    create(admin).expect(201);
    admin.post("/modules/unknown/retry", null).expect(404);

    Files.delete(broken);
    admin.post("/modules/failing/retry", null).expect(202);
    state(admin, "failing", "ACTIVE");
    assertEquals(0, admin.get("/ui/contributions").json().path("notices").size());
    admin.post("/modules/failing/retry", null).expect(409);
  }

  private static Api.Answer create(Api admin) {
    return admin.post("/tickets", Map.of("type", "incident", "subject", "contained"));
  }

  @Test
  void aModuleThatTriesToEndTheServerOrFloodsItIsTakenOut() {
    talka.start();
    Api admin = talka.admin();
    install(admin, HostileModules.exiting());
    state(admin, "exiting", "QUARANTINED");
    assertTrue(reason(admin, "exiting").contains("System.exit"), reason(admin, "exiting"));
    install(admin, HostileModules.flooding());
    state(admin, "flooding", "QUARANTINED");
    assertTrue(reason(admin, "flooding").contains("events"), reason(admin, "flooding"));
    create(admin).expect(201);
  }

  @Test
  void aModuleThatTakesTooLongIsTakenOut() throws Exception {
    Files.writeString(
        home.resolve("etc/org.talka.gate.cfg"),
        "circuit.pause = 1\ncircuit.longest.pause = 1\ncircuit.overruns = 3\n");
    talka.start();
    Api admin = talka.admin();
    install(admin, HostileModules.slow());
    createUntilTakenOut(admin, "slow");
    assertTrue(reason(admin, "slow").contains("TicketGuard"), reason(admin, "slow"));
    assertTrue(reason(admin, "slow").contains("beyond their time"), reason(admin, "slow"));
    create(admin).expect(201);
  }

  @Test
  void aModuleThatLeavesThreadsRunningIsTakenOut() {
    talka.start();
    Api admin = talka.admin();
    install(admin, HostileModules.threads());
    createUntilTakenOut(admin, "threads");
    assertTrue(reason(admin, "threads").contains("left-"), reason(admin, "threads"));
    create(admin).expect(201);
  }

  @Test
  void aModuleThatFillsTheMemoryIsTakenOutAndItComesBack() {
    try (TalkaProcess small = new TalkaProcess(home, data, Map.of("TALKA_HEAP", "256m"))) {
      small.start();
      Api admin = small.admin();
      install(admin, HostileModules.memory());
      createUntilTakenOut(admin, "memory");
      assertTrue(reason(admin, "memory").contains("short of memory"), reason(admin, "memory"));
      Wait.that(
          "what it kept is collected",
          SOON,
          () -> !small.jcmd("GC.class_histogram").contains("com.example.memory"));
      for (int i = 0; i < 30; i++) {
        create(admin).expect(201);
      }
    }
  }

  private static void createUntilTakenOut(Api admin, String module) {
    Wait.that(
        module + " is taken out, not " + admin.get("/modules/" + module).text(),
        SOON,
        () -> {
          create(admin);
          return admin.moduleState(module).equals("QUARANTINED");
        });
  }

  @Test
  void aModuleOverWhichTheServerDiedTwiceIsKeptAway() throws Exception {
    Path deadly = data.resolve("deadly");
    talka.start();
    install(
        talka.admin(),
        new SampleModule("deadly", "1.0.0")
            .activator(
                "if (java.nio.file.Files.exists(java.nio.file.Path.of(\""
                    + deadly
                    + "\"))) { new ProcessBuilder(\"kill\", \"-9\", String.valueOf("
                    + "ProcessHandle.current().pid())).start().waitFor(); Thread.sleep(9000); }",
                ""));
    talka.stop();
    Files.createFile(deadly);
    assertThrows(AssertionError.class, talka::start, "the module ends the server");
    assertThrows(AssertionError.class, talka::start, "and again");
    talka.start();
    Api admin = talka.admin();
    assertEquals("QUARANTINED", admin.moduleState("deadly"));
    assertTrue(reason(admin, "deadly").contains("died twice"), reason(admin, "deadly"));
    Files.delete(deadly);
    admin.post("/modules/deadly/retry", null).expect(202);
    state(admin, "deadly", "ACTIVE");
    talka.stop();

    try (TalkaProcess safe = new TalkaProcess(home, data, Map.of("TALKA_SAFE_MODE", "true"))) {
      safe.start();
      JsonNode modules = safe.admin().get("/modules").expect(200).json();
      assertTrue(modules.path("safeMode").asBoolean(), modules.toString());
      assertFalse(safe.admin().moduleState("deadly").equals("ACTIVE"), modules.toString());
    }
    talka.start();
    assertEquals("ACTIVE", talka.admin().moduleState("deadly"));
  }
}
