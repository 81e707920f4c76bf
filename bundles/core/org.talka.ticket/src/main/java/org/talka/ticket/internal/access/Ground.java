/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.util.Optional;
import org.talka.api.query.Filter;
import org.talka.ticket.internal.model.TicketImage;

/**
 * One reason why a permission reaches tickets, and the condition for which it does.
 *
 * @param id of the team or organisation; absent for other kinds
 */
public record Ground(Kind kind, Optional<Long> id, Filter filter) {
  public enum Kind {
    /** The permission reaches everything. */
    ALL,
    REQUESTER,
    WATCHER,
    ASSIGNEE,
    TEAM,
    ORGANISATION
  }

  static Ground everything() {
    return new Ground(Kind.ALL, Optional.empty(), new Filter.All());
  }

  static Ground self(Kind kind, String field, String person) {
    return new Ground(kind, Optional.empty(), new Filter.Is(field, person));
  }

  static Ground group(Kind kind, String field, long group) {
    return new Ground(kind, Optional.of(group), new Filter.Is(field, Long.toString(group)));
  }

  boolean covers(TicketImage ticket) {
    return FilterMatch.matches(filter, field -> TicketKeywords.of(ticket, field));
  }
}
