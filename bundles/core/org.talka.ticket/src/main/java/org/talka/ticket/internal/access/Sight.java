/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.util.List;
import org.talka.api.query.Filter;
import org.talka.ticket.internal.model.TicketImage;

/**
 * Which tickets a caller sees: those that the permission reaches and that every module's rule
 * leaves in sight. The condition for lists, the answer for one ticket and its explanation are made
 * of the same parts.
 */
public record Sight(Reach reach, List<Hurdle> hurdles) {
  public Sight {
    hurdles = List.copyOf(hurdles);
  }

  public Filter filter() {
    Filter filter = reach.filter();
    for (Hurdle hurdle : hurdles) {
      filter = Filter.and(filter, hurdle.filter());
    }
    return filter;
  }

  public boolean sees(TicketImage ticket) {
    return reach.covers(ticket) && hurdles.stream().allMatch(hurdle -> hurdle.lets(ticket));
  }
}
