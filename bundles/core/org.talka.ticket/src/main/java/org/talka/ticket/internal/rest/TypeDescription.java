/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.TicketActionDefinition;

/**
 * A ticket type with all that is needed to show its tickets and to fill in its forms.
 *
 * @param fields built-in and own fields
 * @param moduleMissing the module that brought it, when it is not installed now; then {@code words}
 *     has what its keys mean in the caller's language
 */
public record TypeDescription(
    String key,
    String prefix,
    String icon,
    boolean portal,
    String module,
    Workflow workflow,
    List<FieldDefinition> fields,
    List<FormSection> form,
    List<FormSection> portalForm,
    List<LinkView> linkTypes,
    List<TicketActionDefinition> actions,
    Optional<String> moduleMissing,
    Optional<Map<String, String>> words) {
  /** Its states and the ways between them. */
  public record Workflow(
      String key, String initial, List<TypeView.State> states, List<TransitionView> transitions) {}

  /**
   * A transition as it is declared.
   *
   * @param guards what has to be met before it can be taken, by name
   */
  public record TransitionView(
      String key,
      List<String> from,
      String to,
      List<String> requires,
      String comment,
      boolean requester,
      List<String> guards) {}

  /** A link type that it may be at an end of. */
  public record LinkView(String key, List<String> from, List<String> to, String cardinality) {}
}
