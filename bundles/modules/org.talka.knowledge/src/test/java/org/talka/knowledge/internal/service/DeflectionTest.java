/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.Day;
import org.talka.knowledge.internal.store.FeedbackStore;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.security.TestCaller;
import org.talka.testkit.security.TestCallers;

@PersistenceTest(units = "knowledge")
class DeflectionTest {
  private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");

  private final Database database;
  private final Transactions transactions;
  private FeedbackStore store;
  private UseStore uses;
  private Deflection deflection;

  DeflectionTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    store = new FeedbackStore(database, transactions);
    uses = new UseStore(database);
    Library library =
        new Library(
            new ArticleStore(database), new TestCallers(TestCaller.person(1)), transactions);
    deflection = new Deflection(store, uses, library, transactions);
    uses.begin(7);
    uses.begin(8);
  }

  private static Instant after(int minutes) {
    return NOW.plus(Duration.ofMinutes(minutes));
  }

  private long deflections(long article) {
    return uses.figures(List.of(article)).get(article).deflections();
  }

  private long answered() {
    return store.days(0).stream().mapToLong(Day::answered).sum();
  }

  private long asked() {
    return store.days(0).stream().mapToLong(Day::asked).sum();
  }

  @Test
  void whoIsQuietForAnHourWasAnsweredByTheLastArticle() {
    store.reads(1, 7, NOW);
    store.reads(1, 8, after(30));
    deflection.settle(after(61));
    assertEquals(0, answered(), "the last one was opened half an hour ago");
    deflection.settle(after(90));
    assertEquals(1, answered());
    assertEquals(0, deflections(7));
    assertEquals(1, deflections(8));
    deflection.settle(after(200));
    assertEquals(1, answered(), "once");
  }

  @Test
  void aTicketThatIsNotMadeCountsNothing() {
    store.reads(1, 7, NOW);
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.required(
                () -> {
                  deflection.asks(1, after(5));
                  throw new IllegalStateException("no ticket");
                }));
    assertEquals(0, asked());
    transactions.required(
        () -> {
          deflection.asks(1, after(5));
          assertEquals(0, asked(), "the ticket waits for nothing of it");
          return null;
        });
    assertEquals(1, asked());
  }

  @Test
  void whoMakesATicketWasNotAnswered() {
    store.reads(1, 7, NOW);
    store.reads(2, 7, NOW);
    deflection.asks(1, after(5));
    deflection.asks(1, after(6));
    deflection.asks(3, after(6));
    deflection.settle(after(90));
    assertEquals(1, asked());
    assertEquals(1, answered());
    assertEquals(1, deflections(7));
  }
}
