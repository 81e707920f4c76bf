/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.rule.FilterMatch;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion.Words;

/**
 * The same in other languages. A translation is an article of its own, with its own review; it
 * knows which version of its source it says.
 */
@Component(service = Translations.class)
public class Translations {
  private final ArticleStore store;
  private final Library library;
  private final Editing editing;

  @Activate
  public Translations(
      @Reference ArticleStore store, @Reference Library library, @Reference Editing editing) {
    this.store = store;
    this.library = library;
    this.editing = editing;
  }

  /** Begins a translation: for the same readers, with the text that has to be translated. */
  public Article begin(String sourceKey, Map<String, Object> given) {
    Article named =
        library
            .find(sourceKey)
            .orElseThrow(
                () -> DomainException.invalid("translationOf", "error.knowledge.field.article"));
    // a translation of a translation is one of the original
    Article source = original(named);
    if (source.published().isEmpty()) {
      throw DomainException.conflict("error.knowledge.unpublished", "key", source.key());
    }
    String language = String.valueOf(given.get("language"));
    boolean there =
        language.equals(source.language())
            || store.translationsOf(source.id()).stream()
                .anyMatch(each -> each.language().equals(language));
    if (there) {
      throw DomainException.invalid(
          "language", "error.knowledge.translation.there", "language", language);
    }
    Words text = library.leading(source).words();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", source.kind());
    values.put("title", text.title());
    values.put("summary", text.summary());
    values.put("body", text.body());
    values.put("keywords", text.keywords());
    source.category().ifPresent(id -> values.put("category", id.toString()));
    if (source.audience() != Audience.TEAMS) {
      values.put("audience", source.audience().word());
    }
    values.putAll(given);
    values.remove("translationOf");
    return editing.create(
        values,
        (article, draft) -> {
          if (source.audience() == Audience.TEAMS && !given.containsKey("audience")) {
            article.audience(Audience.TEAMS, source.teams());
          }
          article.translates(source.id(), source.published().orElseThrow());
        });
  }

  /**
   * @throws DomainException INVALID also where it is hidden from the caller
   */
  private Article original(Article named) {
    if (named.source().isEmpty()) {
      return named;
    }
    return named
        .source()
        .flatMap(store::find)
        .filter(library.reader()::sees)
        .orElseThrow(
            () -> DomainException.invalid("translationOf", "error.knowledge.field.article"));
  }

  /** The original and its translations that the caller sees, without the article itself. */
  public List<Article> others(Article article) {
    Reader reader = library.reader();
    long family = article.source().orElse(article.id());
    List<Article> all = new ArrayList<>(store.translationsOf(family));
    if (article.source().isPresent()) {
      store.find(family).ifPresent(source -> all.add(0, source));
    }
    return all.stream().filter(each -> each.id() != article.id()).filter(reader::sees).toList();
  }

  /** Whether the source has another version out than the one that was translated. */
  public boolean outdated(Article article) {
    return article
        .source()
        .flatMap(store::find)
        .flatMap(Article::published)
        .filter(number -> number != article.sourceNumber())
        .isPresent();
  }

  /** The article in a language, if the caller may read it there; else as it is. */
  public Article in(Article article, String language) {
    if (article.language().equals(language)) {
      return article;
    }
    Reader reader = library.reader();
    Optional<Article> translated =
        others(article).stream()
            .filter(each -> each.language().equals(language))
            .filter(each -> FilterMatch.matches(reader.live(), each))
            .findFirst();
    return translated.orElse(article);
  }
}
