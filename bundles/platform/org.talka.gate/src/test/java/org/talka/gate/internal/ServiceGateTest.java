/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.gate.CircuitState;
import org.talka.gate.Extension;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;
import org.talka.gate.GateListener;
import org.talka.gate.Harm;

@Timeout(10)
class ServiceGateTest {
  /** Not the common pool, which has one thread on a small machine. */
  private static final Executor ANOTHER_THREAD = work -> new Thread(work).start();

  private static final CircuitRules RULES =
      new CircuitRules(20, 5, 10, Duration.ofSeconds(5), Duration.ofSeconds(20), 2);

  private final AtomicLong nanos = new AtomicLong();
  private final FakeRegistry registry = new FakeRegistry();
  private final ServiceGate gate = new ServiceGate(registry.context(), RULES, nanos::get);

  @ExtensionPoint(kind = ExtensionPoint.Kind.OBSERVER, budgetMillis = 60)
  interface Point {
    String answer();
  }

  interface NoPoint {}

  @AfterEach
  void stop() {
    gate.stop();
  }

  private ServiceReference<?> register(String module, Point service) {
    return registry.register(
        Point.class, () -> service, module, Map.of("component.name", "org.example.Some"));
  }

  @Test
  void opensOnlyWhatIsAnExtensionPoint() {
    assertThrows(IllegalArgumentException.class, () -> gate.open(NoPoint.class));
  }

  @Test
  void callsTheDesksOwnExtensionsAlwaysAndAModulesWhenAdmitted() {
    Extensions<Point> points = gate.open(Point.class);
    register("", () -> "core");
    register("problem", () -> "problem");
    assertEquals(List.of("core"), answers(points));
    gate.admit("problem");
    assertEquals(List.of("core", "problem"), answers(points));
    gate.withdraw("problem", Duration.ZERO);
    assertEquals(List.of("core"), answers(points));
  }

  @Test
  void knowsTheModuleFromTheBundlesHeader() {
    Extensions<Point> points = gate.open(Point.class);
    register("problem", () -> "x");
    gate.admit("problem");
    assertEquals("problem", points.all().get(0).module());
    assertEquals("org.example.Some", points.all().get(0).name());
  }

  @Test
  void ordersByRankingAndThenByAge() {
    Extensions<Point> points = gate.open(Point.class);
    registry.register(Point.class, () -> () -> "low", "", Map.of());
    registry.register(Point.class, () -> () -> "high", "", Map.of(Constants.SERVICE_RANKING, 10));
    registry.register(Point.class, () -> () -> "young", "", Map.of());
    assertEquals(List.of("high", "low", "young"), answers(points));
  }

  @Test
  void fetchesAServiceAtItsFirstCallAndNotBefore() {
    Extensions<Point> points = gate.open(Point.class);
    register("", () -> "x");
    points.all();
    assertEquals(0, registry.fetched());
    answers(points);
    answers(points);
    assertEquals(1, registry.fetched());
  }

  @Test
  void findsByAProperty() {
    Extensions<Point> points = gate.open(Point.class);
    registry.register(Point.class, () -> () -> "a", "", Map.of("key", "one"));
    registry.register(Point.class, () -> () -> "b", "", Map.of("key", new String[] {"two"}));
    assertEquals("a", points.named("key", "one").orElseThrow().call(Point::answer));
    assertTrue(points.named("key", "three").isEmpty());
    assertEquals(java.util.Set.of("two"), points.all().get(1).strings("key"));
  }

  @Test
  void passesADomainRefusalUnchanged() {
    DomainException refusal = DomainException.conflict("error.some");
    Extension<Point> extension = admitted("problem", () -> thrown(refusal));
    assertSame(refusal, assertThrows(DomainException.class, () -> extension.call(Point::answer)));
    assertEquals(0, report().errors());
  }

  @Test
  void passesTheDatabasesFailuresUnchanged() {
    ConcurrentChangeException lost = new ConcurrentChangeException("lost", null);
    Extension<Point> extension = admitted("problem", () -> thrown(lost));
    assertSame(
        lost, assertThrows(ConcurrentChangeException.class, () -> extension.call(Point::answer)));
  }

  @Test
  void namesTheModuleWhenAnExtensionFails() {
    Extension<Point> extension =
        admitted("problem", () -> thrown(new IllegalStateException("no!")));
    DomainException said = assertThrows(DomainException.class, () -> extension.call(Point::answer));
    assertEquals(ErrorKind.CONFLICT, said.kind());
    assertEquals("error.gate.failed", said.text().key());
    assertEquals("problem", said.text().args().get("module"));
    assertEquals(1, report().errors());
    assertEquals(1, report().calls());
    assertEquals(0, report().inFlight());
  }

