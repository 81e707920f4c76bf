/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Lets something be said that happens again and again, but only now and then. Thread-safe. */
final class Seldom {
  private static final long NEVER = Long.MIN_VALUE;

  private final long pauseNanos;
  private final LongSupplier nanos;
  private final AtomicLong last = new AtomicLong(NEVER);
  private final AtomicLong happened = new AtomicLong();

  Seldom(Duration pause, LongSupplier nanos) {
    this.pauseNanos = pause.toNanos();
    this.nanos = nanos;
  }

  /**
   * It happened; {@code said} is called if nothing was said for a while.
   *
   * @param said is told how often it happened since something was said
   */
  void say(LongConsumer said) {
    happened.incrementAndGet();
    long now = nanos.getAsLong();
    long before = last.get();
    if ((before == NEVER || now - before >= pauseNanos) && last.compareAndSet(before, now)) {
      said.accept(happened.getAndSet(0));
    }
  }
}
