/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Caller;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.text.MarkdownRenderer;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.rule.Steps.Step;
import org.talka.knowledge.internal.service.Editing;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.service.Shelves;
import org.talka.knowledge.internal.service.Translations;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.Category;
import org.talka.knowledge.internal.store.Figures;
import org.talka.knowledge.internal.store.UseStore;

/** Articles as clients get them; a list costs the same number of queries at any length. */
@Component(service = Views.class)
public class Views {
  private final ArticleStore store;
  private final UseStore uses;
  private final Library library;
  private final Editing editing;
  private final Shelves shelves;
  private final Translations translations;
  private final People people;
  private final MarkdownRenderer markdown;

  @Activate
  public Views(
      @Reference ArticleStore store,
      @Reference UseStore uses,
      @Reference Library library,
      @Reference Editing editing,
      @Reference Shelves shelves,
      @Reference Translations translations,
      @Reference People people,
      @Reference MarkdownRenderer markdown) {
    this.store = store;
    this.uses = uses;
    this.library = library;
    this.editing = editing;
    this.shelves = shelves;
    this.translations = translations;
    this.people = people;
    this.markdown = markdown;
  }

  /** A person in short. */
  public record PersonView(String username, String displayName, boolean active) {}

  /** A category. */
  public record CategoryView(String id, String name, String parent, int place, long version) {}

  /** A team. */
  public record TeamView(String key, String name) {}

  /**
   * What is counted of an article; for those who write.
   *
   * @param solved tickets on which it was used that are resolved and were not opened again
   * @param deflections times that somebody opened it from a suggestion and then asked nothing
   */
  public record FiguresView(
      long views, long helpful, long unhelpful, long deflections, long links, long solved) {}

  /**
   * An article in a list.
   *
   * @param state {@code draft}, {@code in-review}, {@code approved}, {@code published} or {@code
   *     retired}
   * @param working how far the next version is, when there is one beside the published
   * @param family what an article has in common with its translations, and with no other
   * @param overdue whether it had to be reviewed and was not
   */
  public record ArticleLine(
      String key,
      String title,
      String summary,
      String kind,
      String state,
      Optional<String> working,
      String audience,
      Optional<CategoryView> category,
      String language,
      String family,
      Optional<PersonView> owner,
      Instant updatedAt,
      boolean overdue,
      Optional<FiguresView> figures) {}

  /**
   * An article with the text of one of its versions.
   *
   * @param number the version's
   * @param stage how far this version is
   * @param translationOf the article of which this is a translation
   * @param outdated whether that one says something else by now
   * @param can what the caller may do now: {@code edit}, {@code submit}, {@code withdraw}, {@code
   *     approve}, {@code send-back}, {@code publish}, {@code discard}, {@code renew}, {@code
   *     retire}
   * @param version of the article, for {@code If-Match}
   */
  public record ArticleView(
      String key,
      String title,
      String summary,
      String body,
      String bodyHtml,
      String keywords,
      int number,
      String stage,
      Optional<Integer> published,
      Optional<Integer> workingNumber,
      Optional<String> working,
      String state,
      String kind,
      Optional<CategoryView> category,
      String audience,
      List<TeamView> teams,
      String language,
      Optional<PersonView> owner,
      Optional<PersonView> reviewer,
      Optional<LocalDate> reviewDue,
      Optional<LocalDate> validFrom,
      Optional<LocalDate> validUntil,
      Optional<String> supersedes,
      boolean validated,
      boolean overdue,
      String author,
      Instant changedAt,
      Optional<Instant> publishedAt,
      Optional<String> reviewNote,
      Optional<FiguresView> figures,
      Optional<String> translationOf,
      boolean outdated,
      List<TranslationView> translations,
      List<String> can,
      Instant createdAt,
      Instant updatedAt,
      long version) {}

  /**
   * The same in another language.
   *
   * @param outdated whether the original says something else by now
   */
  public record TranslationView(
      String key, String language, String title, String state, boolean outdated) {}

  /** A version without its text. */
  public record VersionLine(
      int number,
      String stage,
      String title,
      String author,
      int basedOn,
      Instant createdAt,
      Instant changedAt,
      Optional<Instant> submittedAt,
      Optional<String> submitNote,
      Optional<String> reviewer,
      Optional<Instant> reviewedAt,
      Optional<String> reviewNote,
      Optional<String> publisher,
      Optional<Instant> publishedAt,
      Optional<Instant> endedAt) {}

