/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Locale;

/**
 * Ends the server as a power cut would, at one moment of an operation that crash tests name with
 * the system property {@code talka.test.halt}: {@code <STEP>:before} or {@code <STEP>:after}. The
 * property is read once; without it nothing here does anything.
 */
final class Halt {
  /** The exit status of a process that was ended by {@code kill -9}. */
  private static final int KILLED = 137;

  private static final String MOMENT =
      System.getProperty("talka.test.halt", "").toUpperCase(Locale.ROOT);

  private Halt() {}

  static void before(String step) {
    at(step + ":BEFORE");
  }

  /** The step's work is done, but the journal does not know yet. */
  static void after(String step) {
    at(step + ":AFTER");
  }

  private static void at(String moment) {
    if (MOMENT.equals(moment.toUpperCase(Locale.ROOT))) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
