/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.List;
import java.util.Set;

/**
 * A field of a module's own on ticket types. Its name, help and options are translated under {@code
 * field.<key>}, {@code field.<key>.help} and {@code field.<key>.<option>}.
 *
 * @param key camelCase, unique in the desk
 * @param type one of {@link #BUILT_IN_TYPES}, {@code ticket} being a reference, or the key of a
 *     module's {@link FieldType}
 * @param on the ticket types that have it
 * @param options the keys to choose from, for a choice
 * @param multiple whether it holds several values
 * @param required whether a ticket can't be saved without it
 * @param indexed whether lists can be filtered by it
 * @param audience who sees it: {@code all}, or {@code agent} for people with {@code ticket:note}
 * @param readOnly whether only code may set it
 * @param max longest text in characters, or largest number; 0 for the type's own limit
 */
public record FieldDefinition(
    String key,
    String type,
    List<String> on,
    List<String> options,
    boolean multiple,
    boolean required,
    boolean indexed,
    String audience,
    boolean readOnly,
    long max) {
  /** The types that need no module. */
  public static final Set<String> BUILT_IN_TYPES =
      Set.of(
          "text",
          "markdown",
          "number",
          "boolean",
          "date",
          "datetime",
          "choice",
          "person",
          "team",
          "organisation",
          "ticket");

  public FieldDefinition {
    on = on == null ? List.of() : List.copyOf(on);
    options = options == null ? List.of() : List.copyOf(options);
    audience = audience == null ? "all" : audience;
  }
}
