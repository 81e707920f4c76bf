/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The time of what is written to tickets, in the precision that the database keeps. Thread-safe.
 */
@Component(service = {DeskClock.class, PastTime.class})
public class DeskClock implements PastTime {
  private final Clock clock;

  /** Set while a thread tells of the past. */
  private final ThreadLocal<Instant> past = new ThreadLocal<>();

  @Activate
  public DeskClock() {
    this(Clock.systemUTC());
  }

  public DeskClock(Clock clock) {
    this.clock = clock;
  }

  public Instant now() {
    return past().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** The time of which this thread tells; absent when things happen now. */
  Optional<Instant> past() {
    return Optional.ofNullable(past.get());
  }

  @Override
  public <T> T at(Instant when, Supplier<T> work) {
    if (when.isAfter(clock.instant())) {
      throw new IllegalArgumentException("Nobody knows what happens at " + when);
    }
    if (past.get() != null) {
      throw new IllegalStateException("It is " + past.get() + " already");
    }
    past.set(when.truncatedTo(ChronoUnit.MICROS));
    try {
      return work.get();
    } finally {
      past.remove();
    }
  }
}