  @Test
  void containsALinkageErrorAndAnEndlessRecursion() {
    Extension<Point> linkage =
        admitted(
            "problem",
            () -> {
              throw new NoClassDefFoundError("gone");
            });
    assertThrows(DomainException.class, () -> linkage.call(Point::answer));
    Extension<Point> endless = admitted("other", ServiceGateTest::endless);
    assertThrows(DomainException.class, () -> endless.call(Point::answer));
  }

  private static String endless() {
    return endless() + "x";
  }

  @Test
  void refusesACallThroughAHandleOfAWithdrawnModule() {
    Extension<Point> extension = admitted("problem", () -> "x");
    gate.withdraw("problem", Duration.ZERO);
    DomainException said = assertThrows(DomainException.class, () -> extension.call(Point::answer));
    assertEquals(ErrorKind.UNAVAILABLE, said.kind());
    assertTrue(said.retryAfter().isPresent());
    assertFalse(extension.tell(Point::answer));
  }

  @Test
  void letsTheLifeCycleCallAModuleBeforeItIsAdmitted() {
    Extensions<Point> points = gate.open(Point.class);
    register("problem", () -> "early");
    assertEquals("early", points.of("problem").get(0).call(Point::answer));
  }

  @Test
  void withdrawalWaitsForACallInFlight() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Extension<Point> extension =
        admitted(
            "problem",
            () -> {
              inside.countDown();
              awaitQuietly(go);
              return "done";
            });
    CompletableFuture<String> call =
        CompletableFuture.supplyAsync(() -> extension.call(Point::answer), ANOTHER_THREAD);
    assertTrue(inside.await(5, TimeUnit.SECONDS));
    assertFalse(gate.withdraw("problem", Duration.ofMillis(5)));
    CompletableFuture<Boolean> withdrawn =
        CompletableFuture.supplyAsync(
            () -> gate.withdraw("problem", Duration.ofSeconds(5)), ANOTHER_THREAD);
    go.countDown();
    assertTrue(withdrawn.get());
    assertEquals("done", call.get());
  }

  @Test
  void givesUpAStuckObserverAndStillTellsThoseOfOtherModules() {
    CountDownLatch never = new CountDownLatch(1);
    Extension<Point> stuck =
        admitted(
            "problem",
            () -> {
              awaitUninterruptibly(never);
              return "";
            });
    AtomicInteger told = new AtomicInteger();
    Extension<Point> well = admitted("other", () -> String.valueOf(told.incrementAndGet()));
    for (int i = 0; i < Admission.OBSERVERS_PER_MODULE + 1; i++) {
      assertFalse(stuck.tell(Point::answer));
    }
    assertTrue(well.tell(Point::answer));
    assertEquals(1, told.get());
    ExtensionReport report =
        gate.report().stream().filter(r -> r.module().equals("problem")).findFirst().orElseThrow();
    assertEquals(Admission.OBSERVERS_PER_MODULE, report.inFlight());
    assertEquals(Admission.OBSERVERS_PER_MODULE + 1, report.errors());
    never.countDown();
  }

  @Test
  void takesAModuleOutOfEveryListBeforeItWaitsForCallsInFlight() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Extensions<Point> points = gate.open(Point.class);
    register(
        "problem",
        () -> {
          inside.countDown();
          awaitQuietly(go);
          return "done";
        });
    gate.admit("problem");
    Extension<Point> extension = points.all().get(0);
    CountDownLatch refreshed = new CountDownLatch(1);
    points.onChange(refreshed::countDown);
    CompletableFuture<String> call =
        CompletableFuture.supplyAsync(() -> extension.call(Point::answer), ANOTHER_THREAD);
    assertTrue(inside.await(5, TimeUnit.SECONDS));
    CompletableFuture<Boolean> withdrawn =
        CompletableFuture.supplyAsync(
            () -> gate.withdraw("problem", Duration.ofSeconds(8)), ANOTHER_THREAD);
    assertTrue(refreshed.await(5, TimeUnit.SECONDS));
    assertEquals(List.of(), points.all());
    assertFalse(withdrawn.isDone());
    assertEquals(java.util.Optional.empty(), extension.callIfOpen(Point::answer));
    assertFalse(extension.runIfOpen(Point::answer));
    go.countDown();
    assertTrue(withdrawn.get());
    assertEquals("done", call.get());
  }

  @Test
  void anObserverThatWasGivenUpHoldsUpNoWithdrawal() {
    CountDownLatch never = new CountDownLatch(1);
    Extension<Point> stuck =
        admitted(
            "problem",
            () -> {
              awaitUninterruptibly(never);
              return "";
            });
    assertFalse(stuck.tell(Point::answer));
    assertEquals(1, report().stuck());
    assertTrue(gate.withdraw("problem", Duration.ZERO));
    never.countDown();
  }

  @Test
  void containsEveryErrorButThoseOfTheMachine() {
    Extension<Point> any =
        admitted(
            "problem",
            () -> {
              throw new Error("made up");
            });
    assertThrows(DomainException.class, () -> any.call(Point::answer));
    assertFalse(any.tell(Point::answer));
    Extension<Point> machine =
        admitted(
            "other",
            () -> {
              throw new InternalError("broken");
            });
    assertThrows(InternalError.class, () -> machine.call(Point::answer));
    assertThrows(InternalError.class, () -> machine.tell(Point::answer));
  }

  @Test
  void stopsCallingWhatFailsAndTriesItAgainLater() {
    List<String> heard = new ArrayList<>();
    gate.listen(
        new GateListener() {
          @Override
          public void circuit(ExtensionReport extension) {
            heard.add(extension.module() + " " + extension.circuit());
          }

          @Override
          public void harm(String module, Harm harm, String detail) {
            heard.add(module + " " + harm + " " + detail);
          }
        });
    AtomicInteger calls = new AtomicInteger();
    Extension<Point> extension =
        admitted(
            "problem",
            () -> {
              if (calls.incrementAndGet() <= 5) {
                throw new IllegalStateException("no!");
              }
              return "well";
            });
    for (int i = 0; i < 5; i++) {
      DomainException said =
          assertThrows(DomainException.class, () -> extension.call(Point::answer));
      assertEquals(ErrorKind.CONFLICT, said.kind());
    }
    assertEquals(CircuitState.OPEN, report().circuit());
    DomainException said = assertThrows(DomainException.class, () -> extension.call(Point::answer));
    assertEquals(ErrorKind.UNAVAILABLE, said.kind());
    assertFalse(extension.available());
    assertFalse(extension.tell(Point::answer));
    assertEquals(5, calls.get());
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertTrue(extension.available());
    assertEquals("well", extension.call(Point::answer));
    assertTrue(extension.tell(Point::answer));
    assertEquals(List.of("problem OPEN", "problem CLOSED"), heard);
    gate.accuse("problem", Harm.FLOOD, "1000/s");
    gate.accuse("core", Harm.FLOOD, "1000/s");
    assertEquals("problem FLOOD 1000/s", heard.get(2));
    assertEquals(3, heard.size());
  }

  @Test
  void neverStopsCallingTheDesksOwn() {
    Extension<Point> extension = admitted("", () -> thrown(new IllegalStateException("no!")));
    for (int i = 0; i < 20; i++) {
      DomainException said =
          assertThrows(DomainException.class, () -> extension.call(Point::answer));
      assertEquals(ErrorKind.CONFLICT, said.kind());
    }
  }

  @Test
  void keepsAnObserversFailureFromTheCaller() {
    Extension<Point> extension =
        admitted("problem", () -> thrown(new IllegalStateException("no!")));
    assertFalse(extension.tell(Point::answer));
    assertEquals(1, report().errors());
  }

  @Test
  void countsAnOverrun() {
    Extension<Point> extension =
        admitted(
            "problem",
            () -> {
              long end = System.nanoTime() + Duration.ofMillis(70).toNanos();
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              return "";
            });
    extension.call(Point::answer);
    assertEquals(1, report().overruns());
    assertTrue(report().p95Micros() >= 60_000);
  }

  @Test
  void forgetsAnExtensionThatIsGoneAndTellsItsListeners() {
    Extensions<Point> points = gate.open(Point.class);
    List<Integer> sizes = new ArrayList<>();
    points.onChange(() -> sizes.add(points.all().size()));
    ServiceReference<?> reference = register("", () -> "x");
    registry.unregister(reference);
    assertEquals(List.of(1, 0), sizes);
  }

  private Extension<Point> admitted(String module, Point service) {
    Extensions<Point> points = gate.open(Point.class);
    register(module, service);
    gate.admit(module);
    String owner = module.isEmpty() ? "core" : module;
    return points.all().stream().filter(e -> e.module().equals(owner)).findFirst().orElseThrow();
  }

  private ExtensionReport report() {
    return gate.report().get(0);
  }

  private static List<String> answers(Extensions<Point> points) {
    return points.all().stream().map(extension -> extension.call(Point::answer)).toList();
  }

  private static String thrown(RuntimeException failure) {
    throw failure;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException ignored) {
        // that is what a badly written extension does
      }
    }
  }
}
