/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.text.Text;
import org.talka.gate.CallFigures;
import org.talka.gate.CircuitState;
import org.talka.gate.Extension;
import org.talka.gate.ExtensionReport;
import org.talka.gate.internal.Circuit.Outcome;
import org.talka.gate.internal.Circuit.Pass;

/** One extension behind the gate. */
final class GatedExtension<T> implements Extension<T> {
  /** Where the log finds the module. */
  static final String MDC_MODULE = "talka.module";

  /** Calls inside one extension of a module: fewer than the server has threads for requests. */
  static final int MOST_INSIDE = 24;

  /** One that hangs would fill the log with nothing else. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(GatedExtension.class);

  private final PointTraits point;
  private final ServiceHandle<T> service;
  private final Admission admission;
  private final GateParts parts;
  private final Seen seen;
  private final boolean evenIfClosed;

  /** What is known of it, whatever its properties. */
  private record Seen(CallFigures figures, Circuit circuit, Set<Running> running, Seldom hangs) {}

  /** A participant's call that has not returned. */
  private static final class Running {
    private final long since;
    private final Pass pass;
    private final AtomicBoolean judged = new AtomicBoolean();

    Running(long since, Pass pass) {
      this.since = since;
      this.pass = pass;
    }
  }

  GatedExtension(
      PointTraits point, ServiceHandle<T> service, Admission admission, GateParts parts) {
    this(
        point,
        service,
        admission,
        parts,
        new Seen(
            new CallFigures(),
            new Circuit(parts.rules(), parts.nanos()),
            ConcurrentHashMap.newKeySet(),
            new Seldom(QUIET, parts.nanos())),
        false);
  }

  private GatedExtension(
      PointTraits point,
      ServiceHandle<T> service,
      Admission admission,
      GateParts parts,
      Seen seen,
      boolean evenIfClosed) {
    this.point = point;
    this.service = service;
    this.admission = admission;
    this.parts = parts;
    this.seen = seen;
    this.evenIfClosed = evenIfClosed;
  }

  /** The same extension for the life cycle, which may call it before it is admitted. */
  GatedExtension<T> forLifeCycle() {
    return new GatedExtension<>(point, service, admission, parts, seen, true);
  }

  /** The same extension after its properties have changed. */
  GatedExtension<T> with(ServiceHandle<T> changed) {
    return new GatedExtension<>(point, changed, admission, parts, seen, evenIfClosed);
  }

  boolean admitted() {
    return admission.isOpen();
  }

  @Override
  public String module() {
    return admission.module();
  }

  @Override
  public String name() {
    return service.name();
  }

  @Override
  public Map<String, Object> properties() {
    return service.properties();
  }

  @Override
  public Set<String> strings(String property) {
    Object value = properties().get(property);
    if (value instanceof String one) {
      return Set.of(one);
    }
    if (value instanceof String[] several) {
      return new LinkedHashSet<>(List.of(several));
    }
    if (value instanceof Collection<?> several) {
      Set<String> strings = new LinkedHashSet<>();
      several.forEach(element -> strings.add(String.valueOf(element)));
      return strings;
    }
    return Set.of();
  }

  /** The desk's own extensions are not third parties' code: nobody keeps them from their work. */
  private boolean unguarded() {
    return evenIfClosed || ServiceGate.CORE.equals(module());
  }

  @Override
  public boolean available() {
    return evenIfClosed || admission.isOpen() && (unguarded() || seen.circuit().passable());
  }

  private Pass enterCircuit() {
    if (unguarded()) {
      return Pass.FREE;
    }
    return seen.figures().inFlight() >= MOST_INSIDE ? Pass.NONE : seen.circuit().enter();
  }

  private void leaveCircuit(Pass pass, Outcome outcome) {
    if (seen.circuit().left(pass, outcome)) {
      if (seen.circuit().state() == CircuitState.OPEN) {
        LOG.warn(
            "Extension {} ({}) of module {} fails too often and is not called for a while",
            name(),
            point.name(),
            module());
      } else {
        LOG.info("Extension {} ({}) of module {} works again", name(), point.name(), module());
      }
      parts.circuitChanged().accept(report());
    }
  }

  @Override
  public <R> R call(Function<T, R> work) {
    Pass pass = enter();
    if (pass == Pass.NONE) {
      throw unavailable();
    }
    return called(pass, work);
  }

  @Override
  public <R> Optional<R> callIfOpen(Function<T, R> work) {
    Pass pass = enter();
    return pass == Pass.NONE ? Optional.empty() : Optional.ofNullable(called(pass, work));
  }

  private Pass enter() {
    if (!admission.enter(evenIfClosed)) {
      return Pass.NONE;
    }
    Pass pass = enterCircuit();
    if (pass == Pass.NONE) {
      admission.leave();
    }
    return pass;
  }

  /** The caller has entered. */
  private <R> R called(Pass pass, Function<T, R> work) {
    Running call = new Running(System.nanoTime(), pass);
    seen.running().add(call);
    Outcome outcome = Outcome.NEUTRAL;
    try {
      R answer = inside(work);
      outcome = inTime(call.since);
      return answer;
    } catch (DomainException refusal) {
      outcome = inTime(call.since);
      throw refusal;
    } catch (ConcurrentChangeException | DatabaseUnavailableException database) {
      // the platform's own failures are nobody's fault and have their own answer
      throw database;
    } catch (Throwable failure) {
      passUp(failure);
      outcome = Outcome.FAILED;
      seen.figures().failed();
      LOG.warn("Extension {} ({}) of module {} failed", name(), point.name(), module(), failure);
      throw failed(failure);
    } finally {
      seen.running().remove(call);
      admission.leave();
      if (call.judged.compareAndSet(false, true)) {
        leaveCircuit(pass, outcome);
      } else {
        seen.figures().freed();
      }
    }
  }

