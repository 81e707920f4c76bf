/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.talka.api.text.Text;
import org.talka.module.internal.declare.DeclarationExtender;

class PlanWatchTest {
  private final List<Bundle> bundles = new ArrayList<>();
  private final Bundle console = bundle(1, "console", "", Bundle.RESOLVED, true);
  private final Bundle desk = bundle(2, "desk", "", Bundle.ACTIVE, true);
  private final Bundle idle = bundle(3, "idle", "", Bundle.RESOLVED, false);
  private final Bundle module = bundle(4, "notes.impl", "notes", Bundle.RESOLVED, true);

  /** The desk answers, and installs modules, before the framework has started all of it. */
  @Test
  void whatTheFrameworkWasStillStartingIsNoDifference() {
    try (PlanWatch watch = watch()) {
      happens(watch, BundleEvent.STARTED, console);
      happens(watch, BundleEvent.STARTED, module);
      assertEquals(List.of(), differences(watch, "start notes.impl 1.0.0"));
    }
  }

  @Test
  void aBundleOfTheDeskThatStartsOnceMoreIsADifference() {
    try (PlanWatch watch = watch()) {
      happens(watch, BundleEvent.STARTED, console);
      happens(watch, BundleEvent.STOPPED, console);
      happens(watch, BundleEvent.STARTED, console);
      assertEquals(
          List.of("too start console 1.0.0", "too stop console 1.0.0"), differences(watch));
    }
  }

  @Test
  void whatNobodyWantedToRunAndWhatRanBeforeAreDifferences() {
    try (PlanWatch watch = watch()) {
      happens(watch, BundleEvent.STARTED, idle);
      happens(watch, BundleEvent.UNRESOLVED, desk);
      assertEquals(List.of("too refresh desk 1.0.0", "too start idle 1.0.0"), differences(watch));
    }
  }

  @Test
  void whatWasPlannedAndDidNotHappenIsADifference() {
    try (PlanWatch watch = watch()) {
      assertEquals(
          List.of("not start notes.impl 1.0.0"), differences(watch, "start notes.impl 1.0.0"));
    }
  }

  @Test
  void bundlesThatComeLaterAndModulesThatOthersWorkOnAreSomebodyElses() {
    try (PlanWatch watch = watch()) {
      happens(watch, BundleEvent.INSTALLED, bundle(9, "later", "", Bundle.INSTALLED, false));
      happens(watch, BundleEvent.STOPPED, bundle(5, "wiki.impl", "wiki", Bundle.ACTIVE, true));
      assertEquals(List.of(), differences(watch));
    }
  }

  private PlanWatch watch() {
    return new PlanWatch(context(), "notes", "wiki"::equals);
  }

  private static void happens(PlanWatch watch, int type, Bundle bundle) {
    watch.bundleChanged(new BundleEvent(type, bundle));
  }

  private static List<String> differences(PlanWatch watch, String... planned) {
    return watch.differences(List.of(planned), List.of(), List.of()).stream()
        .map(PlanWatchTest::brief)
        .toList();
  }

  private static String brief(Text difference) {
    String key = difference.key();
    return key.substring(key.lastIndexOf('.') + 1) + " " + difference.args().get("what");
  }

  private BundleContext context() {
    return fake(
        BundleContext.class,
        name -> name.equals("getBundles") ? bundles.toArray(Bundle[]::new) : null);
  }

  private Bundle bundle(long id, String name, String module, int state, boolean wanted) {
    Hashtable<String, String> headers = new Hashtable<>();
    if (!module.isEmpty()) {
      headers.put(DeclarationExtender.MODULE_HEADER, module);
    }
    BundleStartLevel level =
        fake(BundleStartLevel.class, call -> call.equals("isPersistentlyStarted") ? wanted : null);
    Bundle bundle =
        fake(
            Bundle.class,
            call ->
                switch (call) {
                  case "getBundleId" -> id;
                  case "getSymbolicName" -> name;
                  case "getVersion" -> Version.valueOf("1.0.0");
                  case "getState" -> state;
                  case "getHeaders" -> headers;
                  case "adapt" -> level;
                  case "hashCode" -> Long.hashCode(id);
                  default -> null;
                });
    if (id < 9) {
      bundles.add(bundle);
    }
    return bundle;
  }

  /** Knows what it is asked for in these tests, and itself. */
  private static <T> T fake(Class<T> type, java.util.function.Function<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getName().equals("equals")
                    ? self == arguments[0]
                    : answers.apply(method.getName())));
  }
}
