/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talka.api.module.SampleData;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.store.SampleStore;

@PersistenceTest(units = "ticket")
@Timeout(60)
class SamplesTest {
  private static final String SUBJECT = "The lamp is out";

  private final Database database;
  private final Transactions transactions;
  private final List<String> told = new ArrayList<>();
  private DeskUnderTest it;
  private SampleStore store;
  private Samples samples;

  SamplesTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    store = new SampleStore(database);
    samples = again();
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  private Samples again() {
    return new Samples(it.gate, store, it.people, it.callers, transactions, it.clock);
  }

  private void fill() {
    samples.fill(it.gate.open(SampleData.class));
  }

  private void add(String module, SampleData data) {
    it.gate.add(SampleData.class, module, data, Map.of());
  }

  @Test
  void aModuleIsAskedOnceHoweverOftenItComes() {
    add("shelf", context -> told.add("shelf as " + it.callers.current().username()));
    fill();
    fill();
    samples = again();
    it.gate.withdraw("shelf", Duration.ZERO);
    it.gate.admit("shelf");
    fill();
    assertEquals(List.of("shelf as system:shelf"), told);
  }

  @Test
  void whatFailsLeavesNothingAndIsTriedAgain() {
    add(
        "shelf",
        context -> {
          told.add("tried");
          it.as(RITA, () -> it.desk.create("incident", Map.of("subject", SUBJECT), true));
          if (told.size() == 1) {
            throw new IllegalCallerException("not yet");
          }
        });
    add("other", context -> told.add("other"));
    fill();
    assertEquals(List.of("tried", "other"), told);
    assertEquals(Optional.empty(), store.ticket(SUBJECT));
    assertFalse(store.filled("shelf"));
    fill();
    assertTrue(store.ticket(SUBJECT).isPresent());
    assertTrue(store.filled("shelf"));
    assertEquals(List.of("tried", "other", "tried"), told);
  }

  @Test
  void itTellsOfThePastAsThePeopleOfTheDemonstration() {
    String key =
        it.as(RITA, () -> it.desk.create("incident", Map.of("subject", SUBJECT), true)).key();
    add(
        "shelf",
        context -> {
          assertEquals(Optional.of(key), context.ticket(SUBJECT));
          assertEquals(Optional.empty(), context.ticket("Nothing of the kind"));
          Instant before = context.now().minus(Duration.ofDays(3));
          assertEquals(
              before,
              context.as(
                  "anna",
                  before,
                  () -> {
                    told.add(it.callers.current().username());
                    return it.tickets.create("incident", Map.of("subject", "Before")).createdAt();
                  }));
          assertThrows(
              IllegalArgumentException.class,
              () -> context.as("nobody", before, () -> told.add("nobody")));
        });
    fill();
    assertEquals(List.of("anna"), told);
    assertTrue(store.filled("shelf"));
  }

  @Test
  void whatNeedsTheCommittedRecordsComesAfterwards() {
    add(
        "shelf",
        context -> {
          context.afterwards(
              () -> {
                told.add("left out");
                throw new IllegalCallerException("not at all");
              });
          context.afterwards(
              () ->
                  told.add(
                      it.callers.current().username()
                          + transactions.separate(() -> store.filled("shelf"))));
          told.add("filled");
        });
    fill();
    assertEquals(List.of("filled", "left out", "system:shelftrue"), told);
    assertTrue(store.filled("shelf"));
  }

  @Test
  void aDeskThatIsNoDemonstrationGetsNothing() throws InterruptedException {
    add("shelf", context -> told.add("shelf"));
    samples.follow();
    assertEquals(List.of(), told);
    assertFalse(store.filled("shelf"));
  }

  @Test
  void aDemonstrationFillsWhatIsThereAndWhatComes() throws InterruptedException {
    samples.begin();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    add("shelf", context -> first.countDown());
    Thread thread =
        new Thread(
            () -> {
              try {
                samples.follow();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    assertTrue(first.await(30, TimeUnit.SECONDS));
    add("later", context -> second.countDown());
    assertTrue(second.await(30, TimeUnit.SECONDS));
    samples.close();
    thread.join();
    assertTrue(store.filled("later"));
  }
}
