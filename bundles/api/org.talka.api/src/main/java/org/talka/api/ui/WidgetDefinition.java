/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ui;

import java.util.List;

/**
 * Something for dashboards that the desk draws itself, from a query. Its name is translated under
 * {@code widget.<key>}. Whoever looks gets the figures of the tickets that they may see.
 *
 * @param kind {@code count}, {@code list}, {@code chart} or {@code average}
 * @param order ascending in the list of widgets that people choose from
 * @param icon a name from the web UI's icon set, or null
 * @param permission who may put it on a dashboard; everybody who is signed in when null
 * @param q which tickets, in the query language; all of them when blank
 * @param sort a list's order, for example {@code -updatedAt}; null for that
 * @param limit how long a list is; 0 for what fits
 * @param shape {@code bar}, {@code line} or {@code pie} for a chart; a line goes over time, a pie
 *     is of groups
 * @param by the field by whose values a chart groups the tickets, null for one over time; of an
 *     average the field whose values it is of, a choice of whole numbers
 * @param over the times that a chart over time counts, for example {@code createdAt}
 * @param days how far a chart over time goes back; 0 for 14
 * @param width columns of twelve that it takes when it is put on a dashboard; 0 for what suits
 * @param height likewise rows
 */
public record WidgetDefinition(
    String key,
    String kind,
    int order,
    String icon,
    String permission,
    String q,
    String sort,
    int limit,
    String shape,
    String by,
    List<String> over,
    int days,
    int width,
    int height) {
  public WidgetDefinition {
    over = over == null ? List.of() : List.copyOf(over);
  }
}
