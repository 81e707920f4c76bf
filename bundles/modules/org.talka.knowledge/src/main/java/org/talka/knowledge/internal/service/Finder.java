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
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.search.DocumentHits;
import org.talka.api.search.DocumentQuery;
import org.talka.knowledge.internal.index.ArticleIndex;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;

/** Finds articles by words, trimmed to what somebody sees. */
@Component(service = Finder.class)
public class Finder {
  /** What a find is worth by where it is. */
  private static final Map<String, Float> WHERE =
      Map.of("title", 4f, "keywords", 3f, "summary", 2f, "body", 1f, "key", 5f);

  /** A longer text says no more of what it is about. */
  private static final int LONGEST = 1_000;

  private final Library library;
  private final ArticleStore store;
  private final ArticleIndex index;

  @Activate
  public Finder(
      @Reference Library library, @Reference ArticleStore store, @Reference ArticleIndex index) {
    this.library = library;
    this.store = store;
    this.index = index;
  }

  /** The best finds first, of all words; when that finds nothing, of some. */
  public Page<Article> search(String text, Filter filter, int limit, String after) {
    Reader reader = library.reader();
    Filter seen = Filter.and(reader.visible(), filter);
    Optional<String> from = Optional.ofNullable(after).filter(cursor -> !cursor.isBlank());
    DocumentHits hits = ask(text, seen, true, limit, from);
    if (hits.ids().isEmpty() && from.isEmpty()) {
      // a first page of some words has no second one: what follows is chance
      DocumentHits some = ask(text, seen, false, limit, from);
      hits = new DocumentHits(some.ids(), Optional.empty());
    }
    return new Page<>(articles(hits, reader), hits.next());
  }

  /**
   * Published articles that may answer a text, for a reader; of translations of one article the one
   * in the reader's language, else the original.
   */
  public List<Article> suggest(String text, Reader reader, String language, int limit) {
    Filter seen = Filter.and(reader.visible(), reader.live());
    List<Article> found =
        articles(ask(text, seen, false, Math.min(200, limit * 3), Optional.empty()), reader);
    Map<Long, Article> families = new LinkedHashMap<>();
    for (Article article : found) {
      families.merge(
          article.source().orElse(article.id()),
          article,
          (first, second) -> better(first, second, language));
    }
    return families.values().stream().limit(limit).toList();
  }

  private static Article better(Article first, Article second, String language) {
    if (first.language().equals(language)) {
      return first;
    }
    return second.language().equals(language)
            || second.source().isEmpty() && first.source().isPresent()
        ? second
        : first;
  }

  private DocumentHits ask(
      String text, Filter seen, boolean every, int limit, Optional<String> after) {
    String words = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return index.search(new DocumentQuery(words, WHERE, seen, every, limit, after));
  }

  /** Read in one look, in the order of the finds; the index may lag, the rule does not. */
  private List<Article> articles(DocumentHits hits, Reader reader) {
    Map<Long, Article> byId = store.byIds(hits.ids().stream().map(Long::valueOf).toList());
    List<Article> found = new ArrayList<>();
    for (String id : hits.ids()) {
      Article article = byId.get(Long.valueOf(id));
      if (article != null && reader.sees(article)) {
        found.add(article);
      }
    }
    return found;
  }
}
