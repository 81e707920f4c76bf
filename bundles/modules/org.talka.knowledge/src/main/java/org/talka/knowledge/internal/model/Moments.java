/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.model;

import java.time.DateTimeException;
import java.time.Instant;

/** Moments that clients name, within what every database can hold and compare. */
public final class Moments {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private Moments() {}

  /**
   * From 1970 to 9998.
   *
   * @throws DateTimeException for anything else
   */
  public static Instant parse(String text) {
    Instant moment = Instant.parse(text);
    if (moment.isBefore(FIRST) || !moment.isBefore(END)) {
      throw new DateTimeException("out of range");
    }
    return moment;
  }
}
