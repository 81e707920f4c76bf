/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import org.talka.api.query.Filter;
import org.talka.ticket.internal.model.TicketImage;

/**
 * What a module's rule leaves of the tickets that a caller would see.
 *
 * @param filter the tickets that it leaves in sight
 */
public record Hurdle(String module, State state, Filter filter) {
  public enum State {
    /** The rule answered. */
    ASKED,
    /** It can't be asked, so that the module's own records are hidden. */
    AWAY,
    /** It can't be asked, and the caller administers modules and sees them all the same. */
    EXCUSED
  }

  public boolean lets(TicketImage ticket) {
    return FilterMatch.matches(filter, field -> TicketKeywords.of(ticket, field));
  }
}
