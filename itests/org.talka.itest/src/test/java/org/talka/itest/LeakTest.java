/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A module that is updated again and again leaves nothing behind: no class loader, no thread, no
 * metaspace. {@code -Dtalka.leak.updates=100} for the whole proof.
 */
@Timeout(600)
class LeakTest {
  private static final int UPDATES = Integer.getInteger("talka.leak.updates", 25);
  private static final int WARM = 5;
  private static final int MOST_LOADERS = 2;
  private static final long MOST_METASPACE_KB = 5 * 1024;
  private static final Pattern METASPACE =
      Pattern.compile("Both:.*?([0-9.]+) (KB|MB) \\([^)]*\\) used");

  /** What the server holds after a garbage collection. */
  private record Held(long loaders, long threads, long metaspaceKb) {}

  @Test
  void updatesLeaveNothingBehind() {
    Path home = Distribution.unpack("leak");
    Path data = Distribution.work().resolve("leak-data");
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, Map.of()).start()) {
      Api admin = talka.admin();
      String key = admin.ticket("incident", "Under way");
      try (OpenLoop load =
          OpenLoop.of(
              20,
              List.of(() -> admin.get("/tickets/" + key), () -> admin.get("/tickets?limit=5")))) {
        for (int i = 1; i <= WARM; i++) {
          update(admin, home, i);
        }
        Held before = held(talka);
        for (int i = 1; i <= UPDATES; i++) {
          update(admin, home, WARM + i);
        }
        // the framework lets go of the last one a moment later
        Wait.that(
            "old versions are collected",
            Duration.ofSeconds(30),
            () -> held(talka).loaders() <= before.loaders() + MOST_LOADERS - 1);
        Held after = held(talka);
        System.out.println(UPDATES + " updates: before " + before + ", after " + after);
        assertTrue(after.threads() <= before.threads() + 2, before + " " + after);
        assertTrue(
            after.metaspaceKb() <= before.metaspaceKb() + MOST_METASPACE_KB, before + " " + after);
        assertEquals(List.of(), load.stop().failures());
      }
      assertTrue(
          !admin.get("/health/ready").text().contains("still in memory"),
          admin.get("/health/ready").text());
    }
  }

  private static void update(Api admin, Path home, int version) {
    byte[] archive =
        new SampleModule("leaky", version + ".0.0")
            .activator(
                "Thread waits = new Thread(() -> { try {"
                    + " new java.util.concurrent.CountDownLatch(1).await();"
                    + " } catch (InterruptedException e) { return; } }, \"leaky-waits\");"
                    + " waits.setDaemon(true); waits.start(); THREADS[0] = waits;",
                "THREADS[0].interrupt(); THREADS[0].join(2000);")
            .field("private static final Thread[] THREADS = new Thread[1];")
            .jar(home);
    assertEquals(
        "succeeded",
        admin
            .ended(admin.apply(admin.upload("leaky.jar", archive)), Duration.ofSeconds(60))
            .path("state")
            .asText());
  }

  private static Held held(TalkaProcess talka) {
    talka.jcmd("GC.run");
    String loaders = talka.jcmd("VM.classloader_stats");
    String threads = talka.jcmd("Thread.print");
    Matcher metaspace = METASPACE.matcher(talka.jcmd("VM.metaspace"));
    assertTrue(metaspace.find(), "metaspace");
    double size = Double.parseDouble(metaspace.group(1));
    return new Held(
        loaders.lines().filter(line -> line.contains("BundleClassLoader")).count(),
        threads.lines().filter(line -> line.startsWith("\"")).filter(LeakTest::isOurs).count(),
        Math.round(metaspace.group(2).equals("MB") ? size * 1024 : size));
  }

  /** Pools of the HTTP server and the JVM's own threads grow and shrink with the load. */
  private static boolean isOurs(String line) {
    return line.startsWith("\"leaky") || line.startsWith("\"talka-");
  }
}
