/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The desk keeps its pace while modules that do harm come, one after the other, and are taken out.
 * {@code -Dtalka.load.quiet=true} on a machine that does nothing else compares with the pace
 * before.
 */
@Timeout(300)
class HostileLoadTest {
  private static final boolean QUIET = Boolean.getBoolean("talka.load.quiet");
  private static final int PER_SECOND = 50;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final double MOST_RATIO = 1.5;

  /** What is a matter of a millisecond on an idle desk may take this long without being slow. */
  private static final double LEAST_MILLIS = 5;

  @Test
  void theDeskKeepsItsPaceWhileModulesDoHarm() {
    Path home = Distribution.unpack("hostile-load");
    Path data = Distribution.work().resolve("hostile-load-data");
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, Map.of()).start()) {
      Api admin = talka.admin();
      List<Supplier<Api.Answer>> requests = requests(admin);
      for (int i = 0; i < 60 * requests.size(); i++) {
        requests.get(i % requests.size()).get();
      }
      OpenLoop.Result idle;
      try (OpenLoop load = OpenLoop.of(PER_SECOND, requests)) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() - end < 0) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
        idle = load.stop();
      }
      try (OpenLoop load = OpenLoop.of(PER_SECOND, requests)) {
        for (SampleModule module :
            List.of(
                HostileModules.throwing(),
                HostileModules.slow(),
                HostileModules.threads(),
                HostileModules.flooding(),
                HostileModules.exiting())) {
          admin.install("m.jar", module.jar(home));
          Wait.that(
              module.id() + " is taken out",
              SOON,
              () -> admin.moduleState(module.id()).equals("QUARANTINED"));
        }
        OpenLoop.Result meanwhile = load.stop();
        System.out.printf(
            "p95 idle %.1f ms, with modules that do harm %.1f ms; %d of %d requests refused%n",
            idle.p95(), meanwhile.p95(), meanwhile.failures().size(), meanwhile.requests());
        assertTrue(idle.failures().isEmpty(), idle::toString);
        // a guard that fails refuses until it is left out, and says who it is
        assertTrue(
            meanwhile.failures().stream()
                .allMatch(said -> said.contains("error.gate") && said.contains("throwing")),
            meanwhile::toString);
        double most = Math.max(LEAST_MILLIS, MOST_RATIO * idle.p95());
        assertTrue(!QUIET || meanwhile.p95() <= most, idle + " " + meanwhile);
      }
    }
  }

  private static List<Supplier<Api.Answer>> requests(Api admin) {
    String key = admin.ticket("incident", "Pace");
    return List.of(
        () -> admin.get("/tickets/" + key),
        () -> admin.get("/tickets?limit=5"),
        () -> admin.get("/me"),
        () -> admin.get("/ticket-types"),
        () -> admin.post("/tickets", Map.of("type", "incident", "subject", "Pace")),
        () -> admin.get("/tickets/" + key),
        () -> admin.get("/search?q=pace"),
        () -> admin.get("/tickets/" + key + "/transitions"),
        () -> admin.get("/me"),
        () -> admin.get("/tickets/" + key));
  }
}
