/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.util.List;
import java.util.Map;

/**
 * How often values occur among what was found.
 *
 * @param matches how many documents were looked at
 * @param more whether more match: then every number here is a lower bound
 * @param fields by the names that were asked for
 * @param ranges in the order in which they were asked for
 * @param series the same; of each the groups in order
 */
public record SearchCounts(
    int matches,
    boolean more,
    Map<String, Field> fields,
    List<Integer> ranges,
    List<List<Integer>> series) {
  public SearchCounts {
    fields = Map.copyOf(fields);
    ranges = List.copyOf(ranges);
    series = List.copyOf(series);
  }

  /**
   * @param values the most frequent first
   * @param without how many documents have no value
   */
  public record Field(List<Value> values, int without) {
    public Field {
      values = List.copyOf(values);
    }
  }

  public record Value(String value, int count) {}
}
