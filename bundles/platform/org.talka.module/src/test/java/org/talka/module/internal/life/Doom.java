/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

/** Ends the world at a given moment, as a power cut would: nothing catches it, nothing follows. */
final class Doom {
  private long left = Long.MAX_VALUE;

  /** The power cut. */
  static final class PowerCut extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }

  void in(int ticks) {
    left = ticks;
  }

  void never() {
    left = Long.MAX_VALUE;
  }

  void tick() {
    if (left-- <= 0) {
      throw new PowerCut();
    }
  }
}
