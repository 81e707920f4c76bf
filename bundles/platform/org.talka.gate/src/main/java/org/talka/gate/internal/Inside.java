/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.talka.gate.CallFigures;

/**
 * One call's stay inside a module. It ends once: when the call returns, or before when whoever
 * waited for it gives it up, so that a call that never returns holds up no withdrawal.
 */
final class Inside {
  private enum Stay {
    NOT_YET,
    INSIDE,
    GIVEN_UP,
    OVER
  }

  private final Admission admission;
  private final CallFigures figures;
  private final AtomicReference<Stay> stay = new AtomicReference<>(Stay.NOT_YET);

  Inside(Admission admission, CallFigures figures) {
    this.admission = admission;
    this.figures = figures;
  }

  /** On the thread of the call; whether it may go on. */
  boolean enter(boolean evenIfClosed) {
    if (!admission.enter(evenIfClosed)) {
      return false;
    }
    if (stay.compareAndSet(Stay.NOT_YET, Stay.INSIDE)) {
      return true;
    }
    admission.leave();
    return false;
  }

  /** On the thread of the call, after {@link #enter} said yes. */
  void leave() {
    if (stay.compareAndSet(Stay.INSIDE, Stay.OVER)) {
      admission.leave();
    } else {
      figures.freed();
    }
  }

  /**
   * Nobody waits for it any longer; any thread.
   *
   * @return whether it was inside just now
   */
  boolean giveUp() {
    if (stay.compareAndSet(Stay.NOT_YET, Stay.OVER)) {
      return false;
    }
    // counted before the call can see that it was given up
    figures.stuck();
    if (stay.compareAndSet(Stay.INSIDE, Stay.GIVEN_UP)) {
      admission.leave();
      return true;
    }
    figures.freed();
    return false;
  }
}
