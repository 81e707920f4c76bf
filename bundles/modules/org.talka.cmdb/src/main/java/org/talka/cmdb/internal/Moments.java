/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Moments as clients write them. */
public final class Moments {
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9998-01-01T00:00:00Z");

  private Moments() {}

  /** As {@code 2026-03-01T12:00:00Z}; empty for what is none, or none that every database knows. */
  public static Optional<Instant> read(String text) {
    try {
      return Optional.of(Instant.parse(text))
          .filter(moment -> moment.isAfter(FIRST) && moment.isBefore(LAST));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
