/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.time.Duration;

/**
 * When a circuit opens and how it closes again.
 *
 * @param recent how many of the latest calls are looked at
 * @param errors how many of them may not fail
 * @param overruns how many of them may not take far too long; a failure and an overrun add up in
 *     proportion
 * @param pause how long it stays open at first; twice as long after each probe that failed
 * @param longestPause and no longer than this
 * @param probes how many probes in a row must be fine
 */
record CircuitRules(
    int recent, int errors, int overruns, Duration pause, Duration longestPause, int probes) {
  static final CircuitRules STANDARD =
      new CircuitRules(20, 5, 10, Duration.ofSeconds(5), Duration.ofMinutes(5), 3);

  CircuitRules {
    if (recent < 1 || errors < 1 || overruns < 1 || probes < 1) {
      throw new IllegalArgumentException("the counts of a circuit's rules are 1 or more");
    }
    if (pause.isNegative() || pause.isZero() || longestPause.compareTo(pause) < 0) {
      throw new IllegalArgumentException("a circuit's pause is more than nothing, then no shorter");
    }
  }

  /** Whether that is too much. */
  boolean opens(int failed, int late) {
    return (long) failed * overruns + (long) late * errors >= (long) errors * overruns;
  }
}
