/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.Caller;
import org.talka.ticket.internal.access.FilterMatch;
import org.talka.ticket.internal.access.Visibility;

/** What an event says of its ticket, so that no row is read to decide who may hear of it. */
public record EventKeywords(Map<?, ?> values) {
  /** Absent for an event that is about no ticket. */
  public static Optional<EventKeywords> of(DomainEvent event) {
    return event.type().startsWith("ticket.")
            && event.data().get(TicketEvents.KEYWORDS) instanceof Map<?, ?> values
        ? Optional.of(new EventKeywords(values))
        : Optional.empty();
  }

  public Set<String> of(String field) {
    return values.get(field) instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.toSet())
        : Set.of();
  }

  /** The only value of a field that has one at most. */
  public Optional<String> one(String field) {
    return of(field).stream().findFirst();
  }

  /** Whether a permission of the caller reaches the ticket. */
  public boolean may(Caller caller, String permission) {
    return FilterMatch.matches(Visibility.scope(caller, permission), this::of);
  }
}
