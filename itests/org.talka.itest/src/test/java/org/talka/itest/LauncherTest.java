/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands of the README, in a checkout of their own. */
@Timeout(180)
class LauncherTest {
  private final Path checkout = Distribution.work().resolve("checkout");
  private final int port = TalkaProcess.freePort();
  private final int sshPort = TalkaProcess.freePort();

  /** What a command said and how it ended. */
  private record Said(int status, String out, String err) {}

  @BeforeEach
  void checkOut() throws IOException {
    Distribution.delete(checkout);
    Path built = Files.createDirectories(checkout.resolve("karaf-assembly/target"));
    for (String folder : List.of("bundles", "features")) {
      Files.createDirectories(checkout.resolve(folder));
    }
    Path root = Path.of("..", "..").toAbsolutePath().normalize();
    Files.copy(root.resolve("talka"), checkout.resolve("talka"));
    assertTrue(checkout.resolve("talka").toFile().setExecutable(true));
    Files.copy(root.resolve("pom.xml"), checkout.resolve("pom.xml"));
    String version = System.getProperty("talka.version");
    Files.copy(Distribution.archive(), built.resolve("talka-assembly-" + version + ".tar.gz"));
  }

  @AfterEach
  void stop() throws Exception {
    talka("stop");
    Distribution.delete(checkout);
  }

  @Test
  void startsShowsAdministersAndStops() throws Exception {
    assertEquals(3, talka("status").status());
    Said start = talka("start");
    assertEquals(0, start.status(), start.err());
    assertTrue(start.out().contains("http://127.0.0.1:" + port), start.out());

    Said list = talka("shell", "talka:module-list");
    assertEquals(new Said(0, list.out(), ""), list);
    assertTrue(list.out().contains("No module is installed"), list.out());
    Said jobs = talka("shell", "talka:job-list");
    assertTrue(jobs.out().contains("core.sessions"), jobs.toString());
    Said ran = talka("shell", "talka:job-run", "core.sessions");
    assertTrue(ran.out().contains("core.sessions runs"), ran.toString());
    Said missing = talka("shell", "talka:job-run", "core.nothing");
    assertTrue((missing.out() + missing.err()).contains("There is no such job."));
    Said unknown = talka("shell", "talka:module-plan", "install", "nosuch");
    assertEquals(1, unknown.status());
    assertTrue((unknown.out() + unknown.err()).contains("There is no module nosuch."));
    Said quoted = talka("shell", "talka:module-quarantine", "nosuch", "it is slow");
    assertEquals(1, quoted.status());
    assertTrue((quoted.out() + quoted.err()).contains("nosuch"), quoted.toString());

    Said second = talka("start");
    assertEquals(1, second.status());
    assertTrue(second.err().contains("Talka runs already"), second.toString());
    assertEquals(0, talka("status").status());
    assertEquals(0, talka("stop").status());
    assertEquals(3, talka("status").status());
    assertEquals(List.of(), Distribution.complaints(checkout.resolve("data")));
  }

  @Test
  void saysInASentenceWhatIsWrong() throws Exception {
    Said none = talka("shell", "talka:module-list");
    assertEquals(1, none.status());
    assertTrue(none.err().contains("start it first"), none.toString());
    Said unknown = talka("begin");
    assertTrue(unknown.status() != 0);
    assertTrue(unknown.err().contains("begin"), unknown.toString());
  }

  private Said talka(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("talka").toString()));
    command.addAll(List.of(words));
    File out = checkout.resolve("out.txt").toFile();
    File err = checkout.resolve("err.txt").toFile();
    // files, because a server that was started keeps the streams that it was given
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.environment().put("TALKA_DATA", checkout.resolve("data").toString());
    builder.environment().put("TALKA_HTTP_PORT", String.valueOf(port));
    builder.environment().put("TALKA_SSH_PORT", String.valueOf(sshPort));
    builder.environment().put("TALKA_ADMIN_PASSWORD", "Correct-horse-9-battery");
    builder.environment().put("TALKA_PREPARE", "no");
    Process process = builder.start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> "does not end: " + command);
    return new Said(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }
}
