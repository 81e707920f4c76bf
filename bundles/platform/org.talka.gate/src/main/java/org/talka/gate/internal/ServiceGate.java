/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;

/** The gate over the OSGi service registry. */
@Component
public final class ServiceGate implements Gate {
  /** Bundles without the header belong to the desk itself. */
  static final String CORE = "core";

  private static final String HEADER = "Talka-Module";

  private final BundleContext context;
  private final Map<String, Admission> admissions = new ConcurrentHashMap<>();
  private final List<GatedPoint<?>> points = new CopyOnWriteArrayList<>();
  private final ExecutorService observers = ObserverThreads.create();

  @Activate
  public ServiceGate(BundleContext context) {
    this.context = context;
  }

  @Deactivate
  void stop() {
    points.forEach(GatedPoint::close);
    observers.shutdownNow();
  }

  @Override
  public <T> Extensions<T> open(Class<T> point) {
    GatedPoint<T> opened =
        new GatedPoint<>(context, point, this::admissionOf, observers, points::remove);
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
    boolean empty = admission(moduleId).close(wait);
    points.forEach(GatedPoint::refresh);
    return empty;
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