  public List<ArticleLine> lines(Collection<Article> articles) {
    Map<Long, String> summaries = store.summaries(articles);
    Reader reader = library.reader();
    Map<Long, Figures> figures =
        reader.writes() ? uses.figures(articles.stream().map(Article::id).toList()) : Map.of();
    Map<PersonId, Person> names = names(articles);
    Map<Long, Category> categories = categories();
    return articles.stream()
        .map(
            article ->
                new ArticleLine(
                    article.key(),
                    article.title(),
                    summaries.getOrDefault(article.id(), ""),
                    article.kind(),
                    article.state().word(),
                    working(article, reader),
                    article.audience().word(),
                    category(article, categories),
                    article.language(),
                    Long.toString(article.source().orElse(article.id())),
                    person(article.owner(), names),
                    article.updatedAt(),
                    reader.overdue(article),
                    Optional.ofNullable(figures.get(article.id())).map(Views::figures)))
        .toList();
  }

  public ArticleView article(Article article, ArticleVersion version) {
    Reader reader = library.reader();
    Map<PersonId, Person> names = names(List.of(article));
    boolean inside = reader.writes() || reader.manages();
    return new ArticleView(
        article.key(),
        version.title(),
        version.words().summary(),
        version.words().body(),
        markdown.html(version.words().body()),
        version.words().keywords(),
        version.number(),
        version.stage().word(),
        article.published(),
        article.working().filter(number -> inside),
        working(article, reader),
        article.state().word(),
        article.kind(),
        category(article, categories()),
        article.audience().word(),
        inside ? teams(article) : List.of(),
        article.language(),
        person(article.owner(), names),
        person(article.reviewer().filter(id -> inside), names),
        article.reviewDue(),
        article.validFrom(),
        article.validUntil(),
        article.supersedes().flatMap(store::find).filter(reader::sees).map(Article::key),
        article.validated(),
        reader.overdue(article),
        visitor() ? "" : version.authorName(),
        version.changedAt(),
        version.publishedAt(),
        version.reviewNote().filter(note -> inside),
        inside
            ? uses.figures(List.of(article.id())).values().stream().findFirst().map(Views::figures)
            : Optional.empty(),
        article.source().flatMap(store::find).filter(reader::sees).map(Article::key),
        translations.outdated(article),
        translations.others(article).stream()
            .map(
                other ->
                    new TranslationView(
                        other.key(),
                        other.language(),
                        other.title(),
                        other.state().word(),
                        translations.outdated(other)))
            .toList(),
        inside ? editing.allowed(article).stream().map(Step::word).toList() : List.of(),
        article.createdAt(),
        article.updatedAt(),
        article.version());
  }

  private static Optional<String> working(Article article, Reader reader) {
    return article
        .workingState()
        .filter(stage -> reader.writes() && article.published().isPresent())
        .map(Stage::word);
  }

  public static VersionLine version(ArticleVersion version) {
    return new VersionLine(
        version.number(),
        version.stage().word(),
        version.title(),
        version.authorName(),
        version.basedOn(),
        version.createdAt(),
        version.changedAt(),
        version.submittedAt(),
        version.submitNote(),
        version.reviewerName(),
        version.reviewedAt(),
        version.reviewNote(),
        version.publisherName(),
        version.publishedAt(),
        version.endedAt());
  }

  public static CategoryView category(Category category) {
    return new CategoryView(
        Long.toString(category.id()),
        category.name(),
        category.parent().map(String::valueOf).orElse(null),
        category.place(),
        category.version());
  }

  private static FiguresView figures(Figures figures) {
    return new FiguresView(
        figures.views(),
        figures.helpful(),
        figures.unhelpful(),
        figures.deflections(),
        figures.links(),
        figures.solved());
  }

  private List<TeamView> teams(Article article) {
    return article.teams().stream()
        .map(TeamId::new)
        .map(people::team)
        .flatMap(Optional::stream)
        .map(team -> new TeamView(team.key(), team.name()))
        .toList();
  }

  private Map<Long, Category> categories() {
    return shelves.all().stream().collect(Collectors.toMap(Category::id, Function.identity()));
  }

  private static Optional<CategoryView> category(Article article, Map<Long, Category> all) {
    return article.category().map(all::get).map(Views::category);
  }

  /** Who has not signed in learns of nobody who works here. */
  private boolean visitor() {
    return library.caller().kind() == Caller.Kind.ANONYMOUS;
  }

  private Map<PersonId, Person> names(Collection<Article> articles) {
    if (visitor()) {
      return Map.of();
    }
    Set<PersonId> ids =
        articles.stream()
            .flatMap(article -> Stream.of(article.owner(), article.reviewer()))
            .flatMap(Optional::stream)
            .map(PersonId::new)
            .collect(Collectors.toSet());
    return ids.isEmpty() ? Map.of() : people.persons(ids);
  }

  private static Optional<PersonView> person(Optional<Long> id, Map<PersonId, Person> names) {
    return id.map(PersonId::new)
        .map(names::get)
        .map(who -> new PersonView(who.username(), who.displayName(), who.active()));
  }
}
