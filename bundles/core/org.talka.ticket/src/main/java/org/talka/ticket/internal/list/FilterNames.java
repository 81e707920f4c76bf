/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.talka.api.query.Filter;

/** The field names in a condition. */
final class FilterNames {
  private FilterNames() {}

  static Set<String> of(Filter filter) {
    Set<String> names = new TreeSet<>();
    collect(filter, names);
    return names;
  }

  private static void collect(Filter filter, Set<String> names) {
    if (filter instanceof Filter.Is is) {
      names.add(is.field());
    } else if (filter instanceof Filter.Exists exists) {
      names.add(exists.field());
    } else if (filter instanceof Filter.Between between) {
      names.add(between.field());
    } else if (filter instanceof Filter.Words words && words.field() != null) {
      names.add(words.field());
    } else if (filter instanceof Filter.Prefix prefix && prefix.field() != null) {
      names.add(prefix.field());
    } else {
      parts(filter).forEach(part -> collect(part, names));
    }
  }

  private static List<Filter> parts(Filter filter) {
    if (filter instanceof Filter.AllOf all) {
      return all.parts();
    }
    if (filter instanceof Filter.AnyOf any) {
      return any.parts();
    }
    return filter instanceof Filter.Not not ? List.of(not.part()) : List.of();
  }
}
