/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.TicketActionDefinition;

/**
 * All types at one moment, those of missing modules too. Immutable.
 *
 * @param fields every known field by key
 * @param declared the same before anything was laid over it
 * @param troubles what of that does not fit
 * @param words what a missing module's keys mean: language to key to pattern
 */
public record TicketTypes(
    Map<String, TicketType> byKey,
    Map<String, FieldDefinition> fields,
    Map<String, LinkType> links,
    List<TicketActionDefinition> actions,
    Map<String, Map<String, String>> words,
    Declared declared,
    List<Trouble> troubles) {

  public static final TicketTypes NONE =
      new TicketTypes(
          Map.of(), Map.of(), Map.of(), List.of(), Map.of(), Declared.NOTHING, List.of());

  /** A type that was ever declared. */
  public Optional<TicketType> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Those whose module is here, in the order of their declaration. */
  public List<TicketType> offered() {
    return byKey.values().stream().filter(type -> !type.missing()).toList();
  }

  /** The module of a type that is not here now. */
  public Optional<String> missing(String type, String module) {
    TicketType found = byKey.get(type);
    return found == null || found.missing() ? Optional.of(module) : Optional.empty();
  }

  /** Those that have this workflow. */
  public List<TicketType> ofWorkflow(String workflow) {
    return byKey.values().stream().filter(type -> type.workflow().key().equals(workflow)).toList();
  }

  public boolean number(String field) {
    FieldDefinition definition = fields.get(field);
    return definition != null && definition.type().equals("number");
  }

  public List<TicketActionDefinition> actionsOn(String type) {
    return actions.stream().filter(action -> action.on().contains(type)).toList();
  }

  /** The offered link types that this type may be at either end of. */
  public List<LinkType> linksOf(String type) {
    return links.values().stream()
        .filter(link -> !link.missing())
        .filter(
            link ->
                link.definition().from().isEmpty()
                    || link.definition().to().isEmpty()
                    || link.definition().from().contains(type)
                    || link.definition().to().contains(type))
        .toList();
  }
}
