/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.board;

import java.util.List;
import java.util.Optional;
import org.talka.api.query.Filter;
import org.talka.api.security.Person;
import org.talka.api.text.Text;

/**
 * A column of a board.
 *
 * @param key unique on the board
 * @param title its words; absent for the column of what nobody has, and for people's
 * @param filter what stands in it, of what the board shows
 * @param states the states that it stands for; none when it stands for something else
 * @param value the category or priority that it stands for
 * @param person whose it is
 * @param exit whether the board shows no ticket in it, but a ticket can be moved there
 */
public record BoardColumn(
    String key,
    Optional<Text> title,
    Filter filter,
    List<State> states,
    Optional<String> value,
    Optional<Person> person,
    boolean exit) {
  public BoardColumn {
    states = List.copyOf(states);
  }

  /** A state of a type. */
  public record State(String type, String state) {}
}
