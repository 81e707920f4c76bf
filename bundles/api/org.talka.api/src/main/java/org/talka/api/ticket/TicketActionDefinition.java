/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.List;

/**
 * A button on tickets, named {@code action.<key>}; the service {@link TicketAction} with the same
 * key does the work.
 *
 * @param on the ticket types that have it
 * @param states the states in which it is offered; empty for all
 * @param fields what is asked before: keys of fields, built-in or of the type
 * @param comment {@code none} (when null), {@code optional} or {@code required}
 */
public record TicketActionDefinition(
    String key,
    List<String> on,
    List<String> states,
    String permission,
    List<String> fields,
    String comment) {
  public TicketActionDefinition {
    on = List.copyOf(on);
    states = states == null ? List.of() : List.copyOf(states);
    fields = fields == null ? List.of() : List.copyOf(fields);
    comment = comment == null ? "none" : comment;
  }
}
