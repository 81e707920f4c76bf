/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.search.Document;
import org.talka.api.search.DocumentHits;
import org.talka.api.search.DocumentIndex;
import org.talka.api.search.DocumentQuery;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.ArticleVersion.Signature;
import org.talka.knowledge.internal.store.ArticleVersion.Words;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.testkit.persistence.PersistenceTest;

@PersistenceTest(units = "knowledge")
class ArticleIndexTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");

  private final Database database;
  private final Transactions transactions;
  private final Shelf shelf = new Shelf();
  private ArticleStore store;
  private UseStore uses;
  private ArticleIndex index;

  ArticleIndexTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  /** An index that can be looked into. */
  private static final class Shelf implements DocumentIndex {
    final Map<String, Document> documents = new ConcurrentHashMap<>();
    volatile Optional<Instant> durable = Optional.empty();
    volatile boolean broken;

    @Override
    public Optional<Instant> durable() {
      return durable;
    }

    @Override
    public void put(Collection<Document> put) {
      if (broken) {
        broken = false;
        durable = Optional.empty();
        documents.clear();
        throw new IllegalStateException("the disk is full");
      }
      put.forEach(document -> documents.put(document.id(), document));
    }

    @Override
    public void remove(Collection<String> ids) {
      ids.forEach(documents::remove);
    }

    @Override
    public void clear() {
      documents.clear();
    }

    @Override
    public void filled() {
      durable = Optional.of(NOW);
    }

    @Override
    public long size() {
      return documents.size();
    }

    @Override
    public DocumentHits search(DocumentQuery query) {
      return new DocumentHits(List.of(), Optional.empty());
    }
  }

  @BeforeEach
  void open() {
    store = new ArticleStore(database);
    uses = new UseStore(database);
  }

  @AfterEach
  void close() throws InterruptedException {
    if (index != null) {
      index.close();
    }
  }

  private Article article(String title, Instant at) {
    Article article = new Article(store.nextArticle(), "faq", Audience.AGENTS, "en", 1L, at);
    return store.write(
        em -> {
          ArticleVersion draft =
              new ArticleVersion(
                  article.id(),
                  article.nextNumber(),
                  0,
                  new Signature(1L, "Anna"),
                  new Words(title, "", "", ""),
                  at);
          article.works(draft);
          em.persist(article);
          em.persist(draft);
          uses.begin(article.id());
          return article;
        });
  }

  private void start() {
    index = new ArticleIndex(shelf, store, uses, transactions);
    until(index::ready);
  }

  private static void until(java.util.function.BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!there.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it never came");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @Test
  void anEmptyIndexIsFilledWithEverything() {
    for (int i = 0; i < 7; i++) {
      article("Lamp " + i, LONG_AGO);
    }
    start();
    assertEquals(7, shelf.size());
    assertEquals(Optional.of(NOW), shelf.durable());
  }

  @Test
  void whatWasChangedSinceItWasDurableIsPutAgain() {
    Article old = article("Old", LONG_AGO);
    Article recent = article("Recent", NOW.minus(Duration.ofMinutes(1)));
    Article later = article("Later", NOW.plusSeconds(1));
    for (Article each : List.of(old, recent, later)) {
      shelf.documents.put(
          Long.toString(each.id()),
          new Document(Long.toString(each.id()), Map.of(), Map.of(), Map.of(), 0));
    }
    shelf.durable = Optional.of(NOW);
    start();
    assertEquals(Set.of(), title(old));
    assertEquals(Set.of("Recent"), title(recent));
    assertEquals(Set.of("Later"), title(later));
  }

  private Set<String> title(Article article) {
    return Optional.ofNullable(
            shelf.documents.get(Long.toString(article.id())).texts().get("title"))
        .map(Set::of)
        .orElse(Set.of());
  }

  @Test
  void anIndexWithAnotherNumberOfDocumentsIsMadeAnew() {
    article("Only", LONG_AGO);
    shelf.documents.put("98", new Document("98", Map.of(), Map.of(), Map.of(), 0));
    shelf.documents.put("99", new Document("99", Map.of(), Map.of(), Map.of(), 0));
    shelf.durable = Optional.of(NOW);
    start();
    assertEquals(1, shelf.size());
  }

  @Test
  void onlyWhatIsCommittedIsPut() {
    start();
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.required(
                () -> {
                  index.later(List.of(article("Never", NOW).id()));
                  throw new IllegalStateException("rolled back");
                }));
    assertEquals(0, shelf.size());
    transactions.required(
        () -> {
          index.later(List.of(article("Kept", NOW).id()));
          assertEquals(0, shelf.size());
          return null;
        });
    assertEquals(1, shelf.size());
  }

  @Test
  void anIndexThatBreaksIsFilledAgainAndTheArticleIsKept() {
    Article first = article("First", NOW);
    start();
    shelf.broken = true;
    transactions.required(
        () -> {
          index.later(List.of(article("Second", NOW).id()));
          return null;
        });
    until(() -> shelf.size() == 2 && index.ready());
    assertEquals(Set.of("First"), title(first));
  }
}
