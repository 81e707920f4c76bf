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

/** Modules whose code does not return: the desk does without them, now and after a crash. */
class ModuleStartTest {
  private static final String ENDLESS =
      "while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } }";

  private TalkaProcess talka;
  private Path home;

  @BeforeEach
  void unpack(TestInfo test) throws IOException {
    String name = "start-" + test.getTestMethod().orElseThrow().getName();
    home = Distribution.unpack(name);
    Files.writeString(
        home.resolve("etc/org.talka.module.cfg"), "start.seconds = 3\ngrace.seconds = 60\n");
    Path data = Distribution.work().resolve(name + "-data");
    Distribution.delete(data);
    talka = new TalkaProcess(home, data, Map.of());
  }

  @AfterEach
  void end() {
    talka.close();
  }

  private byte[] sample(String version) {
    return new SampleModule("sample", version).activator("", "").jar(home);
  }

  private byte[] hanging(String version) {
    return new SampleModule("sample", version).activator(ENDLESS, "").jar(home);
  }

  /** Declares an action that nobody carries out. */
  private byte[] promising(String version) {
    return new SampleModule("sample", version)
        .activator("", "")
        .file(
            "TALKA-INF/module.json",
            "{\"id\":\"sample\",\"actions\":[{\"key\":\"sample.do\",\"on\":[\"incident\"]}]}")
        .jar(home);
  }

  @Test
  void theOldVersionRunsOnBesideANewOneThatHangsAndAfterACrash() {
    talka.start();
    Api admin = talka.admin();
    assertEquals(
        "succeeded",
        admin
            .ended(admin.apply(admin.upload("s.jar", sample("1.0.0"))), Duration.ofSeconds(20))
            .path("state")
            .asText());
    JsonNode empty =
        admin.ended(admin.apply(admin.upload("s.jar", promising("1.5.0"))), Duration.ofSeconds(30));
    assertEquals("rolledBack", empty.path("state").asText(), empty.toString());
    assertTrue(empty.path("error").asText().contains("sample.do"), empty.toString());

    JsonNode update =
        admin.ended(admin.apply(admin.upload("s.jar", hanging("2.0.0"))), Duration.ofSeconds(30));
    assertEquals("rolledBack", update.path("state").asText(), update.toString());
    assertTrue(update.path("error").asText().contains("restart"), update.toString());
    assertEquals("ACTIVE", admin.moduleState("sample"));
    assertEquals("1.0.0", admin.get("/modules/sample").expect(200).json().path("version").asText());

    String hangs = admin.apply(admin.upload("s.jar", hanging("3.0.0")));
    Wait.that(
        "the new version starts",
        Duration.ofSeconds(10),
        () -> admin.get("/modules/operations/" + hangs).text().contains("\"start\""));
    talka.kill();
    talka.start();
    Api again = talka.admin();
    Wait.that(
        "the old version is back",
        Duration.ofSeconds(10),
        () -> again.moduleState("sample").equals("ACTIVE"));
    assertEquals("1.0.0", again.get("/modules/sample").expect(200).json().path("version").asText());
    // nothing is left that would be in the way of the next
    assertEquals(
        "succeeded",
        again
            .ended(again.apply(again.upload("s.jar", sample("4.0.0"))), Duration.ofSeconds(20))
            .path("state")
            .asText());
  }

  @Test
  void aHangingBundleOfTheConsoleDoesNotKeepTheDeskAwayAfterACrash() throws Exception {
    talka.start();
    Path jar = Files.write(talka.data().resolve("hang.jar"), hanging("1.0.0"));
    // as a bundle that was left to be started with the server: this never returns
    Process console = talka.console("bundle:install -s file:" + jar);
    Api admin = talka.admin();
    Wait.that(
        "the bundle hangs in its activator",
        Duration.ofSeconds(20),
        () -> talka.threads().contains("com.example.sample.Activator.start"));
    talka.kill();
    console.destroyForcibly();
    talka.start();
    assertEquals(200, talka.anonymous().get("/health/ready").status());
    assertTrue(admin.get("/tickets?limit=1").status() > 0);
  }
}
