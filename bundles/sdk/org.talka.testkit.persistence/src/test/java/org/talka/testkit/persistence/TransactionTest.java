/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.persistence.Transactions;
import org.talka.testkit.persistence.alpha.Note;
import org.talka.testkit.persistence.beta.Entry;

@PersistenceTest(units = {"alpha", "beta"})
@Timeout(60)
class TransactionTest {
  /** Not the common pool, which has one thread on a small machine. */
  private static final Executor ANOTHER_THREAD = work -> new Thread(work).start();

  private final TestDatabase desk;
  private final Transactions transactions;
  private final Database alpha;
  private final Database beta;

  TransactionTest(TestDatabase desk) {
    this.desk = desk;
    this.transactions = desk.transactions();
    this.alpha = desk.unit("alpha");
    this.beta = desk.unit("beta");
  }

  private void note(long id, String name) {
    alpha.write(
        em -> {
          em.persist(new Note(id, name));
          return null;
        });
  }

  private void entry(String text) {
    beta.write(
        em -> {
          Entry entry = new Entry(text, 1L);
          entry.tags.add("x");
          em.persist(entry);
          return null;
        });
  }

  private long notes() {
    return alpha.read(
        em -> em.createQuery("select count(n) from Note n", Long.class).getSingleResult());
  }

  private long entries() {
    return beta.read(
        em -> em.createQuery("select count(e) from Entry e", Long.class).getSingleResult());
  }

  @Test
  void keepsValuesOfEveryKind() {
    Instant at = Instant.parse("2026-03-29T01:30:00.123456789Z");
    String body = "Ķīļēģžš \uD83D\uDE80 ".repeat(5_000);
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    alpha.write(
        em -> {
          Note note = new Note(1, "all");
          note.body = body;
          note.content = content;
          note.done = true;
          note.rating = 7;
          note.madeAt = at;
          em.persist(note);
          return null;
        });
    Note read = alpha.read(em -> em.find(Note.class, 1L));
    assertEquals(body, read.body);
    assertArrayEquals(content, read.content);
    assertTrue(read.done);
    assertEquals((short) 7, read.rating);
    assertEquals(at.truncatedTo(ChronoUnit.MICROS), read.madeAt);
  }

  @Test
  void storesInstantsAsTimestamps() throws Exception {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    alpha.write(
        em -> {
          Note note = new Note(1, "at");
          note.madeAt = at;
          em.persist(note);
          return null;
        });
    try (var connection = desk.connect();
        var rows = connection.createStatement().executeQuery("select made_at from alpha_note")) {
      assertTrue(rows.next());
      assertEquals(at, rows.getTimestamp(1).toInstant());
    }
  }

  @Test
  void commitsBothUnitsTogether() {
    transactions.required(
        () -> {
          note(1, "a");
          entry("b");
          return null;
        });
    assertEquals(1, notes());
    assertEquals(1, entries());
  }

  @Test
  void rollsTheFirstUnitBackWhenTheSecondFailsAtCommit() {
    assertThrows(
        RuntimeException.class,
        () ->
            transactions.required(
                () -> {
                  note(1, "a");
                  beta.write(
                      em -> {
                        em.persist(new Entry(null, 1L));
                        return null;
                      });
                  return null;
                }));
    assertEquals(0, notes());
    assertEquals(0, entries());
  }

  @Test
  void rollsEverythingBackWhenTheWorkThrowsAndPassesTheExceptionOn() {
    IllegalStateException thrown = new IllegalStateException("no");
    assertSame(
        thrown,
        assertThrows(
            IllegalStateException.class,
            () ->
                transactions.required(
                    () -> {
                      note(1, "a");
                      entry("b");
                      throw thrown;
                    })));
    assertEquals(0, notes());
    assertEquals(0, entries());
  }

  @Test
  void doesNotCommitWhatFailedInsideEvenIfTheOuterWorkGoesOn() {
    IllegalStateException inner = new IllegalStateException("inner");
    assertSame(
        inner,
        assertThrows(
            IllegalStateException.class,
            () ->
                transactions.required(
                    () -> {
                      note(1, "a");
                      assertThrows(
                          IllegalStateException.class,
                          () ->
                              transactions.required(
                                  () -> {
                                    throw inner;
                                  }));
                      return null;
                    })));
    assertEquals(0, notes());
  }

