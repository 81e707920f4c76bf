/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.security.Callers;

/**
 * The threads that work on modules, in the desk's own name. They are not interrupted when the
 * server ends, which the embedded database would take for a broken disk: what is cut off is put
 * right at the next start.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** Who is named in the history for what nobody asked for. */
  static final String SELF = "core";

  private static final Duration LAST = Duration.ofSeconds(5);

  private final Callers callers;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ExecutorService threads;

  Workers(Callers callers) {
    this.callers = callers;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "talka-modules-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  void execute(Runnable work) {
    threads.execute(work);
  }

  /** The same for what may as well be done at the next start. */
  void later(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("That is done at the next start", stopping);
    }
  }

  /** Runs it on the caller's thread. */
  void asCore(Runnable work) {
    callers.as(
        callers.system(SELF),
        () -> {
          work.run();
          return null;
        });
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /**
   * Waits before something is tried again.
   *
   * @return whether to try; not when the server ends
   */
  boolean pause(Duration wait) throws InterruptedException {
    return !stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** From now on nothing new is begun. */
  void stop() {
    stopped.countDown();
  }

  @Override
  public void close() {
    stop();
    threads.shutdown();
    try {
      threads.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
