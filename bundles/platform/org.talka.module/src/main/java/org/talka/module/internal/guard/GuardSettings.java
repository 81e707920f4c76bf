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
}
