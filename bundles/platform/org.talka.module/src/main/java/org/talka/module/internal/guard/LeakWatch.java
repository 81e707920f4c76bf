/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.text.Text;
import org.talka.module.ReadinessCheck;

/**
 * Watches whether the code of a module that was stopped for good goes away: its threads end, and
 * the garbage collector takes its class loader. What stays is shown, since each such update costs
 * memory until the server is restarted.
 */
@Component(
    service = {LeakWatch.class, ReadinessCheck.class},
    immediate = true)
public final class LeakWatch implements SynchronousBundleListener, ReadinessCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LeakWatch.class);
  private static final String HEADER = "Talka-Module";

  /** A full collection stops everybody for a moment, so it is asked for rarely. */
  private static final long BETWEEN_COLLECTIONS_NANOS = TimeUnit.MINUTES.toNanos(5);

  /**
   * A softly referenced object stays for a second for each free megabyte of the heap
   * (-XX:SoftRefLRUPolicyMSPerMB).
   */
  private static final long SOFT_NANOS =
      TimeUnit.SECONDS.toNanos(Runtime.getRuntime().maxMemory() >> 20);

  private static final long LOOK_SECONDS = 10;
  private static final int MOST_NAMES = 5;

  private final BundleContext context;

  /** The class loaders of module bundles that run, by bundle. */
  private final Map<Long, GoneModule> running = new ConcurrentHashMap<>();

  private final List<GoneModule> gone = new CopyOnWriteArrayList<>();
  private volatile List<Leak> leaks = List.of();

  /** The watch thread's own. */
  private long collectedNanos = System.nanoTime() - BETWEEN_COLLECTIONS_NANOS;

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "talka-leak-watch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * What is left of a module.
   *
   * @param threads names of threads that still run its code; empty when only its classes stay
   */
  record Leak(String module, String version, List<String> threads) {
    Text words() {
      return threads.isEmpty()
          ? Text.of("module.leak.classes", "version", version)
          : Text.of(
              "module.leak.threads",
              "version",
              version,
              "n",
              threads.size(),
              "threads",
              String.join(", ", threads));
    }
  }

  @Activate
  public LeakWatch(BundleContext context) {
    this.context = context;
    context.addBundleListener(this);
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.ACTIVE) {
        runs(bundle);
      }
    }
    watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  @Deactivate
  void close() {
    context.removeBundleListener(this);
    watch.shutdownNow();
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    switch (event.getType()) {
      case BundleEvent.STARTING, BundleEvent.STARTED -> runs(event.getBundle());
      case BundleEvent.UNINSTALLED, BundleEvent.UNRESOLVED, BundleEvent.UPDATED -> {
        GoneModule last = running.remove(event.getBundle().getBundleId());
        if (last != null) {
          last.goes(System.nanoTime());
          gone.add(last);
        }
      }
      default -> {
        // it may be started again with the same classes
      }
    }
  }

  private void runs(Bundle bundle) {
    String header = bundle.getHeaders("").get(HEADER);
    BundleWiring wiring = header == null ? null : bundle.adapt(BundleWiring.class);
    if (wiring != null && wiring.getClassLoader() != null) {
      running.computeIfAbsent(
          bundle.getBundleId(),
          id ->
              new GoneModule(
                  header.split(";", 2)[0].trim(),
                  bundle.getVersion().toString(),
                  wiring.getClassLoader(),
                  SOFT_NANOS));
    }
  }

  private void look() {
    try {
      gone.removeIf(GoneModule::collected);
      long now = System.nanoTime();
      gone.forEach(one -> one.look(now, collections()));
      boolean unsure = gone.stream().anyMatch(one -> one.unsure(collections()));
      if (unsure && now - collectedNanos > BETWEEN_COLLECTIONS_NANOS) {
        collectedNanos = now;
        System.gc();
        gone.removeIf(GoneModule::collected);
      }
      tell(gone.stream().filter(GoneModule::late).toList());
    } catch (RuntimeException unexpected) {
      LOG.error("Looking for what modules left behind failed", unexpected);
    }
  }

  private void tell(List<GoneModule> late) {
    List<Leak> found = new ArrayList<>();
    for (GoneModule one : late) {
      ClassLoader loader = one.loader();
      if (loader != null) {
        List<String> threads = threads(loader);
        if (!threads.isEmpty() || one.judged(collections())) {
          found.add(new Leak(one.module(), one.version(), threads));
        }
      }
    }
    for (Leak leak : found) {
      if (!leaks.contains(leak)) {
        LOG.warn(
            "Module {} {} is gone, but its {} stay in memory until the server is restarted",
            leak.module(),
            leak.version(),
            leak.threads().isEmpty() ? "classes" : "threads " + leak.threads());
      }
    }
    leaks = List.copyOf(found);
  }

  /** Threads that were made by the loader's code, or work for it. */
  private static List<String> threads(ClassLoader loader) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getClass().getClassLoader() == loader
                    || thread.getContextClassLoader() == loader)
        .map(Thread::getName)
        .sorted()
        .limit(MOST_NAMES)
        .toList();
  }

  /** Collections of the old generation, or of everything where there are no generations. */
  private static long collections() {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    return collectors.get(collectors.size() - 1).getCollectionCount();
  }

  List<Leak> leaks() {
    return leaks;
  }

  @Override
  public String name() {
    return "module-leaks";
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public Map<String, String> detail() {
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("watched", String.valueOf(gone.size()));
    for (Leak leak : leaks) {
      detail.merge(
          leak.module() + " " + leak.version(),
          leak.threads().isEmpty() ? "classes" : "threads: " + String.join(", ", leak.threads()),
          (one, other) -> one + "; " + other);
    }
    return detail;
  }
}
