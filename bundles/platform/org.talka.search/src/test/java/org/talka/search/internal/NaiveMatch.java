/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.talka.api.query.Filter;
import org.talka.search.SearchDocument;

/** What a condition means, for words that have one form only, without any index. */
final class NaiveMatch {
  private final SearchDocument document;
  private final boolean internal;

  NaiveMatch(SearchDocument document, boolean internal) {
    this.document = document;
    this.internal = internal;
  }

  boolean matches(Filter filter) {
    if (filter instanceof Filter.All) {
      return true;
    } else if (filter instanceof Filter.None) {
      return false;
    } else if (filter instanceof Filter.Is is) {
      return values(document.keywords(), is.field()).anyMatch(is.value()::equals);
    } else if (filter instanceof Filter.Exists exists) {
      String field = exists.field();
      return document.words().containsKey(field)
          || internal && document.internalWords().containsKey(field)
          || document.keywords().containsKey(field)
          || document.numbers().containsKey(field)
          || document.instants().containsKey(field);
    } else if (filter instanceof Filter.Between between) {
      return between(between);
    } else if (filter instanceof Filter.Words words) {
      return words.phrase()
          ? texts(words.field())
              .anyMatch(text -> (" " + text + " ").contains(" " + words.words() + " "))
          : Stream.of(words.words().split(" "))
              .allMatch(word -> words(words.field()).anyMatch(word::equals));
    } else if (filter instanceof Filter.Prefix prefix) {
      return words(prefix.field()).anyMatch(word -> word.startsWith(prefix.prefix()))
          || prefix.field() != null
              && values(document.keywords(), prefix.field())
                  .anyMatch(value -> value.startsWith(prefix.prefix()));
    } else if (filter instanceof Filter.AllOf all) {
      return all.parts().stream().allMatch(this::matches);
    } else if (filter instanceof Filter.AnyOf any) {
      return any.parts().stream().anyMatch(this::matches);
    } else if (filter instanceof Filter.Not not) {
      return !matches(not.part());
    }
    throw new IllegalArgumentException(filter.toString());
  }

  private boolean between(Filter.Between between) {
    BigDecimal number = document.numbers().get(between.field());
    if (number != null) {
      return (between.from() == null || number.compareTo(new BigDecimal(between.from())) >= 0)
          && (between.to() == null || number.compareTo(new BigDecimal(between.to())) <= 0);
    }
    Instant at = document.instants().get(between.field());
    return at != null
        && (between.from() == null || !at.isBefore(Instant.parse(between.from())))
        && (between.to() == null || !at.isAfter(Instant.parse(between.to())));
  }

  private Stream<String> words(String field) {
    return texts(field).flatMap(text -> Stream.of(text.split(" ")));
  }

  private Stream<String> texts(String field) {
    return Stream.concat(
        values(document.words(), field),
        internal ? values(document.internalWords(), field) : Stream.empty());
  }

  private static Stream<String> values(Map<String, List<String>> map, String field) {
    return field == null
        ? map.values().stream().flatMap(List::stream)
        : map.getOrDefault(field, List.of()).stream();
  }
}
