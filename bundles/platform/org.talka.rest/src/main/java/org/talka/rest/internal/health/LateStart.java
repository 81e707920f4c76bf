/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.health;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts what nobody waits for, the console and the features service, once the desk answers: two
 * cores start one thing sooner than two. A desk that does not get ready needs its console most, so
 * the wait is bounded.
 */
@Component(service = {})
public final class LateStart {
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final long LOOK_AGAIN_MILLIS = 150;
  private static final int ALL = 100;
  private static final Logger LOG = LoggerFactory.getLogger(LateStart.class);

  /** Set by {@code talka-server --prepare}: the start is all there is to this run. */
  private static final String REHEARSAL = "talka.rehearsal";

  private final BundleContext context;
  private final Readiness readiness;
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Activate
  public LateStart(BundleContext context, @Reference Readiness readiness) {
    this.context = context;
    this.readiness = readiness;
    if (context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL) != null) {
      Thread waiting = new Thread(this::raise, "talka-late-start");
      waiting.setDaemon(true);
      waiting.start();
    }
  }

  @Deactivate
  void stop() {
    stopped.countDown();
  }

  private void raise() {
    try {
      long end = System.nanoTime() + LONGEST.toNanos();
      while (!readiness.now().ready() && System.nanoTime() - end < 0) {
        if (stopped.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      FrameworkStartLevel level =
          context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
      if (level.getStartLevel() < ALL) {
        level.setStartLevel(ALL, event -> started());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void started() {
    if (Boolean.parseBoolean(context.getProperty(REHEARSAL))) {
      try {
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
      } catch (BundleException e) {
        LOG.error("The rehearsal does not end", e);
      }
    }
  }
}
