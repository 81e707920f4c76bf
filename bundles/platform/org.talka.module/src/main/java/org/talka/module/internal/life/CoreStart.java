/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Tells when the desk's own bundles have started, so that modules come after them. Modules have the
 * start level that new bundles get; what is above it (the HTTP server, and at last the console) is
 * not waited for. Karaf sets the framework property for the beginning start level to 1 whatever its
 * own configuration says, so that is no measure.
 */
final class CoreStart {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(25).toNanos();

  private final BundleContext context;

  CoreStart(BundleContext context) {
    this.context = context;
  }

  /**
   * Waits until all bundles that shall run do; a bundle that can't start must not keep the modules
   * away for ever, so the wait is bounded.
   *
   * @param stopped whether nobody wants to know any more
   * @return whether all of them run
   */
  boolean await(BooleanSupplier stopped) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!started()) {
      if (stopped.getAsBoolean() || System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  private boolean started() {
    FrameworkStartLevel framework = context.getBundle(0).adapt(FrameworkStartLevel.class);
    if (framework == null) {
      return true;
    }
    int last = framework.getInitialBundleStartLevel();
    if (framework.getStartLevel() < last) {
      return false;
    }
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getBundleId() != 0
          && FrameworkHost.moduleOf(bundle).isEmpty()
          && shallRun(bundle, last)
          && !runs(bundle)) {
        return false;
      }
    }
    return true;
  }

  private static boolean shallRun(Bundle bundle, int last) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null
        && level != null
        && level.isPersistentlyStarted()
        && level.getStartLevel() <= last;
  }

  private static boolean runs(Bundle bundle) {
    boolean lazy =
        bundle.getState() == Bundle.STARTING
            && bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
    return bundle.getState() == Bundle.ACTIVE || lazy;
  }
}
