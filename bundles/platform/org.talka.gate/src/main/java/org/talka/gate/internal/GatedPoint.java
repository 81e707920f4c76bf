/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.talka.gate.Extension;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;

/** One open extension point: watches the service registry and keeps a snapshot to read. */
final class GatedPoint<T> implements Extensions<T>, ServiceTrackerCustomizer<T, ServiceHandle<T>> {
  private final BundleContext context;
  private final PointTraits traits;
  private final Function<ServiceReference<?>, Admission> admissions;
  private final GateParts parts;
  private final Consumer<GatedPoint<?>> closed;
  private final ServiceTracker<T, ServiceHandle<T>> tracker;
  private final Map<ServiceReference<T>, Entry<T>> entries = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Everything known, in order; replaced under this object's lock. */
  private volatile List<Entry<T>> known = List.of();

  /** Those of {@link #known} that are admitted. */
  private volatile List<Extension<T>> admitted = List.of();

  private record Entry<T>(ServiceHandle<T> handle, GatedExtension<T> extension) {}

  GatedPoint(
      BundleContext context,
      Class<T> point,
      Function<ServiceReference<?>, Admission> admissions,
      GateParts parts,
      Consumer<GatedPoint<?>> closed) {
    this.context = context;
    this.traits = PointTraits.of(point);
    this.admissions = admissions;
    this.parts = parts;
    this.closed = closed;
    this.tracker = new ServiceTracker<>(context, point.getName(), this);
  }

  void start() {
    tracker.open();
  }

  @Override
  public List<Extension<T>> all() {
    return admitted;
  }

  @Override
  public Optional<Extension<T>> named(String property, String value) {
    for (Extension<T> extension : admitted) {
      if (value.equals(extension.properties().get(property))) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Extension<T>> of(String moduleId) {
    List<Extension<T>> found = new ArrayList<>();
    for (Entry<T> entry : known) {
      if (entry.extension().module().equals(moduleId)) {
        found.add(entry.extension().forLifeCycle());
      }
    }
    return List.copyOf(found);
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    tracker.close();
    listeners.clear();
    closed.accept(this);
  }

  List<ExtensionReport> report() {
    return known.stream().map(entry -> entry.extension().report()).toList();
  }

  @Override
  public ServiceHandle<T> addingService(ServiceReference<T> reference) {
    ServiceHandle<T> handle = new ServiceHandle<>(context, reference);
    entries.put(reference, entry(handle));
    refresh();
    return handle;
  }

  @Override
  public void modifiedService(ServiceReference<T> reference, ServiceHandle<T> handle) {
    ServiceHandle<T> fresh = new ServiceHandle<>(context, reference);
    // new properties, the same extension: what was seen of it stays
    entries.computeIfPresent(
        reference, (same, last) -> new Entry<>(fresh, last.extension().with(fresh)));
    refresh();
    handle.release();
  }

  @Override
  public void removedService(ServiceReference<T> reference, ServiceHandle<T> handle) {
    Entry<T> last = entries.remove(reference);
    refresh();
    if (last != null) {
      last.handle().release();
    }
  }

  private Entry<T> entry(ServiceHandle<T> handle) {
    Admission admission = admissions.apply(handle.reference());
    return new Entry<>(handle, new GatedExtension<>(traits, handle, admission, parts));
  }

  /** Looks for calls that do not come back. */
  void look() {
    known.forEach(entry -> entry.extension().look());
  }

  /** Takes a new snapshot and tells whoever wants to know. */
  void refresh() {
    synchronized (this) {
      List<Entry<T>> sorted = new ArrayList<>(entries.values());
      // the natural order of references is: lower ranking first, later registration first
      sorted.sort(
          Comparator.comparing(
              (Entry<T> entry) -> entry.handle().reference(), Comparator.reverseOrder()));
      List<Extension<T>> callable = new ArrayList<>();
      for (Entry<T> entry : sorted) {
        if (entry.extension().admitted()) {
          callable.add(entry.extension());
        }
      }
      known = List.copyOf(sorted);
      admitted = List.copyOf(callable);
    }
    listeners.forEach(Runnable::run);
  }
}
