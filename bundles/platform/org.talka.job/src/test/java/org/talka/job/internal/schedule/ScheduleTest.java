/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** When jobs run. */
class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private static String next(String schedule, String after) {
    return Schedule.parse(schedule)
        .next(Instant.parse(after), Optional.empty(), 0)
        .orElseThrow()
        .toString();
  }

  @Test
  void aCrontabNamesTimes() {
    assertEquals("2026-03-02T12:05:00Z", next("*/5 * * * *", "2026-03-02T12:00:00Z"));
    assertEquals("2026-03-03T03:30:00Z", next("30 3 * * *", "2026-03-02T12:00:00Z"));
    // the 2nd of March is a Monday
    assertEquals("2026-03-06T09:00:00Z", next("0 9 * * 5", "2026-03-02T12:00:00Z"));
    assertEquals("2026-03-08T00:00:00Z", next("0 0 * * 7", "2026-03-02T12:00:00Z"));
    assertEquals("2028-02-29T00:00:00Z", next("0 0 29 2 *", "2026-03-02T12:00:00Z"));
    assertEquals("2026-03-02T12:20:00Z", next("0,20 8-17/2 * * 1-5", "2026-03-02T12:00:00Z"));
    // either field of days, when both say something
    assertEquals("2026-03-04T00:00:00Z", next("0 0 4 * 6", "2026-03-02T12:00:00Z"));
    assertEquals("2026-03-07T00:00:00Z", next("0 0 4 * 6", "2026-03-04T12:00:00Z"));
  }

  @Test
  void refusesWhatIsNoSchedule() {
    for (String wrong :
        new String[] {
          "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
          "5-1 * * * *", "*/0 * * * *", "a * * * *", "1/2 * * * *", "0 0 31 2 *", "PT0.5S", "PX",
          "1,,2 * * * *", "-1 * * * *"
        }) {
      assertThrows(IllegalArgumentException.class, () -> Schedule.parse(wrong), wrong);
    }
  }

  @Property(tries = 200)
  void theNextTimeIsTheFirstThatFits(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long seconds,
      @ForAll @IntRange(max = 59) int minute,
      @ForAll @IntRange(max = 23) int hour,
      @ForAll @IntRange(max = 6) int weekday) {
    Instant now = Instant.ofEpochSecond(seconds);
    Schedule schedule = Schedule.parse(minute + " " + hour + " * * " + weekday);
    ZonedDateTime found =
        schedule.next(now, Optional.empty(), 0).orElseThrow().atZone(ZoneOffset.UTC);
    ZonedDateTime expected = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    do {
      expected = expected.plusMinutes(1);
    } while (expected.getMinute() != minute
        || expected.getHour() != hour
        || expected.getDayOfWeek().getValue() % 7 != weekday);
    assertEquals(expected, found);
  }

  @Test
  void anIntervalPausesAfterEachRunAndDoesNotBeginLate() {
    Schedule hours = Schedule.parse("PT6H");
    assertEquals(Optional.of(NOON.plusSeconds(600)), hours.next(NOON, Optional.empty(), 0));
    assertEquals(
        Optional.of(NOON.plus(Duration.ofHours(6))), hours.next(NOON, Optional.of(NOON), 3));
    assertTrue(hours.missed(NOON, NOON.plus(Duration.ofHours(7))));
    assertFalse(hours.missed(NOON, NOON.plus(Duration.ofHours(5))));
  }

  @Test
  void onceIsTriedEverMoreSlowlyUntilItSucceeds() {
    Schedule once = Schedule.parse("once");
    assertEquals(Optional.of(NOON), once.next(NOON, Optional.empty(), 0));
    assertEquals(Optional.of(NOON.plusSeconds(60)), once.next(NOON, Optional.of(NOON), 1));
    assertEquals(Optional.of(NOON.plusSeconds(240)), once.next(NOON, Optional.of(NOON), 3));
    assertEquals(Optional.of(NOON.plusSeconds(3600)), once.next(NOON, Optional.of(NOON), 40));
    assertEquals(Optional.empty(), once.next(NOON, Optional.of(NOON), 0));
  }
}
