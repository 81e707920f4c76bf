/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.event.DomainEvent;
import org.talka.api.event.DomainEventListener;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.event.EventConsumer;
import org.talka.event.internal.Eventually;
import org.talka.event.internal.outbox.Outbox;
import org.talka.gate.Extension;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.testkit.security.TestCallers;

@PersistenceTest(units = "event")
@Timeout(60)
class DeliveriesTest {
  private final TestDatabase desk;
  private final Database database;
  private Outbox outbox;
  private Deliveries deliveries;

  DeliveriesTest(TestDatabase desk) {
    this.desk = desk;
    this.database = desk.unit();
  }

  @BeforeEach
  void open() {
    outbox = new Outbox(database, desk.transactions(), new TestCallers());
    deliveries = deliveries();
  }

  private Deliveries deliveries() {
    return new Deliveries(
        outbox, database, Clock.systemUTC(), List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
  }

  @AfterEach
  void close() {
    deliveries.close();
  }

  private void publish(String type, String subject) {
    outbox.publish(type, subject, Map.of("subject", subject));
  }

  /** Remembers what it is told. */
  private static class Recorder implements EventConsumer, DomainEventListener {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public void consume(List<DomainEvent> batch) {
      batch.forEach(this::on);
    }

    @Override
    public void on(DomainEvent event) {
      told.add(event.subject());
    }

    void awaits(String... subjects) {
      Eventually.isTrue(() -> told.equals(List.of(subjects)), () -> "told " + told);
    }
  }

  /** An extension whose failures reach nobody, as the gate has it. */
  private record Gated(String module, DomainEventListener listener, Set<String> types)
      implements Extension<DomainEventListener> {
    @Override
    public String name() {
      return "Listener";
    }

    @Override
    public Map<String, Object> properties() {
      return Map.of();
    }

    @Override
    public Set<String> strings(String property) {
      return types;
    }

    @Override
    public <R> R call(Function<DomainEventListener, R> work) {
      return work.apply(listener);
    }

    @Override
    public boolean tell(Consumer<DomainEventListener> work) {
      try {
        work.accept(listener);
        return true;
      } catch (RuntimeException e) {
        return false;
      }
    }
  }

  @Test
  void tellsAConsumerWhatWasBeforeItAndWhatComes() {
    publish("ticket.created", "1");
    Recorder recorder = new Recorder();
    deliveries.add(recorder);
    recorder.awaits("1");
    publish("ticket.created", "2");
    publish("ticket.updated", "3");
    recorder.awaits("1", "2", "3");
  }

  @Test
  void triesAConsumerThatFailsAgainWithTheSameEvents() {
    AtomicInteger failures = new AtomicInteger(2);
    Recorder recorder =
        new Recorder() {
          @Override
          public void consume(List<DomainEvent> batch) {
            if (failures.getAndDecrement() > 0) {
              throw new IllegalStateException("index locked");
            }
            super.consume(batch);
          }
        };
    deliveries.add(recorder);
    publish("ticket.created", "1");
    recorder.awaits("1");
    assertTrue(failures.get() < 0);
  }

  @Test
  void aConsumerThatWaitsDoesNotHoldUpAnother() {
    CountDownLatch release = new CountDownLatch(1);
    Recorder slow =
        new Recorder() {
          @Override
          public String name() {
            return "slow";
          }

          @Override
          public void consume(List<DomainEvent> batch) {
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            super.consume(batch);
          }
        };
    Recorder quick = new Recorder();
    deliveries.add(slow);
    deliveries.add(quick);
    publish("ticket.created", "1");
    quick.awaits("1");
    assertEquals(List.of(), slow.told);
    release.countDown();
    slow.awaits("1");
  }

  @Test
  void goesOnWhereItStoodWhenItWasStopped() {
    Recorder first = new Recorder();
    deliveries.add(first);
    publish("ticket.created", "1");
    first.awaits("1");
    deliveries.close();
    publish("ticket.created", "2");
    deliveries = deliveries();
    Recorder second = new Recorder();
    deliveries.add(second);
    second.awaits("2");
  }

  @Test
  void repeatsAfterACrashWhatWasNotFinished() {
    CountDownLatch never = new CountDownLatch(1);
    Recorder crashing =
        new Recorder() {
          @Override
          public void consume(List<DomainEvent> batch) {
            super.consume(batch);
            try {
              never.await(); // the process dies in here: the cursor is never moved
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    publish("ticket.created", "1");
    publish("ticket.created", "2");
    deliveries.add(crashing);
    crashing.awaits("1", "2");
    Deliveries afterwards = deliveries();
    try {
      Recorder again = new Recorder();
      afterwards.add(again);
      again.awaits("1", "2");
    } finally {
      afterwards.close();
      never.countDown();
    }
  }

  @Test
  void aNewListenerBeginsNow() {
    publish("ticket.created", "before");
    Recorder recorder = new Recorder();
    deliveries.listeners(List.of(new Gated("problem", recorder, Set.of())));
    publish("ticket.created", "after");
    recorder.awaits("after");
  }

  @Test
  void tellsAListenerOnlyTheTypesItWants() {
    Recorder recorder = new Recorder();
    deliveries.listeners(
        List.of(new Gated("problem", recorder, Set.of("ticket.created", "problem.*"))));
    publish("ticket.created", "1");
    publish("ticket.updated", "2");
    publish("problem.known-error.confirmed", "3");
    publish("change.approved", "4");
    publish("ticket.created", "5");
    recorder.awaits("1", "3", "5");
  }

  @Test
  void aListenerThatCameBackHearsWhatItMissed() {
    Recorder old = new Recorder();
    Gated extension = new Gated("problem", old, Set.of());
    deliveries.listeners(List.of(extension));
    publish("ticket.created", "1");
    old.awaits("1");
    deliveries.listeners(List.of());
    publish("ticket.created", "2");
    Recorder updated = new Recorder();
    deliveries.listeners(List.of(new Gated("problem", updated, Set.of())));
    updated.awaits("2");
  }

  @Test
  void keepsWhatAListenerCanNotTakeAsADeadLetterAndGoesOn() {
    AtomicInteger tries = new AtomicInteger();
    Recorder recorder =
        new Recorder() {
          @Override
          public void on(DomainEvent event) {
            if (event.subject().equals("bad")) {
              tries.incrementAndGet();
              throw new IllegalArgumentException();
            }
            super.on(event);
          }
        };
    deliveries.listeners(List.of(new Gated("problem", recorder, Set.of())));
    publish("ticket.created", "bad");
    publish("ticket.created", "good");
    recorder.awaits("good");
    assertEquals(3, tries.get());
    List<?> letters =
        database.read(
            em ->
                em.createNativeQuery("select consumer, subject, attempts from event_dead_letter")
                    .getResultList());
    assertEquals(1, letters.size());
    Object[] letter = (Object[]) letters.get(0);
    assertEquals("listener:problem:Listener", letter[0]);
    assertEquals("bad", letter[1]);
    assertEquals(3, ((Number) letter[2]).intValue());
  }

  @Test
  void aListenerThatFailsDoesNotHoldUpAnother() {
    Recorder good = new Recorder();
    DomainEventListener bad =
        event -> {
          throw new IllegalStateException();
        };
    deliveries.listeners(
        List.of(new Gated("bad", bad, Set.of()), new Gated("good", good, Set.of())));
    publish("ticket.created", "1");
    good.awaits("1");
  }

  @Test
  void knowsWhatAllHavePassed() {
    Recorder recorder = new Recorder();
    deliveries.add(recorder);
    publish("ticket.created", "1");
    Eventually.isTrue(
        () -> deliveries.allPassed() == outbox.lastSequence(),
        () -> "passed " + deliveries.allPassed() + Collections.unmodifiableList(recorder.told));
  }

  @Test
  void aDeadLetterIsToldAgainWhenSomebodyWantsItOrGivenUp() {
    AtomicInteger failures = new AtomicInteger(Integer.MAX_VALUE);
    List<String> audited = new CopyOnWriteArrayList<>();
    DeadLetters letters = new DeadLetters(database, () -> deliveries, new Trail(audited));
    Recorder recorder =
        new Recorder() {
          @Override
          public void on(DomainEvent event) {
            if (event.subject().startsWith("bad") && failures.getAndDecrement() > 0) {
              throw new IllegalArgumentException();
            }
            super.on(event);
          }
        };
    deliveries.listeners(List.of(new Gated("problem", recorder, Set.of())));
    for (String subject : List.of("bad 1", "bad 2", "bad 3", "good")) {
      publish("ticket.created", subject);
    }
    recorder.awaits("good");
    List<DeadLetter> all = letters.list(Optional.empty(), 10);
    assertEquals(
        List.of("bad 3", "bad 2", "bad 1"), all.stream().map(DeadLetter::subject).toList());
    assertEquals("problem", all.get(0).module());
    assertEquals("Listener", all.get(0).listener());
    DeadLetters.Key third = key(all.get(0));
    assertEquals(all.subList(1, 3), letters.list(Optional.of(third), 10));

    assertRefused(ErrorKind.CONFLICT, () -> letters.tryAgain(third));
    assertEquals(all.get(0).attempts() + 1, letters.list(Optional.empty(), 1).get(0).attempts());
    failures.set(0);
    letters.tryAgain(third);
    recorder.awaits("good", "bad 3");
    letters.forget(key(all.get(1)));
    assertEquals(List.of(all.get(2)), letters.list(Optional.empty(), 10));
    assertRefused(ErrorKind.NOT_FOUND, () -> letters.forget(third));
    deliveries.listeners(List.of());
    assertRefused(ErrorKind.CONFLICT, () -> letters.tryAgain(key(all.get(2))));
    assertEquals(List.of("delivery.retried", "delivery.retried", "delivery.forgotten"), audited);
  }

  @Test
  void saysHowFarEverybodyIs() {
    CountDownLatch release = new CountDownLatch(1);
    Recorder slow =
        new Recorder() {
          @Override
          public void consume(List<DomainEvent> batch) {
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    Recorder quick = new Recorder();
    deliveries.listeners(List.of(new Gated("problem", quick, Set.of())));
    deliveries.add(slow);
    publish("ticket.created", "1");
    publish("ticket.created", "2");
    quick.awaits("1", "2");
    Eventually.isTrue(
        () ->
            deliveries.status().stream()
                .map(status -> status.module() + " " + (status.behind() > 0))
                .toList()
                .equals(List.of("core true", "problem false")),
        () -> "status " + deliveries.status());
    release.countDown();
  }

  private static DeadLetters.Key key(DeadLetter letter) {
    return new DeadLetters.Key(letter.consumer(), letter.sequence());
  }

  private static void assertRefused(ErrorKind kind, Runnable work) {
    assertEquals(
        kind,
        org.junit.jupiter.api.Assertions.assertThrows(DomainException.class, work::run).kind());
  }

  private record Trail(List<String> actions) implements Audit {
    @Override
    public void record(String action, String object, Map<String, String> details) {
      actions.add(action);
    }

    @Override
    public void recordAlways(String action, String object, Map<String, String> details) {
      record(action, object, details);
    }
  }
}
