/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.event.DomainEvent;
import org.talka.event.internal.outbox.Outbox;

/**
 * Takes one consumer through the events, on a thread of its own, in order and at least once each.
 *
 * <p>The cursor is moved only after delivery, and not for every batch: a commit for each would cost
 * the database as much as the changes themselves. A crash repeats what was told in between.
 */
final class Follower implements AutoCloseable {
  /** Where somebody begins who was never here. */
  enum Start {
    /** With the oldest event that is kept. */
    OLDEST,
    /** With the next event. */
    NOW
  }

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final Duration SAVE_AFTER = Duration.ofMillis(500);

  /**
   * Least time between two batches: a lone event is told at once, and under load a batch holds what
   * ten milliseconds brought instead of paying the reads of a batch for every event.
   */
  private static final Duration GATHER = Duration.ofMillis(10);

  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long UNKNOWN = -1;

  private final String name;
  private final Outbox outbox;
  private final Cursors cursors;
  private final Start start;
  private final int batch;
  private final Delivery delivery;
  private final Stop stop = new Stop();
  private final Thread thread;

  /** Where a newcomer begins that begins now. */
  private final long now;

  /** Everything up to here has been delivered. */
  private volatile long position = UNKNOWN;

  /** What is stored; the thread's own, as is what follows. */
  private long saved;

  /** When {@link #position} left {@link #saved} behind. */
  private long movedNanos;

  /** When the last batch was read. */
  private long readNanos = System.nanoTime() - GATHER.toNanos();

  private Duration pause = FIRST_PAUSE;

  Follower(String name, Outbox outbox, Cursors cursors, Start start, int batch, Delivery delivery) {
    this.name = name;
    this.outbox = outbox;
    this.cursors = cursors;
    this.start = start;
    this.batch = batch;
    this.delivery = delivery;
    this.now = outbox.lastSequence();
    this.thread = new Thread(this::run, "talka-event " + name);
    this.thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  String name() {
    return name;
  }

  /** How far it is for sure; 0 as long as that is unknown. */
  long position() {
    return Math.max(0, position);
  }

  private void run() {
    while (!stop.asked()) {
      try {
        if (position == UNKNOWN) {
          takePlace();
        }
        step();
        pause = FIRST_PAUSE;
      } catch (InterruptedException e) {
        stop.ask();
      } catch (RuntimeException | LinkageError e) {
        troubled(e);
      }
    }
    if (position > saved) {
      saveAtTheEnd();
    }
  }

  private void takePlace() {
    OptionalLong stored = cursors.find(name);
    if (stored.isEmpty()) {
      long first = start == Start.NOW ? now : 0;
      cursors.save(name, first);
      stored = OptionalLong.of(first);
    }
    saved = stored.getAsLong();
    position = saved;
  }

  private void step() throws InterruptedException {
    Duration wait =
        position == saved ? IDLE : SAVE_AFTER.minusNanos(System.nanoTime() - movedNanos);
    if (outbox.awaitAfter(position, wait, stop::asked)) {
      gather();
      advance();
    }
    if (position != saved && System.nanoTime() - movedNanos >= SAVE_AFTER.toNanos()) {
      save();
    }
  }

  private void gather() {
    Duration early = GATHER.minusNanos(System.nanoTime() - readNanos);
    if (!early.isNegative() && !early.isZero()) {
      stop.within(early);
    }
    readNanos = System.nanoTime();
  }

  private void advance() {
    // asked before reading: everything up to here is in what is read then
    long horizon = outbox.lastSequence();
    List<DomainEvent> events = outbox.after(position, batch);
    if (!events.isEmpty() && !delivery.deliver(events, stop)) {
      return;
    }
    if (position == saved) {
      movedNanos = System.nanoTime();
    }
    long last = events.isEmpty() ? position : events.get(events.size() - 1).sequence();
    position = events.size() < batch ? Math.max(horizon, last) : last;
  }

  private void save() {
    cursors.save(name, position);
    saved = position;
  }

  private void saveAtTheEnd() {
    try {
      save();
    } catch (RuntimeException e) {
      LOG.debug("the cursor of {} was not saved; it hears some events again", name, e);
    }
  }

  /** Logged when trouble begins, not with every try. */
  private void troubled(Throwable e) {
    if (stop.asked()) {
      return;
    }
    if (pause.equals(FIRST_PAUSE)) {
      LOG.error("{} could not take events and is tried again", name, e);
    } else {
      LOG.debug("{} still can't take events", name, e);
    }
    stop.within(pause);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Ends it after the delivery that is going on; waits some seconds for that. */
  @Override
  public void close() {
    stop.ask();
    outbox.wakeReaders();
    try {
      thread.join(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
