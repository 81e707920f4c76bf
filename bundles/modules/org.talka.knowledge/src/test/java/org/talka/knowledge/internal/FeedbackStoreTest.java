/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.knowledge.internal.store.Asked;
import org.talka.knowledge.internal.store.Day;
import org.talka.knowledge.internal.store.FeedbackStore;
import org.talka.knowledge.internal.store.Figures;
import org.talka.knowledge.internal.store.Reading;
import org.talka.knowledge.internal.store.Remark;
import org.talka.knowledge.internal.store.Use;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.knowledge.internal.store.UseStore.Count;
import org.talka.testkit.persistence.PersistenceTest;

@PersistenceTest(units = "knowledge")
class FeedbackStoreTest {
  private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");

  private final Database database;
  private final Transactions transactions;
  private FeedbackStore store;
  private UseStore uses;

  FeedbackStoreTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    store = new FeedbackStore(database, transactions);
    uses = new UseStore(database);
  }

  @Test
  void theLastWordOfAPersonCounts() {
    assertEquals(Optional.empty(), store.vote(7, 1, true, 1, NOW));
    assertEquals(Optional.of(true), store.vote(7, 1, false, 2, NOW));
    assertEquals(Optional.of(false), store.vote(7, 1));
    assertEquals(Optional.empty(), store.vote(7, 2));
  }

  @Test
  void figuresAreCountedApartFromTheArticle() {
    uses.begin(7);
    uses.begin(8);
    uses.add(7, Count.VIEWS, 1);
    uses.add(7, Count.VIEWS, 1);
    uses.add(7, Count.HELPFUL, 1);
    Map<Long, Figures> figures = uses.figures(List.of(7L, 8L, 9L));
    assertEquals(2, figures.get(7L).views());
    assertEquals(1, figures.get(7L).helpful());
    assertEquals(0, figures.get(8L).views());
    assertTrue(figures.get(7L).worth() > figures.get(8L).worth());
    assertEquals(2, figures.size());
  }

  @Test
  void aTicketIsOneUseAndSolvedOnce() {
    Use use = new Use(7, "INC-1");
    use.used(1, Use.LINKED, "Anna", NOW);
    assertTrue(uses.use(use));
    Use again = new Use(7, "INC-1");
    again.used(2, Use.SENT, "Bruno", NOW.plusSeconds(1));
    assertTrue(!uses.use(again));
    assertEquals(2, uses.ofTicket("INC-1").get(0).number());
    assertEquals(List.of(7L), uses.solved("INC-1", true));
    assertEquals(List.of(), uses.solved("INC-1", true));
    assertEquals(List.of(7L), uses.solved("INC-1", false));
    assertTrue(uses.forget(7, "INC-1").isPresent());
    assertTrue(uses.forget(7, "INC-1").isEmpty());
    assertEquals(List.of(), uses.ofArticle(7, 10));
  }

  @Test
  void whatIsCountedAtTheSameMomentCountsAll() throws Exception {
    together(
        () ->
            transactions.required(
                () -> {
                  store.count(100, 0, 1);
                  return null;
                }));
    assertEquals(MANY, store.days(100).get(0).asked());
    together(
        () ->
            transactions.required(
                () -> {
                  store.asked("plotter", "portal", 2, false, NOW);
                  return null;
                }));
    assertEquals(MANY, store.missed(Optional.empty(), 1).get(0).times());
  }

  @Test
  void aDoubleClickIsOneVote() throws Exception {
    AtomicInteger news = new AtomicInteger();
    together(
        () -> {
          Optional<Boolean> before;
          try {
            before = transactions.required(() -> store.vote(7, 1, true, 1, NOW));
          } catch (ConcurrentChangeException again) {
            before = transactions.required(() -> store.vote(7, 1, true, 1, NOW));
          }
          if (before.isEmpty()) {
            news.incrementAndGet();
          }
        });
    assertEquals(1, news.get());
    together(
        () -> {
          if (store.vote(7, 1, false, 1, NOW).equals(Optional.of(true))) {
            news.incrementAndGet();
          }
        });
    assertEquals(2, news.get());
  }

  private static final int MANY = 4;

  private static void together(Runnable work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(MANY);
    try {
      List<Future<?>> all = new ArrayList<>();
      CyclicBarrier begin = new CyclicBarrier(MANY);
      for (int i = 0; i < MANY; i++) {
        all.add(
            threads.submit(
                () -> {
                  begin.await();
                  work.run();
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void remarksComeTheLatestFirstPageByPage() {
    for (int i = 0; i < 5; i++) {
      store.remark(7, 1, "Rita", "Remark " + i, NOW.plusSeconds(i));
    }
    store.remark(8, 1, "Rita", "Elsewhere", NOW);
    List<Remark> first = store.remarks(7, Long.MAX_VALUE, 3);
    assertEquals(
        List.of("Remark 4", "Remark 3", "Remark 2"), first.stream().map(Remark::body).toList());
    List<Remark> rest = store.remarks(7, first.get(2).id(), 3);
    assertEquals(List.of("Remark 1", "Remark 0"), rest.stream().map(Remark::body).toList());
    assertTrue(store.done(7, first.get(0).id(), true).isPresent());
    assertTrue(store.done(8, first.get(0).id(), true).isEmpty());
    assertTrue(store.remarks(7, Long.MAX_VALUE, 1).get(0).done());
    assertTrue(
        new FeedbackStore(database, transactions).remark(7, 1, "x", "y", NOW).id()
            > first.get(0).id());
  }

  @Test
  void whoeverIsQuietIsFoundAndForgottenOnce() {
    store.reads(1, 7, NOW);
    store.reads(1, 8, NOW.plusSeconds(60));
    store.reads(2, 7, NOW.plusSeconds(600));
    assertEquals(List.of(), store.quietSince(NOW.minusSeconds(1), 10));
    assertEquals(List.of(1L), store.quietSince(NOW.plusSeconds(60), 10));
    assertEquals(Optional.of(NOW.plusSeconds(60)), store.lastOf(1));
    assertEquals(List.of(7L, 8L), store.takeOf(1).stream().map(Reading::article).toList());
    assertEquals(List.of(), store.takeOf(1));
    assertEquals(Optional.empty(), store.lastOf(1));
    store.count(100, 1, 0);
    store.count(100, 0, 2);
    store.count(99, 1, 0);
    List<Day> days = store.days(100);
    assertEquals(1, days.size());
    assertEquals(1, days.get(0).answered());
    assertEquals(2, days.get(0).asked());
  }

  @Test
  void missedSearchesComeTheMostFrequentFirstAndGoOnceSomethingIsOpened() {
    for (int i = 0; i < 5; i++) {
      for (int times = 0; times <= i % 3; times++) {
        store.asked("question " + i, "portal", 0, false, NOW.plusSeconds(i));
      }
    }
    store.asked("answered", "portal", 3, false, NOW);
    store.asked("answered", "portal", 3, true, NOW);
    List<String> all = new ArrayList<>();
    Optional<Asked> after = Optional.empty();
    do {
      List<Asked> page = store.missed(after, 2);
      page.forEach(miss -> all.add(miss.words()));
      after = page.isEmpty() ? Optional.empty() : Optional.of(page.get(page.size() - 1));
    } while (after.isPresent());
    assertEquals(
        List.of("question 2", "question 1", "question 4", "question 0", "question 3"), all);
    store.forget("question 2", "portal");
    store.forgetBefore(NOW.plusSeconds(4));
    assertEquals(
        List.of("question 4"),
        store.missed(Optional.empty(), 9).stream().map(Asked::words).toList());
  }
}
