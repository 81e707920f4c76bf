/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.List;

/** Moves that are not finished, and the tickets that they are about. */
public interface StateMoves {
  /** In the order in which they were made. */
  List<StateMove> all();

  void add(StateMove move);

  void remove(long id);

  /** Whether any ticket of the type is in the state. */
  boolean any(String type, String state);

  /** Whether there is any ticket of the type. */
  boolean any(String type);

  /** Whether any ticket has a value in the field, as far as tickets are found by it. */
  boolean anyWith(String field);

  /** Ids of tickets that have to be moved yet, at most so many. */
  List<Long> waiting(StateMove move, int most);
}
