/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.List;

/**
 * A ticket type in short.
 *
 * @param retired whether no new ticket of it can be made
 */
public record TypeView(
    String key,
    String prefix,
    String icon,
    boolean portal,
    boolean retired,
    String module,
    Workflow workflow) {
  /** Its states. */
  public record Workflow(String key, String initial, List<State> states) {}

  /** A state and what it means to the desk. */
  public record State(String key, String category) {}
}
