/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts who is inside something that can be closed. After {@link #close} nobody comes in.
 *
 * <p>The sign bit of the count says closed, so that entering and closing can't miss each other.
 */
final class Lease {
  private static final long CLOSED = Long.MIN_VALUE;

  private final AtomicLong inside = new AtomicLong();
  private final CountDownLatch empty = new CountDownLatch(1);

  /** Whether the caller is inside now; it must {@link #leave} then. */
  boolean enter() {
    while (true) {
      long count = inside.get();
      if (count < 0) {
        return false;
      }
      if (inside.compareAndSet(count, count + 1)) {
        return true;
      }
    }
  }

  void leave() {
    if (inside.decrementAndGet() == CLOSED) {
      empty.countDown();
    }
  }

  /** Lets nobody in any more and waits until everybody has left. */
  boolean close(Duration wait) {
    if (inside.getAndUpdate(count -> count | CLOSED) == 0) {
      empty.countDown();
    }
    try {
      return empty.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