  @Test
  void goesOnAfterAReadThatFoundNothing() {
    transactions.required(
        () -> {
          note(1, "a");
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  alpha.read(
                      em -> {
                        throw new IllegalArgumentException("not found");
                      }));
          return null;
        });
    assertEquals(1, notes());
  }

  @Test
  void readsItsOwnUncommittedChanges() {
    transactions.required(
        () -> {
          note(1, "a");
          assertEquals(1, notes());
          assertSame(
              alpha.read(em -> em.find(Note.class, 1L)), alpha.read(em -> em.find(Note.class, 1L)));
          return null;
        });
  }

  @Test
  void writesOfAnEntityReadEarlierInTheTransactionAreKept() {
    note(1, "a");
    transactions.required(
        () -> {
          Note note = alpha.read(em -> em.find(Note.class, 1L));
          note.name = "b";
          return null;
        });
    assertEquals("b", alpha.read(em -> em.find(Note.class, 1L).name));
  }

  @Test
  void refusesAStaleVersion() {
    note(1, "a");
    assertThrows(
        ConcurrentChangeException.class,
        () ->
            transactions.required(
                () -> {
                  Note mine = alpha.read(em -> em.find(Note.class, 1L));
                  onAnotherThread(
                      () ->
                          alpha.write(
                              em -> {
                                em.find(Note.class, 1L).name = "theirs";
                                return null;
                              }));
                  mine.name = "mine";
                  return null;
                }));
    assertEquals("theirs", alpha.read(em -> em.find(Note.class, 1L).name));
  }

  @Test
  void reportsADuplicateKeyAsAConcurrentChange() {
    note(1, "same");
    assertThrows(ConcurrentChangeException.class, () -> note(2, "same"));
    assertEquals(1, notes());
  }

  @Test
  void reportsADuplicateKeyFoundByAFlushAsAConcurrentChange() {
    note(1, "same");
    assertThrows(
        ConcurrentChangeException.class,
        () ->
            alpha.write(
                em -> {
                  em.persist(new Note(2, "same"));
                  em.flush();
                  return null;
                }));
    assertEquals(1, notes());
  }

  @Test
  void aStatementThatFailedCanNotBeSwallowed() {
    note(1, "same");
    assertThrows(
        RuntimeException.class,
        () ->
            transactions.required(
                () -> {
                  entry("b");
                  try {
                    alpha.write(
                        em -> {
                          em.persist(new Note(2, "same"));
                          em.flush();
                          return null;
                        });
                  } catch (ConcurrentChangeException e) {
                    // goes on as if nothing had happened
                  }
                  return null;
                }));
    assertEquals(0, entries());
  }

  @Test
  void separateStaysWhenTheOuterTransactionFails() {
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.required(
                () -> {
                  note(1, "outer");
                  transactions.separate(
                      () -> {
                        entry("kept");
                        assertEquals(1, entries());
                        return null;
                      });
                  throw new IllegalStateException();
                }));
    assertEquals(0, notes());
    assertEquals(1, entries());
  }

  @Test
  void aFailedSeparateTransactionLeavesTheOuterOneAlone() {
    transactions.required(
        () -> {
          note(1, "outer");
          assertThrows(
              IllegalStateException.class,
              () ->
                  transactions.separate(
                      () -> {
                        entry("lost");
                        throw new IllegalStateException();
                      }));
          note(2, "still");
          return null;
        });
    assertEquals(2, notes());
    assertEquals(0, entries());
  }

  @Test
  void separateTransactionsDoNotStarveWhenAllOthersWaitForThem() throws Exception {
    int threads = 24;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        long id = i;
        all.add(
            pool.submit(
                () ->
                    transactions.required(
                        () -> {
                          note(id, "outer " + id);
                          transactions.separate(
                              () -> {
                                note(threads + id, "inner " + id);
                                return null;
                              });
                          return null;
                        })));
      }
      for (Future<?> one : all) {
        one.get(30, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(2 * threads, notes());
  }

  @Test
  void runsActionsBeforeCommitUntilNoneIsAdded() {
    transactions.required(
        () -> {
          transactions.beforeCommit(
              () -> {
                note(1, "first");
                transactions.beforeCommit(() -> entry("second"));
              });
          return null;
        });
    assertEquals(1, notes());
    assertEquals(1, entries());
  }

  @Test
  void anActionBeforeCommitCanFailTheTransaction() {
    List<Boolean> ends = new ArrayList<>();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            transactions.required(
                () -> {
                  note(1, "a");
                  transactions.afterCompletion(ends::add);
                  transactions.beforeCommit(
                      () -> {
                        throw new IllegalArgumentException();
                      });
                  return null;
                }));
    assertEquals(0, notes());
    assertEquals(List.of(false), ends);
  }

  @Test
  void beforeCommitNeedsATransaction() {
    assertThrows(IllegalStateException.class, () -> transactions.beforeCommit(() -> {}));
  }

  @Test
  void tellsAfterCommitInOrderOnceItIsVisibleToOthers() {
    List<String> told = new ArrayList<>();
    transactions.required(
        () -> {
          transactions.afterCommit(() -> told.add("1 " + onAnotherThread(this::notes)));
          transactions.afterCommit(() -> told.add("2 " + transactions.active()));
          note(1, "a");
          return null;
        });
    assertEquals(List.of("1 1", "2 false"), told);
  }

  @Test
  void tellsNothingAfterARollBack() {
    List<String> told = new ArrayList<>();
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.required(
                () -> {
                  transactions.afterCommit(() -> told.add("committed"));
                  transactions.afterCompletion(committed -> told.add("ended " + committed));
                  throw new IllegalStateException();
                }));
    assertEquals(List.of("ended false"), told);
  }

  @Test
  void knowsWhetherItIsActive() {
    assertFalse(transactions.active());
    assertTrue(transactions.required(transactions::active));
    assertFalse(transactions.active());
  }

  @Test
  void aDeadlockIsAConcurrentChange() throws Exception {
    note(1, "one");
    note(2, "two");
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    CompletableFuture<?> a = renamed(1, 2, bothHoldOne);
    CompletableFuture<?> b = renamed(2, 1, bothHoldOne);
    List<Throwable> failures = new ArrayList<>();
    for (CompletableFuture<?> one : List.of(a, b)) {
      try {
        one.get(40, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        failures.add(e.getCause());
      }
    }
    assertEquals(1, failures.size(), "one wins, the other is told");
    assertEquals(ConcurrentChangeException.class, failures.get(0).getClass());
  }

  private CompletableFuture<Object> renamed(long first, long second, CountDownLatch latch) {
    return CompletableFuture.supplyAsync(
        () ->
            alpha.write(
                em -> {
                  em.find(Note.class, first).rating = 1;
                  em.flush();
                  latch.countDown();
                  try {
                    latch.await(10, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  em.find(Note.class, second).rating = 1;
                  em.flush();
                  return null;
                }),
        ANOTHER_THREAD);
  }

  @Test
  void fetchesAWindowByNativeQuery() {
    for (int i = 1; i <= 5; i++) {
      note(i, "n" + i);
    }
    List<?> rows =
        alpha.read(
            em ->
                em.createNativeQuery(
                        "SELECT id FROM alpha_note WHERE id > ? ORDER BY id"
                            + " FETCH FIRST ? ROWS ONLY")
                    .setParameter(1, 2)
                    .setParameter(2, 2)
                    .getResultList());
    assertEquals(List.of(3L, 4L), rows.stream().map(row -> ((Number) row).longValue()).toList());
  }

  @Test
  void pagesByMaxResults() {
    for (int i = 1; i <= 5; i++) {
      note(i, "n" + i);
    }
    assertEquals(
        List.of(2L, 3L),
        alpha.read(
            em ->
                em.createQuery("select n.id from Note n order by n.id", Long.class)
                    .setFirstResult(1)
                    .setMaxResults(2)
                    .getResultList()));
  }

  private static <T> T onAnotherThread(java.util.function.Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, ANOTHER_THREAD).get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void waitsForThoseInsideWhenAUnitCloses() throws Exception {
    try (TestDatabase own = TestDatabase.open(desk.engine(), "alpha")) {
      Database unit = own.unit();
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      CompletableFuture<Long> reader =
          CompletableFuture.supplyAsync(
              () ->
                  unit.write(
                      em -> {
                        inside.countDown();
                        try {
                          goOn.await(10, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        em.persist(new Note(1, "late"));
                        return em.createQuery("select count(n) from Note n", Long.class)
                            .getSingleResult();
                      }),
              ANOTHER_THREAD);
      inside.await();
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(() -> own.closeUnit("alpha"), ANOTHER_THREAD);
      awaitRefusal(unit);
      assertFalse(closing.isDone(), "it waits for the one inside");
      goOn.countDown();
      assertEquals(1L, reader.get(10, TimeUnit.SECONDS));
      closing.get(10, TimeUnit.SECONDS);
    }
  }

  private static void awaitRefusal(Database unit) {
    Instant end = Instant.now().plus(Duration.ofSeconds(10));
    while (Instant.now().isBefore(end)) {
      try {
        unit.read(em -> 1);
        Thread.onSpinWait();
      } catch (DatabaseUnavailableException e) {
        return;
      }
    }
    throw new AssertionError("the closing unit still lets callers in");
  }
}
