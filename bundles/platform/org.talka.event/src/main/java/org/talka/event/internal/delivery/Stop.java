/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a thread to end. Not an interrupt, which would hit the embedded database in the middle of a
 * write.
 */
final class Stop {
  private final CountDownLatch asked = new CountDownLatch(1);

  void ask() {
    asked.countDown();
  }

  boolean asked() {
    return asked.getCount() == 0;
  }

  /** Waits, but no longer than until it is asked; whether it was. */
  boolean within(Duration time) {
    try {
      return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // nobody interrupts these threads but a framework that goes down
      ask();
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
