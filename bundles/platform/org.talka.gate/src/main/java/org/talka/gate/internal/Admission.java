/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether one module may be called, and how many calls are inside it.
 *
 * <p>A caller first counts itself in and then looks whether the module is admitted; whoever
 * withdraws first closes and then looks at the count. So either the caller sees the closed door or
 * the withdrawer sees the caller, without a lock on the way in.
 */
final class Admission {
  /** Observer calls that may hang in one module at a time, so that it can't use up the pool. */
  static final int OBSERVERS_PER_MODULE = 4;

  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(1).toNanos();

  private final String module;
  private final AtomicInteger inside = new AtomicInteger();
  private final Semaphore observers = new Semaphore(OBSERVERS_PER_MODULE);
  private volatile boolean open;

  Admission(String module, boolean open) {
    this.module = module;
    this.open = open;
  }

  String module() {
    return module;
  }

  Semaphore observers() {
    return observers;
  }

  boolean isOpen() {
    return open;
  }

  void open() {
    open = true;
  }

  /**
   * Counts the caller in, unless the module is closed and the caller has no right to enter still.
   */
  boolean enter(boolean evenIfClosed) {
    inside.incrementAndGet();
    if (open || evenIfClosed) {
      return true;
    }
    inside.decrementAndGet();
    return false;
  }

  void leave() {
    inside.decrementAndGet();
  }

  /** Lets nobody in from now on. */
  void close() {
    open = false;
  }

  /** Waits until nobody is inside; false when the time was too short. */
  boolean awaitEmpty(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (inside.get() > 0) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }
}
