/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Days as rows and the index have them: a number that can be compared, also when there is none. A
 * day that is not given lies before or behind all others.
 */
public final class Days {
  public static final long ALWAYS = 0;
  public static final long NEVER = 99_999_999;

  private Days() {}

  public static long from(Optional<LocalDate> day) {
    return day.map(LocalDate::toEpochDay).orElse(ALWAYS);
  }

  public static long until(Optional<LocalDate> day) {
    return day.map(LocalDate::toEpochDay).orElse(NEVER);
  }

  public static Optional<LocalDate> day(long stored) {
    return stored <= ALWAYS || stored >= NEVER
        ? Optional.empty()
        : Optional.of(LocalDate.ofEpochDay(stored));
  }
}
