/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.query.Filter;
import org.talka.ticket.internal.store.ListIndex;

/** Finds out whether one database index serves a list in its order. */
final class ListPlan {
  private ListPlan() {}

  /**
   * @param filter all of the condition, visibility included
   * @return the equal values that the index begins with
   */
  static Optional<Map<String, String>> indexed(Filter filter, String sort, boolean descending) {
    return descending
        ? equal(filter).filter(terms -> ListIndex.serving(terms, sort).isPresent())
        : Optional.empty();
  }

  /** The condition as equal values alone, if it is nothing else. */
  private static Optional<Map<String, String>> equal(Filter filter) {
    Map<String, String> terms = new LinkedHashMap<>();
    List<Filter> parts = filter instanceof Filter.AllOf all ? all.parts() : List.of(filter);
    for (Filter part : parts) {
      if (part instanceof Filter.Is is && terms.putIfAbsent(is.field(), is.value()) == null) {
        continue;
      }
      if (!(part instanceof Filter.All)) {
        return Optional.empty();
      }
    }
    return Optional.of(terms);
  }
}
