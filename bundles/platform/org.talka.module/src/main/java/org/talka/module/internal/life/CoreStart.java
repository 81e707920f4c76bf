/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Tells when the desk's own bundles have started, so that modules come after them. Bundles above
 * the framework's beginning start level (the console) are not waited for: they come last, see
 * {@code LateStart} of the REST platform.
 */
final class CoreStart {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(25).toNanos();

  private final BundleContext context;
  private final int lastLevel;

  CoreStart(BundleContext context) {
    this.context = context;
    String beginning = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
    this.lastLevel = beginning == null ? Integer.MAX_VALUE : Integer.parseInt(beginning.trim());
  }

  /**
   * Waits until all bundles that shall run do; a bundle that can't start must not keep the modules
   * away for ever, so the wait is bounded.
   *
   * @return whether all of them run; false also when the thread was interrupted
   */
  boolean await() {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!started()) {
      if (Thread.currentThread().isInterrupted() || System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  private boolean started() {
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getBundleId() != 0
          && FrameworkHost.moduleOf(bundle).isEmpty()
          && shallRun(bundle)
          && !runs(bundle)) {
        return false;
      }
    }
    return true;
  }

  private boolean shallRun(Bundle bundle) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null
        && level != null
        && level.isPersistentlyStarted()
        && level.getStartLevel() <= lastLevel;
  }

  private static boolean runs(Bundle bundle) {
    boolean lazy =
        bundle.getState() == Bundle.STARTING
            && bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
    return bundle.getState() == Bundle.ACTIVE || lazy;
  }
}
