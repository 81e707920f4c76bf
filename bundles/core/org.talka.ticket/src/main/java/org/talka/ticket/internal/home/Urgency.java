/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.home;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.StateCategory;
import org.talka.ticket.internal.model.TicketImage;

/**
 * What to do first: what is overdue, then by priority, then what is needed soon, then what has
 * waited longest; what waits for somebody else comes last.
 *
 * @param today where the caller is
 */
record Urgency(LocalDate today) {
  /** Own fields that say on which day somebody needs it. */
  private static final List<String> NEEDED = List.of("neededBy");

  private static final Comparator<HomeItem> ORDER =
      Comparator.comparing(HomeItem::reason)
          .thenComparing(item -> item.ticket().priority())
          .thenComparing(Urgency::needed)
          .thenComparing(HomeItem::since)
          .thenComparing(item -> item.ticket().id().value());

  /** The day counts only where it is the reason. */
  private static LocalDate needed(HomeItem item) {
    boolean counts = item.reason() == Reason.OVERDUE || item.reason() == Reason.DUE;
    return item.due().filter(day -> counts).orElse(LocalDate.MAX);
  }

  static List<HomeItem> sorted(List<HomeItem> items) {
    return items.stream().sorted(ORDER).toList();
  }

  /** Why somebody should look at a ticket that is theirs. */
  HomeItem mine(TicketImage ticket) {
    return item(ticket, Reason.UNTOUCHED, ticket.updatedAt());
  }

  /** Why somebody should take a ticket that is nobody's. */
  HomeItem free(TicketImage ticket) {
    return item(ticket, Reason.FREE, ticket.createdAt());
  }

  private HomeItem item(TicketImage ticket, Reason otherwise, Instant since) {
    Optional<LocalDate> due = due(ticket);
    boolean waits = ticket.category() == StateCategory.PENDING;
    Reason reason;
    if (due.filter(day -> day.isBefore(today)).isPresent()) {
      reason = Reason.OVERDUE;
    } else if (waits) {
      reason = Reason.WAITING;
    } else if (ticket.priority() == Priority.CRITICAL) {
      reason = Reason.CRITICAL;
    } else if (ticket.priority() == Priority.HIGH) {
      reason = Reason.HIGH;
    } else if (due.filter(day -> day.isBefore(today.plusDays(2))).isPresent()) {
      reason = Reason.DUE;
    } else {
      reason = otherwise;
    }
    boolean pressing = reason == Reason.CRITICAL || reason == Reason.HIGH;
    return new HomeItem(
        ticket, reason, pressing ? ticket.createdAt() : since, due, Optional.empty());
  }

  private static Optional<LocalDate> due(TicketImage ticket) {
    return NEEDED.stream()
        .map(ticket.fields()::get)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .flatMap(day -> day(day).stream())
        .min(Comparator.naturalOrder());
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
