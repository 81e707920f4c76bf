/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.talka.knowledge.internal.model.Days;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.store.Article;

/** What conditions can ask of an article; the same for a record and for the index. */
public final class ArticleFields {
  private ArticleFields() {}

  public static Map<String, Set<String>> keywords(Article article) {
    Map<String, Set<String>> words = new LinkedHashMap<>();
    words.put("audience", Set.of(article.audience().word()));
    words.put("kind", Set.of(article.kind()));
    words.put("language", Set.of(article.language()));
    words.put("state", Set.of(article.state().word()));
    words.put("working", Set.of(article.workingState().map(Stage::word).orElse("")));
    words.put("team", article.teams().stream().map(String::valueOf).collect(Collectors.toSet()));
    put(words, "category", article.category());
    put(words, "owner", article.owner());
    put(words, "reviewer", article.reviewer());
    put(words, "source", article.source());
    return words;
  }

  public static Map<String, Long> numbers(Article article) {
    return Map.of(
        "validFrom", Days.from(article.validFrom()),
        "validUntil", Days.until(article.validUntil()),
        "reviewDue", Days.until(article.reviewDue()));
  }

  private static void put(Map<String, Set<String>> words, String field, Optional<Long> id) {
    id.ifPresent(value -> words.put(field, Set.of(value.toString())));
  }
}
