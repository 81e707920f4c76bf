/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

/** When a module is taken out of service: the configuration {@code org.talka.module.guard}. */
public @interface GuardSettings {
  /** So often a circuit may open … */
  int openings() default 4;

  /** … within so many seconds. */
  int openings_window() default 600;

  /** So many of its calls may hang at the same time. */
  int stuck() default 4;

  /** So many seconds in a minute it may announce more events than it is allowed to. */
  int floods() default 3;

  /** So many threads of its own may run. */
  int threads() default 64;

  /**
   * The server is short of memory when so many percent of its heap are in use after a collection:
   * the module that has allocated most since then has to go. 0 for never.
   */
  int memory() default 85;
}
