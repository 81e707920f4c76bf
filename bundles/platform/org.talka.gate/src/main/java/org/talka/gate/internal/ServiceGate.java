/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.gate.GateListener;
import org.talka.gate.Harm;

/** The gate over the OSGi service registry. */
@Component(configurationPid = "org.talka.gate")
public final class ServiceGate implements Gate {
  /** Bundles without the header belong to the desk itself. */
  static final String CORE = "core";

  private static final String HEADER = "Talka-Module";

  private static final Logger LOG = LoggerFactory.getLogger(ServiceGate.class);

  private final BundleContext context;
  private final Map<String, Admission> admissions = new ConcurrentHashMap<>();
  private final List<GatedPoint<?>> points = new CopyOnWriteArrayList<>();
  private final List<GateListener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService observers = ObserverThreads.create();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "talka-gate-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final GateParts parts;

  /** When the circuit of an extension opens and closes; see {@code docs/administration.md}. */
  public @interface Configuration {
    /** How many of the latest calls are looked at. */
    int circuit_recent() default 20;

    /** So many of them failed: open. */
    int circuit_errors() default 5;

    /** So many of them took far too long: open. */
    int circuit_overruns() default 10;

    /** Seconds until an open circuit is tried, twice as long after each try that failed. */
    int circuit_pause() default 5;

    /** And no longer than this, in seconds. */
    int circuit_longest_pause() default 300;

    /** Tries in a row that must be fine. */
    int circuit_probes() default 3;
  }

  @Activate
  public ServiceGate(BundleContext context, Configuration configuration) {
    this(
        context,
        new CircuitRules(
            configuration.circuit_recent(),
            configuration.circuit_errors(),
            configuration.circuit_overruns(),
            Duration.ofSeconds(configuration.circuit_pause()),
            Duration.ofSeconds(configuration.circuit_longest_pause()),
            configuration.circuit_probes()),
        System::nanoTime);
    watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  ServiceGate(BundleContext context, CircuitRules rules, LongSupplier nanos) {
    this.context = context;
    this.parts = new GateParts(observers, rules, nanos, this::circuitChanged);
  }

  @Deactivate
  void stop() {
    watch.shutdownNow();
    points.forEach(GatedPoint::close);
    observers.shutdownNow();
  }

  private void look() {
    try {
      points.forEach(GatedPoint::look);
    } catch (RuntimeException unexpected) {
      LOG.error("Looking for calls that do not come back failed", unexpected);
    }
  }

  private void circuitChanged(ExtensionReport extension) {
    tell(listener -> listener.circuit(extension));
  }

  private void tell(Consumer<GateListener> what) {
    for (GateListener listener : listeners) {
      try {
        what.accept(listener);
      } catch (RuntimeException failure) {
        LOG.error("{} failed to hear of a module", listener.getClass().getName(), failure);
      }
    }
  }

  @Override
  public void listen(GateListener listener) {
    listeners.add(listener);
  }

  @Override
  public void unlisten(GateListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void accuse(String moduleId, Harm harm, String detail) {
    if (!CORE.equals(moduleId)) {
      tell(listener -> listener.harm(moduleId, harm, detail));
    }
  }

  @Override
  public <T> Extensions<T> open(Class<T> point) {
    GatedPoint<T> opened =
        new GatedPoint<>(context, point, this::admissionOf, parts, points::remove);
    points.add(opened);
    opened.start();
    return opened;
  }

  @Override
  public List<ExtensionReport> report() {
    List<ExtensionReport> reports = new ArrayList<>();
    points.forEach(point -> reports.addAll(point.report()));
    return List.copyOf(reports);
  }

  @Override
  public boolean admitted(String moduleId) {
    return admission(moduleId).isOpen();
  }

  @Override
  public void admit(String moduleId) {
    admission(moduleId).open();
    points.forEach(GatedPoint::refresh);
  }

  @Override
  public boolean withdraw(String moduleId, Duration wait) {
    if (CORE.equals(moduleId)) {
      throw new IllegalArgumentException("The desk itself can't be withdrawn");
    }
    Admission admission = admission(moduleId);
    admission.close();
    // before waiting: nobody shall meet a closed extension because a call in flight takes its time
    points.forEach(GatedPoint::refresh);
    return admission.awaitEmpty(wait);
  }

  private Admission admission(String moduleId) {
    return admissions.computeIfAbsent(moduleId, id -> new Admission(id, CORE.equals(id)));
  }

  private Admission admissionOf(ServiceReference<?> reference) {
    return admission(moduleOf(reference.getBundle()));
  }

  /** The module's id: what stands before the header's first semicolon. */
  private static String moduleOf(Bundle bundle) {
    String header = bundle == null ? null : bundle.getHeaders("").get(HEADER);
    return header == null ? CORE : header.split(";", 2)[0].trim();
  }
}
