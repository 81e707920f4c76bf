/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.knowledge.internal.index.ArticleIndex;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.FeedbackStore;
import org.talka.knowledge.internal.store.Remark;
import org.talka.knowledge.internal.store.UseStore;
import org.talka.knowledge.internal.store.UseStore.Count;

/** What readers say of articles, and what they looked for. */
@Component(service = Feedback.class)
public class Feedback {
  /** Where somebody searched. */
  public static final List<String> PLACES = List.of("portal", "desk");

  /** How somebody came to an article. */
  public static final List<String> WAYS = List.of("page", "search", "suggestion");

  private static final int MAX_REMARK = 2_000;
  private static final int MAX_WORDS = 120;
  private static final int SHORTEST = 3;

  private final FeedbackStore store;
  private final UseStore uses;
  private final Library library;
  private final ArticleIndex index;
  private final Transactions transactions;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public Feedback(
      @Reference FeedbackStore store,
      @Reference UseStore uses,
      @Reference Library library,
      @Reference ArticleIndex index,
      @Reference Transactions transactions) {
    this.store = store;
    this.uses = uses;
    this.library = library;
    this.index = index;
    this.transactions = transactions;
  }

  /**
   * Somebody opened a published article.
   *
   * @param words what they had looked for, or empty
   * @param place where, one of {@link #PLACES}
   */
  public void opened(String key, String way, String words, String place) {
    Article article = library.get(key);
    if (article.state() != Stage.PUBLISHED) {
      return;
    }
    transactions.required(
        () -> {
          uses.add(article.id(), Count.VIEWS, 1);
          if (!way.equals("page")) {
            normal(words).ifPresent(said -> store.asked(said, place, 1, true, now()));
            if (place.equals("portal")) {
              store.reads(me(), article.id(), now());
            }
          }
          return null;
        });
  }

  /** Somebody looked for something and went on without opening anything. */
  public void missed(String words, String place, int found) {
    normal(words).ifPresent(said -> store.asked(said, place, found, false, now()));
  }

  /** In one form, so that the same question counts once; too short a word is no question. */
  private static Optional<String> normal(String words) {
    String said = words.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    String clipped = said.length() > MAX_WORDS ? said.substring(0, MAX_WORDS) : said;
    return Optional.of(clipped).filter(text -> text.length() >= SHORTEST);
  }

  public Optional<Boolean> myVote(Article article) {
    return library.caller().person().flatMap(me -> store.vote(article.id(), me.value()));
  }

  public void vote(String key, boolean helpful) {
    Article article = library.get(key);
    try {
      vote(article, helpful);
    } catch (ConcurrentChangeException twice) {
      // a double click: the first one is there now
      vote(article, helpful);
    }
  }

  private void vote(Article article, boolean helpful) {
    transactions.required(
        () -> {
          int number = library.leading(article).number();
          Optional<Boolean> before = store.vote(article.id(), me(), helpful, number, now());
          if (before.equals(Optional.of(helpful))) {
            return null;
          }
          before.ifPresent(said -> uses.add(article.id(), count(said), -1));
          uses.add(article.id(), count(helpful), 1);
          index.later(List.of(article.id()));
          return null;
        });
  }

  private static Count count(boolean helpful) {
    return helpful ? Count.HELPFUL : Count.UNHELPFUL;
  }

  public Remark remark(String key, String body) {
    Article article = library.get(key);
    String said = body == null ? "" : body.strip();
    if (said.isEmpty()) {
      throw DomainException.invalid("body", "error.knowledge.field.required");
    }
    if (said.length() > MAX_REMARK) {
      throw DomainException.invalid("body", "error.knowledge.field.long", "max", MAX_REMARK);
    }
    Caller caller = library.caller();
    return store.remark(
        article.id(),
        library.leading(article).number(),
        Editing.signature(caller).name(),
        said,
        now());
  }

  private long me() {
    return library.caller().person().map(PersonId::value).orElse(0L);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
