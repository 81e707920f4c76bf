/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.time.Instant;
import java.util.List;
import org.talka.api.query.Filter;

/**
 * @param filter what is asked, joined with what the caller may see
 * @param internal whether the caller may read internal notes
 * @param field by whose values the matches are grouped
 * @param edges where the groups of a field of instants begin, ascending, and behind them where the
 *     last one ends; none for a field of keywords
 * @param most how many matches are looked at, so that the work has a bound at any size
 */
public record TallyRequest(
    Filter filter, boolean internal, String field, List<Instant> edges, int most) {
  public TallyRequest {
    edges = List.copyOf(edges);
  }
}
