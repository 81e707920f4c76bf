/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A module that has a say in everything is installed, updated, rolled back and removed while
 * everybody reads and writes, one request of eight being a write. Twenty seconds of one operation
 * after the other; {@code -Dtalka.load.seconds=120} for the promised two minutes, with an operation
 * every three seconds and the promised latency, which only a quiet machine can keep.
 */
@ExtendWith(SharedTalka.class)
class HotLoadTest {
  private static final int SECONDS = Integer.getInteger("talka.load.seconds", 20);
  private static final int PER_SECOND = Integer.getInteger("talka.load.rate", 200);
  private static final boolean PROMISED = SECONDS >= 120;
  private static final long EVERY_MILLIS = Long.getLong("talka.load.every", PROMISED ? 3_000 : 0);
  private static final double MOST_P99_MILLIS = 300;

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  HotLoadTest(RunningTalka talka) {
    this.talka = talka;
  }

  /** Takes part in every ticket; {@code hangs} with an observer that never comes back. */
  private static byte[] meddler(Path home, String version, boolean hangs) {
    String says = "p.put(\"component.name\", \"Meddler\");";
    return new SampleModule("meddler", version)
        .activator(
            "java.util.Hashtable<String, Object> p = new java.util.Hashtable<>();"
                + says
                + "context.registerService(org.talka.api.ticket.TicketParticipant.class,"
                + " c -> c.after().key(), p);"
                + "context.registerService(org.talka.api.ticket.TicketGuard.class,"
                + " c -> c.after().key(), p);"
                + "context.registerService(org.talka.api.ticket.TransitionCondition.class,"
                + " c -> true, p);"
                + "context.registerService(org.talka.api.security.RecordVisibility.class,"
                + " c -> new org.talka.api.query.Filter.All(), p);"
                + "context.registerService(org.talka.api.search.SearchContributor.class,"
                + " c -> c.addText(\"meddled\", false), p);"
                + "context.registerService(org.talka.api.event.DomainEventListener.class,"
                + (hangs ? " e -> hang(), p);" : " e -> {}, p);"),
            "")
        .hangs()
        .imports(
            "org.talka.api.ticket",
            "org.talka.api.security",
            "org.talka.api.query",
            "org.talka.api.search",
            "org.talka.api.event")
        .jar(home);
  }

  @Test
  void noRequestFailsWhileAModuleThatHasASayInEverythingComesAndGoes() {
    Api admin = talka.admin();
    Path home = Distribution.unpack("hot-load");
    byte[] first = meddler(home, "1.0.0", true);
    // one that hangs would be taken back before anybody asks for it
    byte[] second = meddler(home, "2.0.0", false);
    String key = admin.ticket("incident", "Under load " + mark);
    // several, as in life: a single one would be written to by one after the other
    List<String> talked =
        IntStream.range(0, 20).mapToObj(i -> admin.ticket("incident", "Talk " + mark)).toList();
    AtomicInteger number = new AtomicInteger();
    List<Supplier<Api.Answer>> requests =
        List.of(
            () -> admin.get("/tickets?limit=5"),
            () -> admin.get("/me"),
            () -> admin.get("/tickets/" + key),
            () -> admin.get("/ticket-types"),
            () -> create(admin, number.incrementAndGet()),
            () -> admin.get("/me"),
            () -> admin.get("/search?q=load"),
            () -> admin.get("/tickets/" + key),
            () -> admin.get("/tickets/" + key + "/transitions"),
            () -> admin.get("/ticket-types"),
            () -> comment(admin, talked, number.incrementAndGet()),
            () -> admin.get("/me"),
            () -> admin.get("/tickets/" + key),
            () -> admin.get("/ui/contributions"),
            () -> admin.get("/me"),
            () -> admin.get("/tickets/" + key));
    warmUp(requests);
    List<Runnable> operations =
        List.of(
            () -> admin.install("m.jar", first),
            () -> admin.install("m.jar", second),
            () -> admin.operate("rollback", "meddler"),
            () -> admin.operate("uninstall", "meddler"));
    CoreBundles core = CoreBundles.watch(admin, home);
    List<String> before = core.look();
    int done = 0;
    try (OpenLoop load = OpenLoop.of(PER_SECOND, requests)) {
      long start = System.nanoTime();
      long end = start + Duration.ofSeconds(SECONDS).toNanos();
      while (System.nanoTime() - end < 0 || done % operations.size() != 0) {
        operations.get(done % operations.size()).run();
        done++;
        LockSupport.parkNanos(
            start + done * Duration.ofMillis(EVERY_MILLIS).toNanos() - System.nanoTime());
      }
      OpenLoop.Result result = load.stop();
      System.out.println("hot load, " + done + " operations: " + result);
      assertEquals(List.of(), result.failures());
      assertTrue(result.requests() > SECONDS * PER_SECOND / 2, "too few requests: " + result);
      assertTrue(done >= operations.size(), "the module did not come and go");
      assertTrue(!PROMISED || result.p99() < MOST_P99_MILLIS, result::toString);
    }
    assertEquals(before, core.look(), "the desk's own bundles were touched");
    core.leave();
  }

  /** A server that has just started compiles its code first: that is not what is measured here. */
  private static void warmUp(List<Supplier<Api.Answer>> requests) {
    for (int i = 0; i < 60 * requests.size(); i++) {
      requests.get(i % requests.size()).get();
    }
  }

  private Api.Answer create(Api api, int n) {
    return api.post("/tickets", Map.of("type", "incident", "subject", "Load " + mark + " " + n));
  }

  private static Api.Answer comment(Api api, List<String> keys, int n) {
    return api.post(
        "/tickets/" + keys.get(n % keys.size()) + "/comments",
        Map.of("body", "load " + n, "visibility", "internal"));
  }
}
