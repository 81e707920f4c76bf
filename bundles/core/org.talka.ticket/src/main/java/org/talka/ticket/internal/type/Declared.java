/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import java.util.Map;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.TicketTypeDefinition;
import org.talka.api.ticket.WorkflowDefinition;

/**
 * What bundles declare, and declared when they were here, before anything is laid over it.
 *
 * @param types by key
 * @param fields by key, those of missing modules too
 * @param modules which module each field is of
 */
public record Declared(
    Map<String, Type> types, Map<String, FieldDefinition> fields, Map<String, String> modules) {

  static final Declared NOTHING = new Declared(Map.of(), Map.of(), Map.of());

  /** A type before its fields are joined to it. */
  public record Type(
      TicketTypeDefinition definition,
      WorkflowDefinition workflow,
      String module,
      boolean missing) {}
}