  private Outcome inTime(long since) {
    return System.nanoTime() - since > point.lateNanos() ? Outcome.LATE : Outcome.FINE;
  }

  /** Looks for participants that do not come back: they hold the thread of a request. */
  void look() {
    long now = System.nanoTime();
    for (Running call : seen.running()) {
      if (now - call.since > point.stuckNanos()) {
        seen.figures().stuck();
        if (call.judged.compareAndSet(false, true)) {
          seen.figures().failed();
          LOG.warn(
              "Extension {} ({}) of module {} has not come back for {} s",
              name(),
              point.name(),
              module(),
              TimeUnit.NANOSECONDS.toSeconds(now - call.since));
          leaveCircuit(call.pass, Outcome.STUCK);
        } else {
          seen.figures().freed();
        }
      }
    }
  }

  @Override
  public boolean tell(Consumer<T> work) {
    if (!admission.isOpen() && !evenIfClosed) {
      return false;
    }
    Pass pass = enterCircuit();
    if (pass == Pass.NONE) {
      return false;
    }
    Outcome outcome = Outcome.NEUTRAL;
    try {
      outcome = told(work);
    } finally {
      leaveCircuit(pass, outcome);
    }
    return outcome == Outcome.FINE;
  }

  private Outcome told(Consumer<T> work) {
    long end = System.nanoTime() + point.budgetNanos();
    if (!takePermit(point.budgetNanos())) {
      seen.figures().failed();
      seen.hangs()
          .say(
              since ->
                  LOG.warn(
                      "Extension {} ({}) of module {} was not told {} times:"
                          + " earlier calls of the module still hang",
                      name(),
                      point.name(),
                      module(),
                      since));
      return Outcome.FAILED;
    }
    Inside stay = new Inside(admission, seen.figures());
    Future<Outcome> told;
    try {
      told = parts.observers().submit(() -> tellInside(stay, work));
    } catch (RejectedExecutionException full) {
      admission.observers().release();
      LOG.warn("Extension {} of module {} was not told: no thread is free", name(), module());
      // others hold the threads
      return Outcome.NEUTRAL;
    }
    return awaitTold(told, stay, end);
  }

  private boolean takePermit(long nanos) {
    try {
      return admission.observers().tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Outcome awaitTold(Future<Outcome> told, Inside stay, long end) {
    try {
      return told.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      stay.giveUp();
      // the interruption is a request; until the call returns it keeps one of the module's permits
      told.cancel(true);
      seen.figures().failed();
      LOG.warn(
          "Extension {} ({}) of module {} took longer than {} ms and was given up",
          name(),
          point.name(),
          module(),
          TimeUnit.NANOSECONDS.toMillis(point.budgetNanos()));
      return Outcome.FAILED;
    } catch (InterruptedException stop) {
      stay.giveUp();
      told.cancel(true);
      Thread.currentThread().interrupt();
      return Outcome.NEUTRAL;
    } catch (ExecutionException severe) {
      passUp(severe.getCause());
      throw new IllegalStateException(severe.getCause());
    }
  }

  /** On an observer thread. */
  private Outcome tellInside(Inside stay, Consumer<T> work) {
    try {
      if (!stay.enter(evenIfClosed)) {
        return Outcome.NEUTRAL;
      }
      try {
        inside(
            target -> {
              work.accept(target);
              return null;
            });
        return Outcome.FINE;
      } catch (Throwable failure) {
        passUp(failure);
        seen.figures().failed();
        LOG.warn("Extension {} ({}) of module {} failed", name(), point.name(), module(), failure);
        return Outcome.FAILED;
      } finally {
        stay.leave();
      }
    } finally {
      admission.observers().release();
    }
  }

  /** No extension can be blamed for a machine in trouble, and nothing can be promised any more. */
  private static void passUp(Throwable failure) {
    if (failure instanceof VirtualMachineError machine
        && !(failure instanceof StackOverflowError)) {
      throw machine;
    }
  }

  private <R> R inside(Function<T, R> work) {
    String outer = MDC.get(MDC_MODULE);
    MDC.put(MDC_MODULE, module());
    seen.figures().started();
    long allocated = CallFigures.allocatedSoFar();
    long start = System.nanoTime();
    try {
      return work.apply(service.get());
    } finally {
      seen.figures().allocated(CallFigures.allocatedSoFar() - allocated);
      seen.figures().ended(System.nanoTime() - start, point.budgetNanos());
      if (outer == null) {
        MDC.remove(MDC_MODULE);
      } else {
        MDC.put(MDC_MODULE, outer);
      }
    }
  }

  private DomainException failed(Throwable cause) {
    DomainException said =
        DomainException.conflict("error.gate.failed", "module", module(), "point", point.name());
    said.initCause(cause);
    return said;
  }

  private DomainException unavailable() {
    return new DomainException(
        ErrorKind.UNAVAILABLE,
        Text.of("error.gate.unavailable", "module", module()),
        List.of(),
        RETRY_AFTER);
  }

  ExtensionReport report() {
    CallFigures figures = seen.figures();
    return new ExtensionReport(
        point.name(),
        module(),
        name(),
        admitted(),
        figures.calls(),
        figures.errors(),
        figures.overruns(),
        figures.inFlight(),
        figures.p95Micros(),
        figures.stuckNow(),
        seen.circuit().state(),
        seen.circuit().openings(),
        figures.allocated());
  }
}
