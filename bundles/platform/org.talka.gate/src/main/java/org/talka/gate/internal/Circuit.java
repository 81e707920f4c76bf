/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.talka.gate.CircuitState;

/**
 * Keeps callers away from an extension that fails. The monitor guards everything; while all is well
 * a caller reads one volatile field on the way in.
 *
 * <p>Open, it lets nobody pass until its pause is over; then one call at a time, as a probe. Calls
 * that went in before it opened are not judged any more.
 */
final class Circuit {
  /** How a caller got in, to be given back to {@link #left}. */
  enum Pass {
    /** It did not. */
    NONE,
    /** As usual. */
    CALL,
    /** As the one that tries. */
    PROBE,
    /** Not asked: its outcome says nothing. */
    FREE
  }

  /** How a call ended. */
  enum Outcome {
    FINE,
    /** It came back, but far too late. */
    LATE,
    FAILED,
    /** It has not come back, and nobody waits for it any longer. */
    STUCK,
    /** Its end says nothing of the extension, for example because the database was away. */
    NEUTRAL
  }

  private final CircuitRules rules;
  private final LongSupplier nanos;

  /** The latest calls, the oldest overwritten. */
  private final Outcome[] latest;

  private int next;
  private long pauseNanos;
  private long openedNanos;
  private boolean probing;
  private int probesFine;
  private int openings;
  private volatile CircuitState state = CircuitState.CLOSED;

  Circuit(CircuitRules rules, LongSupplier nanos) {
    this.rules = rules;
    this.nanos = nanos;
    this.latest = new Outcome[rules.recent()];
    this.pauseNanos = rules.pause().toNanos();
  }

  CircuitState state() {
    return state;
  }

  synchronized int openings() {
    return openings;
  }

  /** Whether {@link #enter} would let somebody in. */
  boolean passable() {
    if (state == CircuitState.CLOSED) {
      return true;
    }
    synchronized (this) {
      return state == CircuitState.OPEN ? rested() : !probing;
    }
  }

  Pass enter() {
    if (state == CircuitState.CLOSED) {
      return Pass.CALL;
    }
    synchronized (this) {
      if (state == CircuitState.CLOSED) {
        return Pass.CALL;
      }
      if (state == CircuitState.OPEN && rested()) {
        state = CircuitState.HALF_OPEN;
        probesFine = 0;
        probing = false;
      }
      if (state == CircuitState.OPEN || probing) {
        return Pass.NONE;
      }
      probing = true;
      return Pass.PROBE;
    }
  }

  private boolean rested() {
    return nanos.getAsLong() - openedNanos >= pauseNanos;
  }

  /**
   * Somebody whom {@link #enter} let in is done.
   *
   * @return whether the circuit opened or closed by that
   */
  synchronized boolean left(Pass pass, Outcome outcome) {
    return switch (pass) {
      case CALL -> state == CircuitState.CLOSED && called(outcome);
      case PROBE -> probed(outcome);
      case NONE, FREE -> false;
    };
  }

  private boolean called(Outcome outcome) {
    if (outcome == Outcome.NEUTRAL) {
      return false;
    }
    latest[next] = outcome;
    next = (next + 1) % latest.length;
    if (outcome == Outcome.FINE) {
      return false;
    }
    int failed = 0;
    int late = 0;
    for (Outcome one : latest) {
      failed += one == Outcome.FAILED ? 1 : 0;
      late += one == Outcome.LATE ? 1 : 0;
    }
    if (outcome == Outcome.STUCK || rules.opens(failed, late)) {
      open();
      return true;
    }
    return false;
  }

  private boolean probed(Outcome outcome) {
    probing = false;
    switch (outcome) {
      case FINE -> {
        probesFine++;
        if (probesFine < rules.probes()) {
          return false;
        }
        state = CircuitState.CLOSED;
        pauseNanos = rules.pause().toNanos();
        return true;
      }
      case NEUTRAL -> {
        return false;
      }
      default -> {
        pauseNanos = Math.min(2 * pauseNanos, rules.longestPause().toNanos());
        open();
        return true;
      }
    }
  }

  private void open() {
    state = CircuitState.OPEN;
    openedNanos = nanos.getAsLong();
    openings++;
    Arrays.fill(latest, null);
  }
}
