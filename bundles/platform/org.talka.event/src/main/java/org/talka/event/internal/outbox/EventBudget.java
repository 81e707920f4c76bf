/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many events one module may announce: so many a second on average, a burst of some seconds'
 * worth (a token bucket). The monitor guards everything.
 */
final class EventBudget {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final int burst;
  private final LongSupplier nanos;
  private double left;
  private long filledNanos;
  private long refused;
  private long saidNanos;
  private boolean said;

  EventBudget(int perSecond, int burst, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanos = nanos;
    this.left = burst;
    this.filledNanos = nanos.getAsLong();
  }

  /** What a wish to announce an event meets. */
  enum Answer {
    YES,
    NO,
    /** No, and somebody should be told: not more often than once a second. */
    NO_AND_SAY_SO
  }

  synchronized Answer take() {
    long now = nanos.getAsLong();
    left = Math.min(burst, left + (double) (now - filledNanos) / SECOND * perSecond);
    filledNanos = now;
    if (left >= 1) {
      left--;
      return Answer.YES;
    }
    refused++;
    if (said && now - saidNanos < SECOND) {
      return Answer.NO;
    }
    said = true;
    saidNanos = now;
    return Answer.NO_AND_SAY_SO;
  }

  synchronized long refused() {
    return refused;
  }
}
