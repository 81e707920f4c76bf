/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.event.DomainEvents;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.TicketReferences;
import org.talka.knowledge.internal.index.ArticleIndex;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.rule.FilterMatch;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.rule.Steps;
import org.talka.knowledge.internal.rule.Steps.Step;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.ArticleVersion.Signature;
import org.talka.knowledge.internal.store.ArticleVersion.Words;
import org.talka.knowledge.internal.store.EnclosureStore;
import org.talka.knowledge.internal.store.UseStore;

/** The one way in which articles are written. */
@Component(service = Editing.class)
public class Editing {
  public static final int MAX_NOTE = 1_000;
  public static final int MAX_NAME = 200;
  private static final Words NOTHING = new Words("", "", "", "");

  private final ArticleStore store;
  private final UseStore uses;
  private final EnclosureStore files;
  private final Library library;
  private final ArticleValues values;
  private final ArticleIndex index;
  private final TicketReferences references;
  private final DomainEvents events;
  private final Audit audit;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public Editing(
      @Reference ArticleStore store,
      @Reference UseStore uses,
      @Reference EnclosureStore files,
      @Reference Library library,
      @Reference ArticleValues values,
      @Reference ArticleIndex index,
      @Reference TicketReferences references,
      @Reference DomainEvents events,
      @Reference Audit audit) {
    this.store = store;
    this.uses = uses;
    this.files = files;
    this.library = library;
    this.values = values;
    this.index = index;
    this.references = references;
    this.events = events;
    this.audit = audit;
  }

  /** Begins an article as a draft, in the language of whoever writes, for those who give help. */
  public Article create(Map<String, Object> given) {
    return create(given, (article, draft) -> {});
  }

  /**
   * @param more what else belongs to it, in the same transaction
   */
  public Article create(Map<String, Object> given, BiConsumer<Article, ArticleVersion> more) {
    return store.write(
        em -> {
          Caller caller = library.caller();
          Instant now = now();
          Long owner = caller.person().map(PersonId::value).orElse(null);
          Article article =
              new Article(
                  store.nextArticle(),
                  "how-to",
                  Audience.AGENTS,
                  caller.locale().getLanguage().isEmpty() ? "en" : caller.locale().getLanguage(),
                  owner,
                  now);
          Given read = values.given(given);
          apply(read, article, caller);
          Words words = values.words(read, NOTHING);
          read.raise();
          ArticleVersion draft =
              new ArticleVersion(
                  article.id(), article.nextNumber(), 0, signature(caller), words, now);
          article.works(draft);
          em.persist(article);
          em.persist(draft);
          uses.begin(article.id());
          more.accept(article, draft);
          changed(em, article, "created");
          return article;
        });
  }

  /**
   * Says what is wrong with values for a new article, and makes none.
   *
   * @throws DomainException as {@link #create(Map)}
   */
  public void check(Map<String, Object> given) {
    Article article = new Article(0, "how-to", Audience.AGENTS, "en", null, now());
    Given read = values.given(given);
    values.apply(read, article);
    values.words(read, NOTHING);
    read.raise();
  }

  /**
   * Changes an article. Its text is changed in the draft; without one the next version begins.
   *
   * @param version of the article that the caller saw
   */
  public Article change(String key, long version, Map<String, Object> given) {
    return store.write(
        em -> {
          Caller caller = library.caller();
          Article article = lock(em, key, version);
          Given read = values.given(given);
          boolean text = given.keySet().stream().anyMatch(ArticleValues.TEXTS::contains);
          boolean readers = given.keySet().stream().anyMatch(ArticleValues.READERS::contains);
          boolean review = given.keySet().stream().anyMatch(ArticleValues.REVIEW::contains);
          Optional<ArticleVersion> working = working(em, article);
          if (text && !allowed(caller, article, working).contains(Step.EDIT)) {
            throw DomainException.conflict("error.knowledge.not-a-draft", "key", article.key());
          }
          // a reviewed text must not reach others than those for whom it was reviewed
          if (readers && handedIn(article) && !caller.may(Reader.REVIEW)) {
            throw DomainException.forbidden("error.knowledge.readers");
          }
          if (review && handedIn(article) && !caller.may(Reader.REVIEW)) {
            throw DomainException.forbidden("error.knowledge.review");
          }
          apply(read, article, caller);
          if (text) {
            write(em, article, working, caller, read);
          }
          read.raise();
          article.touched(now());
          changed(em, article, "changed");
          return article;
        });
  }

