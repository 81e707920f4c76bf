/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.util.Set;
import java.util.function.Function;
import org.talka.api.query.Filter;

/** Matches a condition on keywords against one record. */
public final class FilterMatch {
  private FilterMatch() {}

  /**
   * @param values the record's keywords by field name
   * @throws IllegalArgumentException for a node that is not about keywords
   */
  public static boolean matches(Filter filter, Function<String, Set<String>> values) {
    if (filter instanceof Filter.All) {
      return true;
    }
    if (filter instanceof Filter.None) {
      return false;
    }
    if (filter instanceof Filter.Is is) {
      return values.apply(is.field()).contains(is.value());
    }
    if (filter instanceof Filter.Exists exists) {
      return !values.apply(exists.field()).isEmpty();
    }
    if (filter instanceof Filter.AllOf all) {
      return all.parts().stream().allMatch(part -> matches(part, values));
    }
    if (filter instanceof Filter.AnyOf any) {
      return any.parts().stream().anyMatch(part -> matches(part, values));
    }
    if (filter instanceof Filter.Not not) {
      return !matches(not.part(), values);
    }
    throw new IllegalArgumentException("Not a condition on keywords: " + filter);
  }
}
