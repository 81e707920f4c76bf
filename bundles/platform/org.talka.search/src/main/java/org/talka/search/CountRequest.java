/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.time.Instant;
import java.util.List;
import org.talka.api.query.Filter;

/**
 * @param filter what is asked, joined with what the caller may see
 * @param internal whether the caller may read internal notes
 * @param keywords fields of which every value is counted
 * @param ranges each counted by itself
 * @param series fields of instants, counted by the time into which they fall
 * @param values at most so many values of a field, those that are found most often
 * @param most at most so many matches are looked at, those that were changed last first
 */
public record CountRequest(
    Filter filter,
    boolean internal,
    List<String> keywords,
    List<Filter.Between> ranges,
    List<Series> series,
    int values,
    int most) {
  public CountRequest {
    keywords = List.copyOf(keywords);
    ranges = List.copyOf(ranges);
    series = List.copyOf(series);
  }

  /**
   * @param edges where each group begins, ascending, and behind them where the last one ends; what
   *     lies outside is not counted
   */
  public record Series(String field, List<Instant> edges) {
    public Series {
      edges = List.copyOf(edges);
    }
  }
}
