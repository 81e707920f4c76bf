/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;

/**
 * Times of a crontab, in UTC: minute, hour, day of month, month, day of week (0 and 7 are Sunday).
 * As POSIX says of crontab, a day counts that fits either field of days when both are restricted.
 *
 * @param anyDay whether the day of the month is unrestricted; {@code anyWeekday} likewise
 */
record Cron(
    BitSet minutes,
    BitSet hours,
    BitSet days,
    BitSet months,
    BitSet weekdays,
    boolean anyDay,
    boolean anyWeekday)
    implements Schedule {
  /** The 29th of February comes within these days, also around a year like 2100. */
  private static final int FARTHEST = 366 * 8 + 2;

  static Cron parse(String text) {
    String[] fields = text.strip().split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has " + fields.length + " fields, not 5");
    }
    BitSet weekdays = field(fields[4], 0, 7);
    if (weekdays.get(7)) {
      weekdays.set(0);
    }
    Cron cron =
        new Cron(
            field(fields[0], 0, 59),
            field(fields[1], 0, 23),
            field(fields[2], 1, 31),
            field(fields[3], 1, 12),
            weekdays,
            fields[2].equals("*"),
            fields[4].equals("*"));
    if (cron.after(Instant.EPOCH).isEmpty()) {
      throw new IllegalArgumentException("\"" + text + "\" never comes");
    }
    return cron;
  }

  private static BitSet field(String text, int lowest, int highest) {
    BitSet values = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] step = part.split("/", -1);
      String[] range = step[0].equals("*") ? new String[0] : step[0].split("-", -1);
      int from = range.length == 0 ? lowest : number(range[0], lowest, highest, text);
      int to = range.length == 0 ? highest : number(range[range.length - 1], from, highest, text);
      int by = step.length == 1 ? 1 : number(step[1], 1, highest, text);
      if (step.length > 2 || range.length > 2 || step.length == 2 && range.length == 1) {
        throw wrong(text);
      }
      for (int value = from; value <= to; value += by) {
        values.set(value);
      }
    }
    return values;
  }

  private static int number(String text, int lowest, int highest, String field) {
    if (!text.matches("\\d{1,3}")) {
      throw wrong(field);
    }
    int number = Integer.parseInt(text);
    if (number < lowest || number > highest) {
      throw wrong(field);
    }
    return number;
  }

  private static IllegalArgumentException wrong(String field) {
    return new IllegalArgumentException("\"" + field + "\" is no field of a crontab");
  }

  @Override
  public Optional<Instant> next(Instant now, Optional<Instant> last, int failures) {
    return after(now);
  }

  @Override
  public boolean missed(Instant began, Instant ended) {
    return after(began).filter(time -> !time.isAfter(ended)).isPresent();
  }

  /** The first of its times after a moment. */
  private Optional<Instant> after(Instant moment) {
    ZonedDateTime from =
        moment.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    LocalDate day = from.toLocalDate();
    int begin = from.getHour() * 60 + from.getMinute();
    for (int i = 0; i < FARTHEST; i++, day = day.plusDays(1), begin = 0) {
      Optional<LocalTime> time = fits(day) ? time(begin) : Optional.empty();
      if (time.isPresent()) {
        return Optional.of(day.atTime(time.get()).toInstant(ZoneOffset.UTC));
      }
    }
    return Optional.empty();
  }

  private boolean fits(LocalDate day) {
    boolean ofMonth = days.get(day.getDayOfMonth());
    boolean ofWeek = weekdays.get(day.getDayOfWeek().getValue() % 7);
    boolean fits = anyDay || anyWeekday ? ofMonth && ofWeek : ofMonth || ofWeek;
    return fits && months.get(day.getMonthValue());
  }

  private Optional<LocalTime> time(int begin) {
    int hour = hours.nextSetBit(begin / 60);
    while (hour >= 0) {
      int minute = minutes.nextSetBit(hour == begin / 60 ? begin % 60 : 0);
      if (minute >= 0) {
        return Optional.of(LocalTime.of(hour, minute));
      }
      hour = hours.nextSetBit(hour + 1);
    }
    return Optional.empty();
  }
}
