/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.talka.gate.Extension;
import org.talka.gate.ExtensionReport;

/** One extension behind the gate. */
final class GatedExtension<T> implements Extension<T> {
  /** Where the log finds the module. */
  static final String MDC_MODULE = "talka.module";

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(GatedExtension.class);

  private final PointTraits point;
  private final ServiceHandle<T> service;
  private final Admission admission;
  private final CallFigures figures;
  private final ExecutorService observers;
  private final boolean evenIfClosed;

  GatedExtension(
      PointTraits point, ServiceHandle<T> service, Admission admission, ExecutorService observers) {
    this(point, service, admission, new CallFigures(), observers, false);
  }

  private GatedExtension(
      PointTraits point,
      ServiceHandle<T> service,
      Admission admission,
      CallFigures figures,
      ExecutorService observers,
      boolean evenIfClosed) {
    this.point = point;
    this.service = service;
    this.admission = admission;
    this.figures = figures;
    this.observers = observers;
    this.evenIfClosed = evenIfClosed;
  }

  /** The same extension for the life cycle, which may call it before it is admitted. */
  GatedExtension<T> forLifeCycle() {
    return new GatedExtension<>(point, service, admission, figures, observers, true);
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

  @Override
  public <R> R call(Function<T, R> work) {
    if (!admission.enter(evenIfClosed)) {
      throw unavailable();
    }
    try {
      return inside(work);
    } catch (DomainException refusal) {
      throw refusal;
    } catch (ConcurrentChangeException | DatabaseUnavailableException database) {
      // the platform's own failures are nobody's fault and have their own answer
      throw database;
    } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
      figures.failed();
      LOG.warn("Extension {} ({}) of module {} failed", name(), point.name(), module(), failure);
      throw failed(failure);
    } finally {
      admission.leave();
    }
  }

  @Override
  public boolean tell(Consumer<T> work) {
    if (!admission.isOpen() && !evenIfClosed) {
      return false;
    }
    long end = System.nanoTime() + point.budgetNanos();
    if (!takePermit(point.budgetNanos())) {
      figures.failed();
      LOG.warn(
          "Extension {} ({}) of module {} was not told: its earlier calls still hang",
          name(),
          point.name(),
          module());
      return false;
    }
    Future<Boolean> told;
    try {
      told = observers.submit(() -> tellInside(work));
    } catch (RejectedExecutionException full) {
      admission.observers().release();
      figures.failed();
      LOG.warn("Extension {} of module {} was not told: no thread is free", name(), module());
      return false;
    }
    return awaitTold(told, end);
  }

  private boolean takePermit(long nanos) {
    try {
      return admission.observers().tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean awaitTold(Future<Boolean> told, long end) {
    try {
      return told.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      // the interruption is a request; until the call returns it keeps one of the module's permits
      told.cancel(true);
      figures.failed();
      LOG.warn(
          "Extension {} ({}) of module {} took longer than {} ms and was given up",
          name(),
          point.name(),
          module(),
          TimeUnit.NANOSECONDS.toMillis(point.budgetNanos()));
      return false;
    } catch (InterruptedException stop) {
      told.cancel(true);
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException severe) {
      throw new IllegalStateException("The virtual machine is in trouble", severe.getCause());
    }
  }

  /** On an observer thread. */
  private boolean tellInside(Consumer<T> work) {
    try {
      if (!admission.enter(evenIfClosed)) {
        return false;
      }
      try {
        inside(
            target -> {
              work.accept(target);
              return null;
            });
        return true;
      } catch (Exception | LinkageError | StackOverflowError | AssertionError failure) {
        figures.failed();
        LOG.warn("Extension {} ({}) of module {} failed", name(), point.name(), module(), failure);
        return false;
      } finally {
        admission.leave();
      }
    } finally {
      admission.observers().release();
    }
  }

  private <R> R inside(Function<T, R> work) {
    String outer = MDC.get(MDC_MODULE);
    MDC.put(MDC_MODULE, module());
    figures.started();
    long start = System.nanoTime();
    try {
      return work.apply(service.get());
    } finally {
      figures.ended(System.nanoTime() - start, point.budgetNanos());
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
    return new ExtensionReport(
        point.name(),
        module(),
        name(),
        admitted(),
        figures.calls(),
        figures.errors(),
        figures.overruns(),
        figures.inFlight(),
        figures.p95Micros());
  }
}
