/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that happens on another thread. */
public final class Eventually {
  private static final long NANOS = 20_000_000_000L;

  private Eventually() {}

  public static void isTrue(BooleanSupplier condition, Supplier<String> otherwise) {
    long end = System.nanoTime() + NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(otherwise.get());
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }
}
