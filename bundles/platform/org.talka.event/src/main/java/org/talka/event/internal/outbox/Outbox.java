/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.event.DomainEvent;
import org.talka.api.event.DomainEvents;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Callers;
import org.talka.api.security.PersonId;
import org.talka.event.EventLog;
import org.talka.event.internal.delivery.CursorRow;

/**
 * Stores events in the transaction of the change that they tell of, and reads them back. A row is
 * written or not together with the change, whatever happens to the process.
 */
@Component(service = {EventLog.class, Outbox.class})
public final class Outbox implements DomainEvents, EventLog {
  private static final int MOST = 1_000;
  private static final int RETENTION_BATCH = 500;

  private final Database database;
  private final Transactions transactions;
  private final Callers callers;
  private final Clock clock;
  private final Numbers numbers;

  @Activate
  public Outbox(
      @Reference(target = "(talka.unit=event)") Database database,
      @Reference Transactions transactions,
      @Reference Callers callers) {
    this(database, transactions, callers, Clock.systemUTC());
  }

  public Outbox(Database database, Transactions transactions, Callers callers, Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.callers = callers;
    this.clock = clock;
    this.numbers = new Numbers(highest());
  }

  /** Cursors count too: the events that they stand on may have been deleted for their age. */
  private long highest() {
    return database.read(
        em -> {
          Long stored =
              em.createQuery("select max(o.sequence) from OutboxRow o", Long.class)
                  .getSingleResult();
          Long passed =
              em.createQuery("select max(c.sequence) from CursorRow c", Long.class)
                  .getSingleResult();
          return Math.max(stored == null ? 0 : stored, passed == null ? 0 : passed);
        });
  }

  @Override
  public void publish(String type, String subject, Map<String, Object> data) {
    if (!type.matches("[a-z][a-zA-Z0-9-]*(\\.[a-zA-Z0-9-]+)+") || type.length() > 120) {
      throw new IllegalArgumentException(
          "an event's type is dotted words in the past tense, for example ticket.created: " + type);
    }
    if (subject.isEmpty() || subject.length() > 200) {
      throw new IllegalArgumentException("an event's subject has 1 to 200 characters: " + subject);
    }
    transactions.required(
        () -> {
          long number = numbers.take();
          transactions.afterCompletion(committed -> numbers.decided(number));
          Optional<PersonId> actor = callers.current().person();
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          OutboxRow row =
              new OutboxRow(
                  new DomainEvent(
                      UUID.randomUUID().toString(), number, type, subject, now, actor, data));
          return database.write(
              em -> {
                em.persist(row);
                return null;
              });
        });
  }

  @Override
  public long lastSequence() {
    return numbers.horizon();
  }

  @Override
  public List<DomainEvent> after(long sequence, int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit is 1 to " + MOST + ", not " + limit);
    }
    long horizon = numbers.horizon();
    if (horizon <= sequence) {
      return List.of();
    }
    return database.read(
        em ->
            em
                .createQuery(
                    "select o from OutboxRow o where o.sequence > :after and o.sequence <= :horizon"
                        + " order by o.sequence",
                    OutboxRow.class)
                .setParameter("after", sequence)
                .setParameter("horizon", horizon)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(OutboxRow::event)
                .toList());
  }

  /** Waits until there may be something after this number, the time is over, or {@code stop}. */
  public boolean awaitAfter(long sequence, Duration wait, BooleanSupplier stop)
      throws InterruptedException {
    return numbers.awaitAbove(sequence, wait, stop);
  }

  /** Lets everybody who waits look whether it is to stop. */
  public void wakeReaders() {
    numbers.wake();
  }

  /**
   * Deletes events that are older than {@code before} and not above {@code upTo}, a few at a time.
   *
   * @return how many
   */
  public int deleteOld(Instant before, long upTo) {
    int deleted = 0;
    while (true) {
      int some = deleteSome(before, upTo);
      deleted += some;
      if (some < RETENTION_BATCH) {
        return deleted;
      }
    }
  }

  private int deleteSome(Instant before, long upTo) {
    return transactions.required(
        () -> {
          // the events are in the order of their time, so that the oldest come first by number
          List<Long> old =
              database.read(
                  em ->
                      em
                          .createQuery(
                              "select o.sequence, o.happenedAt from OutboxRow o"
                                  + " where o.sequence <= :upTo order by o.sequence",
                              Object[].class)
                          .setParameter("upTo", upTo)
                          .setMaxResults(RETENTION_BATCH)
                          .getResultList()
                          .stream()
                          .takeWhile(row -> ((Instant) row[1]).isBefore(before))
                          .map(row -> (Long) row[0])
                          .toList());
          if (old.isEmpty()) {
            return 0;
          }
          long last = old.get(old.size() - 1);
          return database.write(
              em -> {
                // so that the numbers go on from here even if nothing is left
                CursorRow.move(em, CursorRow.RETENTION, last, clock.instant());
                return em.createQuery("delete from OutboxRow o where o.sequence <= :last")
                    .setParameter("last", last)
                    .executeUpdate();
              });
        });
  }
}
