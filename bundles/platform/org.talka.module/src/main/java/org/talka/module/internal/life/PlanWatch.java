/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.talka.api.text.Text;

/**
 * Watches what an operation does to the framework, to compare it with what its plan had said. A
 * difference is a bug: of the planning, or of the operation.
 */
final class PlanWatch implements SynchronousBundleListener, AutoCloseable {
  private final BundleContext context;
  private final String module;
  private final Predicate<String> others;

  /** A bundle that is no module's and came later is somebody else's doing. */
  private final long lastBefore;

  /** What the framework itself had not started yet: the desk answers before all of it runs. */
  private final Set<Bundle> onTheirWay;

  private final Set<String> happened = new ConcurrentSkipListSet<>();

  /**
   * @param others whether somebody works on a module at the same time, whose doing its events are
   */
  PlanWatch(BundleContext context, String module, Predicate<String> others) {
    this.context = context;
    this.module = module;
    this.others = others;
    this.lastBefore =
        Arrays.stream(context.getBundles()).mapToLong(Bundle::getBundleId).max().orElse(0);
    this.onTheirWay =
        Arrays.stream(context.getBundles())
            .filter(PlanWatch::onItsWay)
            .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet));
    context.addBundleListener(this);
  }

  private static boolean onItsWay(Bundle bundle) {
    return FrameworkHost.moduleOf(bundle).isEmpty()
        && bundle.getState() != Bundle.ACTIVE
        && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
  }

  @Override
  public void close() {
    context.removeBundleListener(this);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    String of = FrameworkHost.moduleOf(bundle).orElse("");
    String change =
        switch (event.getType()) {
          case BundleEvent.INSTALLED -> "install";
          case BundleEvent.STARTED -> "start";
          case BundleEvent.STOPPED -> "stop";
          case BundleEvent.UPDATED -> "update";
          case BundleEvent.UNINSTALLED -> "uninstall";
          // of the desk's and of other modules' bundles none may lose its wires
          case BundleEvent.UNRESOLVED -> of.equals(module) ? "" : "refresh";
          default -> "";
        };
    if (change.equals("start") && onTheirWay.remove(bundle)) {
      return;
    }
    boolean foreign =
        of.isEmpty() ? bundle.getBundleId() > lastBefore : !of.equals(module) && others.test(of);
    if (!change.isEmpty() && !foreign) {
      happened.add(line(change, bundle.getSymbolicName(), bundle.getVersion().toString()));
    }
  }

  static String line(String change, String bundle, String version) {
    return change + " " + bundle + " " + version;
  }

  /**
   * @param planned lines of {@link #line}
   * @param declared what the plan said the module would declare
   * @param declares what it declares
   * @return what came out otherwise, in sentences
   */
  List<Text> differences(List<String> planned, List<String> declared, List<String> declares) {
    List<Text> differences = new ArrayList<>();
    missing(planned, happened)
        .forEach(what -> differences.add(said("module.difference.not", what)));
    missing(happened, planned)
        .forEach(what -> differences.add(said("module.difference.too", what)));
    missing(declared, declares)
        .forEach(what -> differences.add(said("module.difference.lacks", what)));
    missing(declares, declared)
        .forEach(what -> differences.add(said("module.difference.has", what)));
    return differences;
  }

  private static Set<String> missing(Iterable<String> from, java.util.Collection<String> in) {
    Set<String> missing = new TreeSet<>();
    from.forEach(missing::add);
    missing.removeAll(in);
    return missing;
  }

  private static Text said(String key, String what) {
    return Text.of(key, "what", what);
  }
}
