/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rule;

import java.util.Map;
import java.util.Set;
import org.talka.api.query.Filter;
import org.talka.knowledge.internal.store.Article;

/** A condition asked of one article. */
public final class FilterMatch {
  private final Map<String, Set<String>> keywords;
  private final Map<String, Long> numbers;

  private FilterMatch(Article article) {
    this.keywords = ArticleFields.keywords(article);
    this.numbers = ArticleFields.numbers(article);
  }

  public static boolean matches(Filter filter, Article article) {
    return new FilterMatch(article).matches(filter);
  }

  private boolean matches(Filter filter) {
    if (filter instanceof Filter.Is is) {
      return keywords.getOrDefault(is.field(), Set.of()).contains(is.value());
    } else if (filter instanceof Filter.Between between) {
      long number = numbers.get(between.field());
      return (between.from() == null || number >= Long.parseLong(between.from()))
          && (between.to() == null || number <= Long.parseLong(between.to()));
    } else if (filter instanceof Filter.AllOf all) {
      return all.parts().stream().allMatch(this::matches);
    } else if (filter instanceof Filter.AnyOf any) {
      return any.parts().stream().anyMatch(this::matches);
    } else if (filter instanceof Filter.Not not) {
      return !matches(not.part());
    } else if (filter instanceof Filter.All || filter instanceof Filter.None) {
      return filter instanceof Filter.All;
    }
    throw new IllegalArgumentException("No condition on articles: " + filter);
  }
}
