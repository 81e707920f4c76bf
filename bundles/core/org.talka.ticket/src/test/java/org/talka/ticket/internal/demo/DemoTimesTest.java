/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DemoTimesTest {
  private static final List<DemoStory.DemoTicket> STORY = DemoStory.read().tickets();

  @Property(tries = 50)
  void everythingHappensInItsOrderAndBeforeNow(
      @ForAll @LongRange(min = 1_700_000_000, max = 2_000_000_000) long second) {
    Instant now = Instant.ofEpochSecond(second);
    List<DemoTimes.Told> told = new DemoTimes(now).tell(STORY);
    assertEquals(STORY.size(), told.size());
    Instant last = Instant.MIN;
    for (DemoTimes.Told each : told) {
      assertTrue(!each.made().isBefore(last), "numbers grow with time");
      last = each.made();
      assertTrue(!each.made().isBefore(now.minus(DemoTimes.SPAN)));
      assertEquals(each.ticket().steps().size(), each.steps().size());
      Instant before = each.made();
      for (Instant step : each.steps()) {
        assertTrue(step.isAfter(before), each.ticket().values() + " at " + step);
        before = step;
      }
      assertTrue(before.isBefore(now), each.ticket().values() + " at " + before);
    }
  }

  @Property(tries = 20)
  void noPartOfTheTimeIsEmpty(
      @ForAll @LongRange(min = 1_700_000_000, max = 2_000_000_000) long second) {
    Instant now = Instant.ofEpochSecond(second);
    Set<Long> made = new HashSet<>();
    Set<Long> done = new HashSet<>();
    for (DemoTimes.Told each : new DemoTimes(now).tell(STORY)) {
      made.add(Duration.between(each.made(), now).toDays() / 10);
      if (each.ticket().finished()) {
        done.add(Duration.between(each.last(), now).toDays() / 10);
      }
    }
    assertEquals(Set.of(0L, 1L, 2L, 3L, 4L, 5L), made);
    assertTrue(done.containsAll(Set.of(0L, 1L, 2L, 3L, 4L)), done.toString());
  }

  @Property(tries = 20)
  void theSameMomentHasTheSameStory(
      @ForAll @LongRange(min = 1_700_000_000, max = 2_000_000_000) long second) {
    Instant now = Instant.ofEpochSecond(second);
    assertEquals(new DemoTimes(now).tell(STORY), new DemoTimes(now).tell(STORY));
    long days =
        new DemoTimes(now)
            .tell(STORY).stream()
                .map(told -> told.made().atZone(ZoneOffset.UTC).toLocalDate())
                .distinct()
                .count();
    assertTrue(days > 20, days + " days");
  }
}
