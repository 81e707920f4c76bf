/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.List;

/**
 * States and the ways between them.
 *
 * @param initial the state of a new ticket
 */
public record WorkflowDefinition(
    String key, String initial, List<State> states, List<Transition> transitions) {
  public WorkflowDefinition {
    states = List.copyOf(states);
    transitions = List.copyOf(transitions);
  }

  /** Named {@code state.<workflow>.<key>}. */
  public record State(String key, StateCategory category) {}

  /**
   * Named {@code transition.<workflow>.<key>}.
   *
   * @param from the states it starts in; empty for any that is not closed
   * @param requires fields that must have a value afterwards
   * @param permission who may; {@code ticket:transition} when null
   * @param comment {@code none}, {@code optional} (when null) or {@code required}
   * @param requester whether the ticket's requester may, too
   * @param guards what has to be met before it can be taken: {@link #NO_OPEN_TASKS}; nothing when
   *     null
   */
  public record Transition(
      String key,
      List<String> from,
      String to,
      List<String> requires,
      String permission,
      String comment,
      boolean requester,
      List<String> guards) {
    /** Every task of the ticket is done. */
    public static final String NO_OPEN_TASKS = "no-open-tasks";

    public Transition {
      from = from == null ? List.of() : List.copyOf(from);
      requires = requires == null ? List.of() : List.copyOf(requires);
      permission = permission == null ? "ticket:transition" : permission;
      comment = comment == null ? "optional" : comment;
      guards = guards == null ? List.of() : List.copyOf(guards);
    }

    /** One without guards. */
    public Transition(
        String key,
        List<String> from,
        String to,
        List<String> requires,
        String permission,
        String comment,
        boolean requester) {
      this(key, from, to, requires, permission, comment, requester, List.of());
    }
  }
}
