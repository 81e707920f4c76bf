/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.concurrent.atomic.AtomicLong;

/** Ends the world at a given moment, as a power cut would: nothing catches it, nothing follows. */
final class Doom {
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

  /** The power cut. */
  static final class PowerCut extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }

  void in(int ticks) {
    left.set(ticks);
  }

  void never() {
    left.set(Long.MAX_VALUE);
  }

  boolean struck() {
    return left.get() < 0;
  }

  void tick() {
    if (left.getAndDecrement() <= 0) {
      throw new PowerCut();
    }
  }
}
