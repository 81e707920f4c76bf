/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.apache.lucene.util.NumericUtils;

/**
 * Numbers and instants as 64-bit values in the same order. Instants count microseconds, the
 * database's precision; numbers keep a double's.
 */
final class SortableValue {
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal LOWEST = BigDecimal.valueOf(Long.MIN_VALUE + 1);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(Long.MAX_VALUE - 1);

  private SortableValue() {}

  static long of(BigDecimal number) {
    return NumericUtils.doubleToSortableLong(number.doubleValue() + 0.0);
  }

  static long of(Instant instant) {
    return micros(instant, RoundingMode.FLOOR);
  }

  /** The lower end of a range. */
  static OptionalLong from(String text) {
    return parse(text, RoundingMode.CEILING);
  }

  /** The upper end of a range. */
  static OptionalLong to(String text) {
    return parse(text, RoundingMode.FLOOR);
  }

  private static OptionalLong parse(String text, RoundingMode rounding) {
    try {
      return OptionalLong.of(of(new BigDecimal(text)));
    } catch (NumberFormatException notANumber) {
      try {
        return OptionalLong.of(micros(Instant.parse(text), rounding));
      } catch (DateTimeException notAnInstant) {
        return OptionalLong.empty();
      }
    }
  }

  private static long micros(Instant instant, RoundingMode rounding) {
    try {
      long whole = ChronoUnit.MICROS.between(Instant.EPOCH, instant.truncatedTo(ChronoUnit.MICROS));
      boolean rest = instant.getNano() % 1_000 != 0;
      return rest && rounding == RoundingMode.CEILING ? whole + 1 : whole;
    } catch (ArithmeticException beyondLong) {
      return BigDecimal.valueOf(instant.getEpochSecond())
          .multiply(MICROS)
          .max(LOWEST)
          .min(HIGHEST)
          .longValue();
    }
  }
}
