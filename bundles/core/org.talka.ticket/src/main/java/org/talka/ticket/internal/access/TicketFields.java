/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.talka.api.ticket.FieldDefinition;
import org.talka.search.SearchField;
import org.talka.search.SearchField.Kind;
import org.talka.ticket.internal.type.TicketTypes;

/** The fields by which tickets are found, and what each holds. */
public final class TicketFields {
  private static final Map<String, SearchField> BUILT_IN = new LinkedHashMap<>();

  static {
    TicketKeywords.BUILT_IN.forEach(field -> add(field, Kind.KEYWORD));
    add("createdAt", Kind.INSTANT);
    add("updatedAt", Kind.INSTANT);
    add("resolvedAt", Kind.INSTANT);
    add("subject", Kind.TEXT);
    add("description", Kind.TEXT);
    add("comment", Kind.TEXT);
  }

  private TicketFields() {}

  /**
   * @param internal whether fields that only agents see are among them
   */
  public static Optional<SearchField> of(String name, TicketTypes types, boolean internal) {
    SearchField builtIn = BUILT_IN.get(name);
    if (builtIn != null) {
      return Optional.of(builtIn);
    }
    return Optional.ofNullable(types.fields().get(name))
        .filter(FieldDefinition::indexed)
        .filter(field -> internal || !internal(field))
        .map(field -> new SearchField(name, kind(field), internal(field)));
  }

  public static Kind kind(FieldDefinition field) {
    return switch (field.type()) {
      case "text", "markdown" -> Kind.TEXT;
      case "number" -> Kind.NUMBER;
      case "date", "datetime" -> Kind.INSTANT;
      default -> Kind.KEYWORD;
    };
  }

  public static boolean internal(FieldDefinition field) {
    return !field.audience().equals("all");
  }

  private static void add(String name, Kind kind) {
    BUILT_IN.put(name, new SearchField(name, kind, false));
  }
}
