/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.api.search.Document;
import org.talka.api.search.DocumentHits;
import org.talka.api.search.DocumentIndex;
import org.talka.api.search.DocumentQuery;
import org.talka.knowledge.internal.rule.ArticleFields;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.ArticleVersion.Words;
import org.talka.knowledge.internal.store.Figures;
import org.talka.knowledge.internal.store.UseStore;

/**
 * Keeps the index equal to the tables: after every commit what it changed, and at the start, on a
 * thread of its own, what was changed since the index was durable, or everything.
 */
@Component(service = ArticleIndex.class, immediate = true)
public class ArticleIndex {
  private static final int BATCH = 500;

  /** Longer than any transaction may take: what it changed was not committed when it said when. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(5);

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final DocumentIndex index;
  private final ArticleStore store;
  private final UseStore uses;
  private final Transactions transactions;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread filler = new Thread(this::fill, "knowledge-index");
  private volatile boolean ready;

  @Activate
  public ArticleIndex(
      @Reference DocumentIndex index,
      @Reference ArticleStore store,
      @Reference UseStore uses,
      @Reference Transactions transactions) {
    this.index = index;
    this.store = store;
    this.uses = uses;
    this.transactions = transactions;
    filler.setDaemon(true);
    filler.start();
  }

  @Deactivate
  public void close() throws InterruptedException {
    // not by an interrupt: it would break the database connection that the thread uses
    stopped.countDown();
    filler.join(5_000);
  }

  /** Whether everything is in it. */
  public boolean ready() {
    return ready;
  }

  public DocumentHits search(DocumentQuery query) {
    return index.search(query);
  }

  /** These are put once the transaction of the thread is committed. */
  public void later(Collection<Long> articles) {
    Set<Long> ids = new LinkedHashSet<>(articles);
    transactions.afterCommit(() -> again(ids));
  }

  private void again(Set<Long> ids) {
    try {
      put(store.byIds(ids).values());
    } catch (RuntimeException e) {
      // the record is kept; the index goes on from its last durable state
      if (ready) {
        ready = false;
        Thread repair = new Thread(this::fill, "knowledge-index");
        repair.setDaemon(true);
        repair.start();
      }
    }
  }

  private void fill() {
    boolean waits = false;
    while (!ready && !stopped(waits ? AGAIN : Duration.ZERO)) {
      try {
        Optional<Instant> durable = index.durable();
        if (durable.isEmpty() || index.size() != store.size()) {
          fillAll();
        } else {
          catchUp(durable.get().minus(UNDER_WAY));
        }
        if (!stopped(Duration.ZERO)) {
          index.filled();
          ready = true;
        }
      } catch (RuntimeException e) {
        waits = true;
      }
    }
  }

  private void fillAll() {
    index.clear();
    long last = Long.MIN_VALUE;
    List<Article> batch = store.after(last, BATCH);
    while (!batch.isEmpty() && !stopped(Duration.ZERO)) {
      put(batch);
      last = batch.get(batch.size() - 1).id();
      batch = store.after(last, BATCH);
    }
  }

  private void catchUp(Instant since) {
    Optional<ArticleStore.Place> after = Optional.empty();
    List<Article> batch = store.changedSince(since, after, BATCH);
    while (!batch.isEmpty() && !stopped(Duration.ZERO)) {
      put(batch);
      Article last = batch.get(batch.size() - 1);
      after = Optional.of(new ArticleStore.Place(last.updatedAt(), last.id()));
      batch = store.changedSince(since, after, BATCH);
    }
  }

  private boolean stopped(Duration wait) {
    try {
      return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void put(Collection<Article> articles) {
    Map<Long, ArticleVersion> versions = store.leading(articles);
    Map<Long, Figures> figures = uses.figures(articles.stream().map(Article::id).toList());
    List<Document> documents = new ArrayList<>(articles.size());
    for (Article article : articles) {
      ArticleVersion version = versions.get(article.id());
      if (version != null) {
        double worth =
            Optional.ofNullable(figures.get(article.id())).map(Figures::worth).orElse(0.0);
        documents.add(document(article, version.words(), worth));
      }
    }
    index.put(documents);
  }

  private static Document document(Article article, Words words, double worth) {
    return new Document(
        Long.toString(article.id()),
        Map.of(
            "key", article.key(),
            "title", words.title(),
            "summary", words.summary(),
            "keywords", words.keywords(),
            "body", words.body()),
        ArticleFields.keywords(article),
        ArticleFields.numbers(article),
        worth);
  }
}
