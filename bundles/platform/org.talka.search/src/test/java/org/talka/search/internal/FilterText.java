/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.util.stream.Collectors;
import org.talka.api.query.Filter;

/** A condition written in the query language. */
final class FilterText {
  private FilterText() {}

  static String of(Filter filter) {
    if (filter instanceof Filter.All) {
      return "*:*";
    } else if (filter instanceof Filter.Is is) {
      return is.field() + ":" + escape(is.value());
    } else if (filter instanceof Filter.Exists exists) {
      return exists.field() + ":*";
    } else if (filter instanceof Filter.Between between) {
      return between.field() + ":[" + end(between.from()) + " TO " + end(between.to()) + "]";
    } else if (filter instanceof Filter.Words words) {
      String text =
          words.phrase()
              ? '"' + words.words().replace("\\", "\\\\").replace("\"", "\\\"") + '"'
              : escape(words.words());
      return field(words.field()) + text;
    } else if (filter instanceof Filter.Prefix prefix) {
      return field(prefix.field()) + escape(prefix.prefix()) + "*";
    } else if (filter instanceof Filter.AllOf all) {
      return all.parts().stream()
          .map(FilterText::of)
          .collect(Collectors.joining(" AND ", "(", ")"));
    } else if (filter instanceof Filter.AnyOf any) {
      return any.parts().stream().map(FilterText::of).collect(Collectors.joining(" OR ", "(", ")"));
    } else if (filter instanceof Filter.Not not) {
      return "(NOT " + of(not.part()) + ")";
    }
    throw new IllegalArgumentException(filter.toString());
  }

  private static String field(String name) {
    return name == null ? "" : name + ":";
  }

  private static String end(String value) {
    return value == null ? "*" : value;
  }

  private static String escape(String text) {
    return text.chars()
        .mapToObj(c -> (Character.isLetterOrDigit(c) ? "" : "\\") + (char) c)
        .collect(Collectors.joining());
  }
}
