/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

/**
 * How soon it must be dealt with, from impact and urgency (ITIL v3 Service Operation, 4.2.5.4). The
 * order is that of the matrix: the first is the most pressing.
 */
public enum Priority {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW,
  PLANNING;

  /**
   * The priority that impact and urgency give.
   *
   * <pre>
   *              urgency high  medium   low
   * impact high     critical   high     medium
   * impact medium   high       medium   low
   * impact low      medium     low      planning
   * </pre>
   */
  public static Priority of(Level impact, Level urgency) {
    return values()[impact.ordinal() + urgency.ordinal()];
  }

  /** How far the effect reaches, or how long it can wait. */
  public enum Level {
    HIGH,
    MEDIUM,
    LOW
  }
}
