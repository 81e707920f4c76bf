/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.talka.ticket.internal.model.Words;

/** Which column holds a field's keyword, and in which form. Names come from here alone. */
final class Columns {
  private static final Map<String, Column> BY_FIELD =
      Map.ofEntries(
          Map.entry("key", new Column("ticket_key", word -> word)),
          Map.entry("type", new Column("type", word -> word)),
          Map.entry("module", new Column("module_id", word -> word)),
          Map.entry("state", new Column("state", word -> word)),
          Map.entry("category", new Column("category", word -> Words.category(word).ordinal())),
          Map.entry("open", new Column("is_open", word -> Boolean.parseBoolean(word) ? 1 : 0)),
          Map.entry("priority", new Column("priority", word -> Words.priority(word).ordinal())),
          Map.entry("impact", new Column("impact", word -> Words.level(word).ordinal())),
          Map.entry("urgency", new Column("urgency", word -> Words.level(word).ordinal())),
          Map.entry("requester", new Column("requester_id", Long::valueOf)),
          Map.entry("assignee", new Column("assignee_id", Long::valueOf)),
          Map.entry("team", new Column("team_id", Long::valueOf)),
          Map.entry("organisation", new Column("organisation_id", Long::valueOf)));

  private static final Map<String, String> SORTS =
      Map.of(
          "updatedAt", "updated_at",
          "createdAt", "created_at",
          "priority", "priority",
          "key", "ticket_key",
          "subject", "subject");

  private Columns() {}

  static Optional<Column> of(String field) {
    return Optional.ofNullable(BY_FIELD.get(field));
  }

  static Optional<String> sort(String field) {
    return Optional.ofNullable(SORTS.get(field));
  }

  static Optional<String> instant(String field) {
    return switch (field) {
      case "createdAt" -> Optional.of("created_at");
      case "updatedAt" -> Optional.of("updated_at");
      case "resolvedAt" -> Optional.of("resolved_at");
      default -> Optional.empty();
    };
  }

  /**
   * @param value turns a keyword into what the column holds
   */
  record Column(String name, Function<String, Object> value) {
    /** Nothing when no row can have this keyword. */
    Optional<Object> of(String keyword) {
      try {
        return Optional.of(value.apply(keyword));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
