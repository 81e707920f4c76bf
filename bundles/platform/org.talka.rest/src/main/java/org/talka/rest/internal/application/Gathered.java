/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is asked for many times in a moment and done once. What is asked for while it runs,
 * when it may have looked already, is done once more afterwards. Thread-safe; the work runs on the
 * executor only, one at a time.
 */
final class Gathered {
  private static final Logger LOG = LoggerFactory.getLogger(Gathered.class);

  private final ScheduledExecutorService worker;
  private final Duration moment;
  private final Runnable atOnce;
  private final Runnable work;

  /** Whether the work is to be done or being done; guarded by this, as is {@link #again}. */
  private boolean pending;

  private boolean again;

  /**
   * @param moment how long is waited for more to be asked
   * @param atOnce what is done first, before the moment
   */
  Gathered(ScheduledExecutorService worker, Duration moment, Runnable atOnce, Runnable work) {
    this.worker = worker;
    this.moment = moment;
    this.atOnce = atOnce;
    this.work = work;
  }

  synchronized void ask() {
    if (pending) {
      again = true;
    } else {
      pending = true;
      begin();
    }
  }

  /** Whether everything that was asked for has been done. */
  synchronized boolean settled() {
    return !pending;
  }

  /**
   * Waits for that.
   *
   * @return whether it came about in time
   */
  synchronized boolean settle(Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    while (pending) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private void begin() {
    try {
      worker.execute(() -> attempt(atOnce));
      worker.schedule(this::run, moment.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      end();
    }
  }

  private void run() {
    synchronized (this) {
      again = false; // what was asked for until now is seen below
    }
    attempt(work);
    synchronized (this) {
      if (again) {
        begin();
      } else {
        end();
      }
    }
  }

  /** An executor keeps what a task throws to itself: here it would leave the desk without words. */
  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("The REST applications can't be brought up to date", e);
    }
  }

  private synchronized void end() {
    pending = false;
    notifyAll();
  }
}
