/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people write them in a query: {@code 2026-01-31} is the whole day, {@code
 * 2026-01-31T10:00:00Z} a moment, {@code now-7d} and {@code today+1w} count from now. In UTC, like
 * every time of the API.
 */
final class TimeExpressions {
  private static final Pattern RELATIVE =
      Pattern.compile("(now|today)(?:([+-])([0-9]{1,6})([mhdwMy]))?");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS,
          "w", ChronoUnit.WEEKS,
          "M", ChronoUnit.MONTHS,
          "y", ChronoUnit.YEARS);
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final ZonedDateTime now;

  /** From the first to the last microsecond that the expression means. */
  record Span(Instant first, Instant last) {}

  TimeExpressions(Clock clock) {
    this.now = clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
  }

  Optional<Span> span(String text) {
    try {
      return Optional.of(parse(text))
          .filter(span -> !span.first().isBefore(EARLIEST) && !span.last().isAfter(LATEST));
    } catch (DateTimeException | ArithmeticException notATime) {
      return Optional.empty();
    }
  }

  private Span parse(String text) {
    Matcher relative = RELATIVE.matcher(text);
    if (relative.matches()) {
      ZonedDateTime at = now;
      if (relative.group(2) != null) {
        long amount = Long.parseLong(relative.group(3));
        at =
            at.plus(relative.group(2).equals("-") ? -amount : amount, UNITS.get(relative.group(4)));
      }
      return relative.group(1).equals("today") ? day(at.toLocalDate()) : moment(at.toInstant());
    }
    if (text.indexOf('T') < 0) {
      return day(LocalDate.parse(text));
    }
    try {
      return moment(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException withoutOffset) {
      return moment(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    }
  }

  private static Span day(LocalDate date) {
    Instant first = date.atStartOfDay(ZoneOffset.UTC).toInstant();
    return new Span(first, first.plus(1, ChronoUnit.DAYS).minusNanos(1_000));
  }

  private static Span moment(Instant at) {
    Instant micros = at.truncatedTo(ChronoUnit.MICROS);
    return new Span(micros, micros);
  }
}