  /** Whether others than those who write it count on what is said of it. */
  private static boolean handedIn(Article article) {
    return article.published().isPresent()
        || article.workingState().filter(stage -> stage != Stage.DRAFT).isPresent();
  }

  /** Everything but the text; nobody makes themselves a reviewer. */
  private void apply(Given read, Article article, Caller caller) {
    Optional<Long> before = article.reviewer();
    values.apply(read, article);
    Optional<Long> reviewer = article.reviewer();
    boolean oneself =
        reviewer.isPresent()
            && !reviewer.equals(before)
            && reviewer.equals(caller.person().map(PersonId::value));
    if (oneself && !caller.may(Reader.REVIEW)) {
      throw DomainException.forbidden("error.knowledge.review.self");
    }
  }

  private void write(
      EntityManager em,
      Article article,
      Optional<ArticleVersion> working,
      Caller caller,
      Given read) {
    ArticleVersion base =
        working.orElseGet(() -> version(em, article, article.published().orElseThrow()));
    Words words = values.words(read, base.words());
    read.raise();
    if (words.equals(base.words())) {
      return;
    }
    ArticleVersion draft = working.orElse(null);
    if (draft == null) {
      draft = begin(em, article, base.number(), words);
    } else {
      draft.write(signature(caller), words, now());
    }
    article.works(draft);
  }

  private ArticleVersion begin(EntityManager em, Article article, int basedOn, Words words) {
    ArticleVersion draft =
        new ArticleVersion(
            article.id(), article.nextNumber(), basedOn, signature(library.caller()), words, now());
    em.persist(draft);
    return draft;
  }

  /** Makes a draft of an older text; nothing that was published changes. */
  public Article restore(String key, int number, long version) {
    return store.write(
        em -> {
          Article article = lock(em, key, version);
          Optional<ArticleVersion> working = working(em, article);
          if (!allowed(library.caller(), article, working).contains(Step.EDIT)) {
            throw DomainException.conflict("error.knowledge.not-a-draft", "key", article.key());
          }
          Words words = library.version(article, number).words();
          ArticleVersion draft;
          if (working.isPresent()) {
            draft = working.get();
            draft.write(signature(library.caller()), words, now());
          } else {
            draft = begin(em, article, number, words);
          }
          article.works(draft);
          article.touched(now());
          changed(em, article, "changed");
          return article;
        });
  }

  /**
   * Takes an article a step further.
   *
   * @param note why, for whoever comes next; needed to send something back
   */
  public Article step(String key, Step step, String note, long version) {
    return store.write(
        em -> {
          Caller caller = library.caller();
          Article article = lock(em, key, version);
          Optional<ArticleVersion> working = working(em, article);
          may(caller, article, working, step);
          String said = note == null ? "" : note.strip();
          if (said.length() > MAX_NOTE) {
            throw DomainException.invalid("note", "error.knowledge.field.long", "max", MAX_NOTE);
          }
          if (step == Step.SEND_BACK && said.isEmpty()) {
            throw DomainException.invalid("note", "error.knowledge.reason");
          }
          take(em, article, working, step, said.isEmpty() ? null : said);
          article.touched(now());
          audit.record(
              "knowledge." + step.word(),
              "article:" + article.key(),
              Map.of("title", article.title()));
          changed(em, article, step.word());
          return article;
        });
  }

  private void may(Caller caller, Article article, Optional<ArticleVersion> working, Step step) {
    if (allowed(caller, article, working).contains(step)) {
      return;
    }
    boolean own =
        step == Step.APPROVE
            && working.filter(version -> version.stage() == Stage.IN_REVIEW).isPresent()
            && Steps.wrote(caller, working.get());
    if (own) {
      throw DomainException.forbidden("error.knowledge.own-text");
    }
    throw DomainException.conflict(
        "error.knowledge.step", "key", article.key(), "step", step.word());
  }

