/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Which threads modules have begun. A thread is a module's when the first code on its stack that is
 * not the JDK's is, or when its own class is. One that waits in a pool of the JDK's for work shows
 * nobody's code and is not counted. Used by one thread.
 */
final class ModuleThreads {
  /** Looking at all stacks stops them for a moment: done when so many threads are new. */
  private static final int NEW = 16;

  private static final String NOBODY = "";

  private final BundleContext context;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private int seen;
  private boolean suspicious;

  ModuleThreads(BundleContext context) {
    this.context = context;
    this.seen = threads.getThreadCount();
  }

  /** Names of threads by module; nothing when there are hardly more than at the last look. */
  Map<String, List<String>> look() {
    int now = threads.getThreadCount();
    seen = Math.min(seen, now);
    if (now - seen < NEW && !suspicious) {
      return Map.of();
    }
    seen = now;
    Map<String, List<String>> found = by(Thread.getAllStackTraces(), packages());
    suspicious = found.values().stream().anyMatch(names -> names.size() >= NEW);
    return found;
  }

  /** The module of each package that only one of them has. */
  private Map<String, String> packages() {
    Map<String, String> packages = new HashMap<>();
    for (Bundle bundle : context.getBundles()) {
      String header = bundle.getHeaders("").get("Talka-Module");
      BundleWiring wiring = header == null ? null : bundle.adapt(BundleWiring.class);
      if (wiring != null) {
        String module = header.split(";", 2)[0].trim();
        wiring
            .listResources(
                "/",
                "*.class",
                BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE)
            .stream()
            .map(path -> packageOf(path.replace('/', '.').replaceAll("\\.class$", "")))
            .distinct()
            .forEach(name -> packages.merge(name, module, (a, b) -> a.equals(b) ? a : NOBODY));
      }
    }
    packages.values().removeIf(NOBODY::equals);
    return packages;
  }

  static Map<String, List<String>> by(
      Map<Thread, StackTraceElement[]> all, Map<String, String> packages) {
    Map<String, List<String>> found = new TreeMap<>();
    all.forEach(
        (thread, stack) ->
            owner(thread, stack, packages)
                .ifPresent(
                    module ->
                        found
                            .computeIfAbsent(module, any -> new ArrayList<>())
                            .add(thread.getName())));
    found.values().forEach(names -> names.sort(null));
    return found;
  }

  private static Optional<String> owner(
      Thread thread, StackTraceElement[] stack, Map<String, String> packages) {
    String own = packages.get(packageOf(thread.getClass().getName()));
    if (own != null) {
      return Optional.of(own);
    }
    for (int i = stack.length - 1; i >= 0; i--) {
      // code of the JDK has a module of the platform's own kind
      if (stack[i].getModuleName() == null) {
        return Optional.ofNullable(packages.get(packageOf(stack[i].getClassName())));
      }
    }
    return Optional.empty();
  }

  private static String packageOf(String type) {
    int end = type.lastIndexOf('.');
    return end < 0 ? "" : type.substring(0, end);
  }
}
