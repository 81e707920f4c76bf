/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, and says which one did not come. */
public final class Wait {
  private Wait() {}

  public static <T> T until(String what, Duration atMost, Supplier<Optional<T>> condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      Optional<T> value = condition.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + atMost.toSeconds() + " s, but not: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
    }
  }

  public static void that(String what, Duration atMost, BooleanSupplier condition) {
    until(what, atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }
}
