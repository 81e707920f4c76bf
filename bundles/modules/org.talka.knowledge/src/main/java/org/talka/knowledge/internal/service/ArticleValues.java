/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion.Words;
import org.talka.knowledge.internal.store.Category;

/** Reads what somebody wants an article to be, and checks it. */
@Component(service = ArticleValues.class)
public class ArticleValues {
  public static final List<String> KINDS =
      List.of("how-to", "solution", "known-error", "faq", "policy");
  public static final int MAX_TITLE = 200;
  public static final int MAX_SUMMARY = 500;
  public static final int MAX_BODY = 200_000;
  public static final int MAX_KEYWORDS = 500;
  private static final int MAX_TEAMS = 50;

  /** The fields that are the text itself, and make a version. */
  static final Set<String> TEXTS = Set.of("title", "summary", "body", "keywords");

  /** The fields that decide who reads it. */
  static final Set<String> READERS = Set.of("audience", "teams", "validFrom", "validUntil");

  /** The fields that decide who looks at it again, and when. */
  static final Set<String> REVIEW = Set.of("reviewer", "reviewDue");

  private static final Set<String> FIELDS =
      Set.of(
          "title",
          "summary",
          "body",
          "keywords",
          "kind",
          "category",
          "audience",
          "teams",
          "language",
          "owner",
          "reviewer",
          "reviewDue",
          "validFrom",
          "validUntil",
          "supersedes",
          "validated");

  private final ArticleStore store;
  private final Library library;
  private final People people;

  @Activate
  public ArticleValues(
      @Reference ArticleStore store, @Reference Library library, @Reference People people) {
    this.store = store;
    this.library = library;
    this.people = people;
  }

  public Given given(Map<String, Object> values) {
    return new Given(values, FIELDS);
  }

  /** The text, over what there is. */
  public Words words(Given given, Words present) {
    return new Words(
        given.text("title", present.title(), MAX_TITLE, true),
        given.text("summary", present.summary(), MAX_SUMMARY, false),
        given.text("body", present.body(), MAX_BODY, false),
        given.text("keywords", present.keywords(), MAX_KEYWORDS, false));
  }

  /** Everything but the text. */
  public void apply(Given given, Article article) {
    article.kind(given.word("kind", article.kind(), KINDS));
    article.validated(given.flag("validated", article.validated()));
    article.reviewDue(given.day("reviewDue", article.reviewDue()));
    article.valid(
        given.day("validFrom", article.validFrom()), given.day("validUntil", article.validUntil()));
    if (article.validFrom().isPresent()
        && article.validUntil().isPresent()
        && article.validUntil().get().isBefore(article.validFrom().get())) {
      given.wrong("validUntil", "error.knowledge.field.until");
    }
    language(given, article);
    category(given, article);
    audience(given, article);
    if (given.has("owner")) {
      article.owner(person(given, "owner").orElse(null));
    }
    if (given.has("reviewer")) {
      article.reviewer(person(given, "reviewer").orElse(null));
    }
    if (given.has("supersedes")) {
      article.supersedes(other(given, "supersedes", article).orElse(null));
    }
  }

  private static void language(Given given, Article article) {
    String language = given.text("language", article.language(), 10, true);
    if (!language.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,6})?")) {
      given.wrong("language", "error.knowledge.field.language");
    } else {
      article.language(language);
    }
  }

  private void category(Given given, Article article) {
    if (!given.has("category")) {
      return;
    }
    Optional<String> id = given.name("category");
    Optional<Category> category =
        id.flatMap(
            wanted ->
                store.categories().stream()
                    .filter(each -> Long.toString(each.id()).equals(wanted))
                    .findFirst());
    if (id.isPresent() && category.isEmpty()) {
      given.wrong("category", "error.knowledge.field.category");
    }
    article.category(category.map(Category::id).orElse(null));
  }

  private void audience(Given given, Article article) {
    Audience audience =
        Audience.of(given.word("audience", article.audience().word(), Audience.words()))
            .orElseThrow();
    Set<Long> teams = article.teams();
    if (given.has("teams")) {
      teams = new LinkedHashSet<>();
      for (String key : given.words("teams", MAX_TEAMS)) {
        Optional<Long> team = people.teamByKey(key).map(found -> found.id().value());
        if (team.isEmpty()) {
          given.wrong("teams", "error.knowledge.field.team");
        }
        team.ifPresent(teams::add);
      }
    }
    if (audience == Audience.TEAMS && teams.isEmpty()) {
      given.wrong("teams", "error.knowledge.field.teams");
    }
    article.audience(audience, teams);
  }

  private Optional<Long> person(Given given, String field) {
    Optional<String> username = given.name(field);
    Optional<Long> person =
        username
            .flatMap(people::personByUsername)
            .filter(Person::active)
            .map(found -> found.id().value());
    if (username.isPresent() && person.isEmpty()) {
      given.wrong(field, "error.knowledge.field.person");
    }
    return person;
  }

  private Optional<Long> other(Given given, String field, Article article) {
    Optional<String> key = given.name(field);
    Optional<Long> other =
        key.flatMap(library::find).map(Article::id).filter(id -> id != article.id());
    if (key.isPresent() && other.isEmpty()) {
      given.wrong(field, "error.knowledge.field.article");
    }
    return other;
  }
}
