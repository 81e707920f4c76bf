/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.model.Words;

/**
 * The exact values that a ticket can be found by, by field name: one definition for matching a
 * record, for the rows that SQL looks up and for the documents of the search index.
 */
public final class TicketKeywords {
  /** The built-in fields that hold them. */
  public static final List<String> BUILT_IN =
      List.of(
          "key",
          "type",
          "module",
          "state",
          "category",
          "open",
          "priority",
          "impact",
          "urgency",
          "requester",
          "assignee",
          "team",
          "organisation",
          "watcher",
          "tag");

  private TicketKeywords() {}

  /** The values of a built-in or own field; empty when it has none or does not exist. */
  public static Set<String> of(TicketImage ticket, String field) {
    return switch (field) {
      case "key" -> Set.of(ticket.key());
      case "type" -> Set.of(ticket.type());
      case "module" -> Set.of(ticket.module());
      case "state" -> Set.of(ticket.state());
      case "category" -> Set.of(Words.of(ticket.category()));
      case "open" -> Set.of(Boolean.toString(ticket.category().open()));
      case "priority" -> Set.of(Words.of(ticket.priority()));
      case "impact" -> Set.of(Words.of(ticket.impact()));
      case "urgency" -> Set.of(Words.of(ticket.urgency()));
      case "requester" -> id(ticket.requester(), p -> p.value());
      case "assignee" -> id(ticket.assignee(), p -> p.value());
      case "team" -> id(ticket.team(), t -> t.value());
      case "organisation" -> id(ticket.organisation(), o -> o.value());
      case "watcher" ->
          ticket.watchers().stream()
              .map(p -> Long.toString(p.value()))
              .collect(Collectors.toUnmodifiableSet());
      case "tag" -> ticket.tags();
      default -> own(ticket.fields().get(field));
    };
  }

  /** A stored value of a type's own field as keywords. */
  public static Set<String> own(Object value) {
    if (value == null) {
      return Set.of();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(TicketKeywords::word).collect(Collectors.toUnmodifiableSet());
    }
    return Set.of(word(value));
  }

  private static String word(Object value) {
    String word =
        value instanceof BigDecimal number
            ? number.stripTrailingZeros().toPlainString()
            : value.toString();
    return word.length() > MAX ? word.substring(0, MAX) : word;
  }

  /** Longer values are found by their beginning; the column and the index hold no more. */
  private static final int MAX = 200;

  private static <T> Set<String> id(Optional<T> value, Function<T, Long> id) {
    return value.map(v -> Set.of(Long.toString(id.apply(v)))).orElse(Set.of());
  }
}
