/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talka.api.event.DomainEvent;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.PersonId;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.testkit.security.TestCaller;
import org.talka.testkit.security.TestCallers;

@PersistenceTest(units = "event")
@Timeout(60)
class OutboxTest {
  private final Database database;
  private final Transactions transactions;
  private final TestCallers callers = new TestCallers();
  private Outbox outbox;

  OutboxTest(TestDatabase desk) {
    this.database = desk.unit();
    this.transactions = desk.transactions();
  }

  @BeforeEach
  void open() {
    outbox = new Outbox(database, transactions, callers);
  }

  private void publish(String subject) {
    outbox.publish("ticket.created", subject, Map.of());
  }

  private List<String> subjects() {
    return outbox.after(0, 1_000).stream().map(DomainEvent::subject).toList();
  }

  @Test
  void keepsAllThatAnEventSays() {
    Map<String, Object> data =
        Map.of(
            "text", "Ķīļ\u2028", "count", 3, "list", List.of(true, 1.5), "map", Map.of("a", "b"));
    callers.as(
        TestCaller.person(7),
        () -> {
          outbox.publish("ticket.created", "ticket:INC-000001", data);
          return null;
        });
    DomainEvent event = outbox.after(0, 10).get(0);
    assertEquals("ticket.created", event.type());
    assertEquals("ticket:INC-000001", event.subject());
    assertEquals(Optional.of(new PersonId(7)), event.actor());
    assertEquals(data, event.data());
    assertTrue(Duration.between(event.at(), Instant.now()).toMinutes() < 1);
    assertEquals(outbox.lastSequence(), event.sequence());
  }

  @Test
  void takesAnEventAwayWithItsTransaction() {
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.required(
                () -> {
                  publish("lost");
                  throw new IllegalStateException();
                }));
    publish("kept");
    assertEquals(List.of("kept"), subjects());
  }

  @Test
  void doesNotTellPastATransactionThatIsStillOpen() {
    transactions.required(
        () -> {
          publish("slow");
          transactions.separate(
              () -> {
                publish("quick");
                return null;
              });
          assertEquals(List.of(), subjects(), "quick is committed, but slow comes before it");
          return null;
        });
    assertEquals(List.of("slow", "quick"), subjects());
  }

  @Test
  void readersThatFollowMissNothingUnderConcurrency() throws Exception {
    int writers = 6;
    int each = 40;
    AtomicInteger committed = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(writers + 1);
    try {
      Future<List<Long>> reader = pool.submit(() -> follow(writers * each));
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int from = writer;
        all.add(pool.submit(() -> write(from, each, committed)));
      }
      for (Future<?> one : all) {
        one.get(40, TimeUnit.SECONDS);
      }
      publish("end");
      List<Long> told = reader.get(20, TimeUnit.SECONDS);
      assertEquals(told.stream().sorted().distinct().toList(), told, "in order, once each");
      assertEquals(committed.get() + 1, told.size());
    } finally {
      pool.shutdownNow();
    }
  }

  private Void write(int writer, int count, AtomicInteger committed) {
    for (int i = 0; i < count; i++) {
      boolean fails = ThreadLocalRandom.current().nextInt(5) == 0;
      String subject = writer + "-" + i;
      try {
        transactions.required(
            () -> {
              publish(subject);
              Thread.yield();
              if (fails) {
                throw new IllegalStateException();
              }
              return null;
            });
        committed.incrementAndGet();
      } catch (IllegalStateException e) {
        assertTrue(fails);
      }
    }
    return null;
  }

  private List<Long> follow(int most) throws InterruptedException {
    List<Long> told = new ArrayList<>();
    long position = 0;
    while (told.size() <= most) {
      assertTrue(outbox.awaitAfter(position, Duration.ofSeconds(30), () -> false));
      long horizon = outbox.lastSequence();
      List<DomainEvent> events = outbox.after(position, 7);
      for (DomainEvent event : events) {
        told.add(event.sequence());
        if (event.subject().equals("end")) {
          return told;
        }
      }
      position =
          events.size() < 7
              ? Math.max(horizon, events.isEmpty() ? 0 : events.get(events.size() - 1).sequence())
              : events.get(events.size() - 1).sequence();
    }
    return told;
  }

  @Test
  void goesOnWithHigherNumbersAfterARestart() {
    publish("before");
    long last = outbox.lastSequence();
    Outbox restarted = new Outbox(database, transactions, callers);
    assertEquals(last, restarted.lastSequence());
    restarted.publish("ticket.created", "after", Map.of());
    assertEquals(last + 1, restarted.lastSequence());
  }

  @Test
  void deletesOldEventsButNotTheirNumbers() {
    Instant now = Instant.parse("2026-06-01T00:00:00Z");
    Outbox then =
        new Outbox(
            database,
            transactions,
            callers,
            Clock.fixed(now.minus(Duration.ofDays(40)), ZoneOffset.UTC));
    then.publish("ticket.created", "old", Map.of());
    then.publish("ticket.created", "not passed by all", Map.of());
    long last = then.lastSequence();
    assertEquals(1, then.deleteOld(now.minus(Duration.ofDays(30)), last - 1));
    assertEquals(1, then.deleteOld(now.minus(Duration.ofDays(30)), last));
    assertEquals(List.of(), then.after(0, 10));
    assertEquals(last, new Outbox(database, transactions, callers).lastSequence());
  }

  @Test
  void keepsEventsThatAreYoung() {
    publish("young");
    assertEquals(
        0, outbox.deleteOld(Instant.now().minus(Duration.ofDays(30)), outbox.lastSequence()));
    assertEquals(List.of("young"), subjects());
  }

  @Test
  void refusesDataThatIsNotPlain() {
    assertThrows(
        IllegalArgumentException.class,
        () -> outbox.publish("ticket.created", "a", Map.of("when", Instant.now())));
    assertThrows(IllegalArgumentException.class, () -> outbox.publish("Not a type", "a", Map.of()));
    assertFalse(transactions.active());
    publish("the refused number is decided");
    assertEquals(List.of("the refused number is decided"), subjects());
  }
}
