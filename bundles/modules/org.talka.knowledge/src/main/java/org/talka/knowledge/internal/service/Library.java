/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.rule.Settings;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;

/** What the caller may read. Everything that leads to an article goes through here. */
@Component(service = Library.class)
public class Library {
  private final ArticleStore store;
  private final Callers callers;
  private final Transactions transactions;
  private final Clock clock = Clock.systemUTC();

  /** Read with every request, changed once a year. */
  private final AtomicReference<Settings> settings = new AtomicReference<>();

  @Activate
  public Library(
      @Reference ArticleStore store,
      @Reference Callers callers,
      @Reference Transactions transactions) {
    this.store = store;
    this.callers = callers;
    this.transactions = transactions;
    settings.set(Settings.of(store.settings()));
  }

  public Settings settings() {
    return settings.get();
  }

  /** Keeps some settings; they hold once they are stored. */
  public void choose(Map<String, String> chosen) {
    transactions.required(
        () -> {
          chosen.forEach(store::set);
          return null;
        });
    settings.set(Settings.of(store.settings()));
  }

  public Caller caller() {
    return callers.current();
  }

  public Reader reader() {
    Caller caller = callers.current();
    return Reader.of(caller, LocalDate.now(clock.withZone(caller.zone())), settings());
  }

  public Optional<Article> find(String key) {
    Reader reader = reader();
    return Article.idOf(key).flatMap(store::find).filter(reader::sees);
  }

  /**
   * @throws DomainException NOT_FOUND also where it is hidden from the caller
   */
  public Article get(String key) {
    return find(key).orElseThrow(() -> unknown(key));
  }

  public static DomainException unknown(String key) {
    String shown = key.length() > 20 ? key.substring(0, 20) + "…" : key;
    return DomainException.notFound("error.knowledge.article.unknown", "key", shown);
  }

  /**
   * The version that the caller reads: the published one; for whoever writes the one that is being
   * worked on, when nothing is published.
   */
  public ArticleVersion leading(Article article) {
    int number = article.published().or(article::working).orElseThrow();
    return version(article, number);
  }

  /**
   * @throws DomainException NOT_FOUND for a version that the caller may not read: what was never
   *     published is for those who write
   */
  public ArticleVersion version(Article article, int number) {
    Reader reader = reader();
    return store
        .version(article.id(), number)
        .filter(
            version ->
                reader.manages()
                    || reader.writes()
                    || article.published().equals(Optional.of(version.number())))
        .orElseThrow(
            () ->
                DomainException.notFound(
                    "error.knowledge.version.unknown", "key", article.key(), "number", number));
  }

  /** The latest changed first, of what the caller sees. */
  public Page<Article> list(Filter filter, int limit, String after) {
    List<Article> found =
        store.list(Filter.and(reader().visible(), filter), PageCursor.read(after), limit + 1);
    List<Article> page = found.size() > limit ? found.subList(0, limit) : found;
    return new Page<>(
        page,
        found.size() > limit
            ? Optional.of(PageCursor.write(page.get(limit - 1)))
            : Optional.empty());
  }

  /** At most 100. */
  public int count(Filter filter) {
    return store.count(Filter.and(reader().visible(), filter), 100);
  }
}