  private void take(
      EntityManager em, Article article, Optional<ArticleVersion> working, Step step, String note) {
    Signature by = signature(library.caller());
    Instant now = now();
    switch (step) {
      case SUBMIT -> working.orElseThrow().submit(note, now);
      case WITHDRAW -> working.orElseThrow().withdraw();
      case APPROVE -> working.orElseThrow().approve(by, note, now);
      case SEND_BACK -> working.orElseThrow().sendBack(by, note, now);
      case PUBLISH -> publish(em, article, working.orElseThrow(), by, now);
      case DISCARD -> {
        em.remove(working.orElseThrow());
        files.discard(article.id(), working.orElseThrow().number());
        article.worksNoMore();
      }
      case RENEW -> article.reviewDue(nextReview());
      case RETIRE -> {
        version(em, article, article.published().orElseThrow()).retired(now);
        article.retire();
      }
      case EDIT -> throw DomainException.conflict("error.knowledge.step", "step", step.word());
      default -> throw new IllegalStateException(step.name());
    }
    if (step != Step.DISCARD && step != Step.PUBLISH) {
      working.ifPresent(article::works);
    }
  }

  private void publish(
      EntityManager em, Article article, ArticleVersion version, Signature by, Instant now) {
    article
        .published()
        .map(number -> version(em, article, number))
        .filter(before -> before.stage() == Stage.PUBLISHED)
        .ifPresent(before -> before.replaced(now));
    version.publish(by, now);
    article.publish(version);
    article.reviewDue(nextReview());
    // whoever publishes a translation says that it is what the source says now
    article
        .source()
        .map(id -> em.find(Article.class, id))
        .flatMap(Article::published)
        .ifPresent(number -> article.translates(article.source().orElseThrow(), number));
    article
        .supersedes()
        .map(id -> em.find(Article.class, id))
        .filter(older -> older.state() == Stage.PUBLISHED)
        .ifPresent(
            older -> {
              version(em, older, older.published().orElseThrow()).retired(now);
              older.retire();
              older.touched(now);
              changed(em, older, Step.RETIRE.word());
            });
  }

  /** What a ticket's readers may know: of an article for some teams nothing but its number. */
  public static String referenceTitle(Article article) {
    return article.audience() == Audience.TEAMS ? article.key() : article.title();
  }

  /**
   * Whether those who ask know nothing of it.
   *
   * @param reader anybody, for what is out on their day
   */
  public static boolean internal(Article article, Reader reader) {
    return !FilterMatch.matches(reader.live(), article)
        || article.audience() == Audience.AGENTS
        || article.audience() == Audience.TEAMS;
  }

  private Optional<LocalDate> nextReview() {
    int months = library.settings().reviewMonths();
    return months == 0
        ? Optional.empty()
        : Optional.of(LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusMonths(months));
  }

  /** What the caller may do with it now. */
  public Set<Step> allowed(Article article) {
    Optional<ArticleVersion> working =
        article.working().flatMap(number -> store.version(article.id(), number));
    return allowed(library.caller(), article, working);
  }

  private Set<Step> allowed(Caller caller, Article article, Optional<ArticleVersion> working) {
    return Steps.allowed(caller, article, working, library.settings());
  }

  /**
   * @throws DomainException NOT_FOUND, STALE
   */
  private Article lock(EntityManager em, String key, long version) {
    Article seen = library.get(key);
    Article article = em.find(Article.class, seen.id());
    if (article.version() != version) {
      throw DomainException.of(ErrorKind.STALE, "error.knowledge.stale");
    }
    return article;
  }

  private static Optional<ArticleVersion> working(EntityManager em, Article article) {
    return article.working().map(number -> version(em, article, number));
  }

  private static ArticleVersion version(EntityManager em, Article article, int number) {
    return em.find(ArticleVersion.class, new ArticleVersion.Key(article.id(), number));
  }

  private void changed(EntityManager em, Article article, String what) {
    em.flush();
    index.later(List.of(article.id()));
    // what tickets say of it follows: its title, and who may know of it
    references.retitle(article.key(), referenceTitle(article), internal(article, library.reader()));
    events.publish("knowledge." + what, "article:" + article.key(), Map.of("key", article.key()));
  }

  static Signature signature(Caller caller) {
    String name = caller.displayName().isBlank() ? caller.username() : caller.displayName();
    return new Signature(
        caller.person().map(PersonId::value).orElse(null),
        name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
