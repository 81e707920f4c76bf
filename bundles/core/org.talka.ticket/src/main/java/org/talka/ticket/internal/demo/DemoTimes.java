/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * When the story of the demonstration happens: over the last sixty days, in office hours, what is
 * finished spread over all of them and what is still open in the last weeks. The same on every
 * desk, seen from its first day.
 */
final class DemoTimes {
  static final Duration SPAN = Duration.ofDays(60);
  private static final Duration OPEN = Duration.ofDays(20);
  private static final Duration LONGEST = Duration.ofDays(4);
  private static final ZoneId RIGA = ZoneId.of("Europe/Riga");
  private static final LocalTime OPENS = LocalTime.of(8, 0);
  private static final LocalTime CLOSES = LocalTime.of(17, 30);

  /** Nothing happens at the very moment in which the desk is first seen. */
  private static final Duration LAST = Duration.ofMinutes(3);

  private final Instant now;
  private final Random random = new Random(60);

  DemoTimes(Instant now) {
    this.now = now;
  }

  /**
   * A ticket with its times.
   *
   * @param steps of each step when it happens, ascending and not before {@code made}
   */
  record Told(DemoStory.DemoTicket ticket, Instant made, List<Instant> steps) {
    /** When the last of it happens. */
    Instant last() {
      return steps.isEmpty() ? made : steps.get(steps.size() - 1);
    }
  }

  /** The tickets in the order in which they were made, so that their numbers grow with time. */
  List<Told> tell(List<DemoStory.DemoTicket> tickets) {
    List<DemoStory.DemoTicket> finished = mixed(tickets, true);
    List<DemoStory.DemoTicket> open = mixed(tickets, false);
    List<Told> told = new ArrayList<>();
    IntStream.range(0, finished.size())
        .forEach(i -> told.add(finished(finished.get(i), share(i, finished.size(), SPAN))));
    IntStream.range(0, open.size())
        .forEach(i -> told.add(open(open.get(i), share(i, open.size(), OPEN))));
    told.sort(Comparator.comparing(Told::made));
    return told;
  }

  /** Incidents and requests come in no order. */
  private List<DemoStory.DemoTicket> mixed(List<DemoStory.DemoTicket> tickets, boolean finished) {
    List<DemoStory.DemoTicket> some =
        new ArrayList<>(tickets.stream().filter(each -> each.finished() == finished).toList());
    java.util.Collections.shuffle(some, random);
    return some;
  }

  /** Of so many over a span, how long ago the i-th is: the oldest first, never quite even. */
  private Duration share(int i, int of, Duration span) {
    double place = (i + 0.15 + 0.7 * random.nextDouble()) / of;
    return Duration.ofMinutes(Math.round(span.toMinutes() * Math.pow(1 - place, 1.2)));
  }

  private Told finished(DemoStory.DemoTicket ticket, Duration ago) {
    Instant made = asked(now.minus(ago));
    Duration left = Duration.between(made, now.minus(LAST));
    double part = 0.03 + 0.97 * random.nextDouble() * random.nextDouble();
    Duration took = Duration.ofMinutes(Math.round(LONGEST.toMinutes() * part));
    return new Told(ticket, made, steps(made, shorter(took, left), ticket.steps().size()));
  }

  private Told open(DemoStory.DemoTicket ticket, Duration ago) {
    Instant made = asked(now.minus(ago));
    Duration left = Duration.between(made, now.minus(LAST));
    // most were touched today or yesterday, some lie
    double part = random.nextInt(4) == 0 ? 0.3 : 0.75 + 0.24 * random.nextDouble();
    Duration took = Duration.ofMinutes(Math.round(left.toMinutes() * part));
    return new Told(ticket, made, steps(made, took, ticket.steps().size()));
  }

  /** The first answer comes soon, the last step at the end. */
  private List<Instant> steps(Instant made, Duration took, int count) {
    List<Instant> steps = new ArrayList<>();
    Instant before = made;
    for (int i = 0; i < count; i++) {
      double place = Math.pow((i + 1.0) / count, 1.8);
      Instant at = working(made.plus(Duration.ofSeconds(Math.round(took.toSeconds() * place))));
      Instant last = now.minus(LAST).minus(Duration.ofSeconds(40L * (count - i - 1)));
      at = at.isAfter(last) ? last : at;
      // two things never happen at once
      before = at.isAfter(before) ? at : before.plusSeconds(1);
      steps.add(before);
    }
    return steps;
  }

  /** People ask while they work: of a weekend's requests half came before and half come after. */
  private Instant asked(Instant at) {
    ZonedDateTime day = at.atZone(RIGA);
    while (weekend(day)) {
      day = day.plusDays(random.nextBoolean() ? 2 : -2);
    }
    long minutes = Duration.between(OPENS, CLOSES).toMinutes();
    Instant then = day.with(OPENS).plusMinutes(random.nextInt((int) minutes)).toInstant();
    boolean known = then.isBefore(now.minus(LAST)) && then.isAfter(now.minus(SPAN));
    return known ? then : at;
  }

  /** The time itself in office hours, otherwise some minutes after they begin again. */
  private Instant working(Instant at) {
    ZonedDateTime here = at.atZone(RIGA);
    boolean night = here.toLocalTime().isBefore(OPENS) || here.toLocalTime().isAfter(CLOSES);
    if (!night && !weekend(here)) {
      return at;
    }
    if (!here.toLocalTime().isBefore(OPENS)) {
      here = here.plusDays(1);
    }
    while (weekend(here)) {
      here = here.plusDays(1);
    }
    Instant opened = here.with(OPENS).plusMinutes(2 + random.nextInt(150)).toInstant();
    // on the first morning of the desk the next office hours may not have come yet
    return opened.isAfter(now.minus(LAST)) ? at : opened;
  }

  private static boolean weekend(ZonedDateTime day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
