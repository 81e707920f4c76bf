/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.List;

/**
 * A question about tickets whose answer is small: a number, the first of a list, a chart, an
 * average.
 *
 * @param query in the query language; {@code me} in it is whoever looks
 * @param sort of a list
 * @param limit of a list
 * @param shape of a chart
 * @param by the field by whose values a chart groups, or of whose values the average is; empty for
 *     a chart over time
 * @param over the times that a chart over time counts
 * @param days how far a chart over time goes back
 */
public record Figure(
    Kind kind,
    String query,
    String sort,
    int limit,
    Shape shape,
    String by,
    List<String> over,
    int days)
    implements Content {
  public Figure {
    over = List.copyOf(over);
  }

  /** What the answer is. */
  public enum Kind {
    COUNT,
    LIST,
    CHART,
    AVERAGE
  }

  /** How a chart is drawn. */
  public enum Shape {
    BAR,
    LINE,
    PIE
  }
}
