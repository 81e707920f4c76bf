/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.view;

import java.util.List;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/**
 * A list of tickets that somebody named and kept.
 *
 * @param query in the query language; {@code me} in it is whoever looks
 * @param sort as the list of tickets takes it
 * @param columns fields in the order in which they stand; none for the columns of the box
 * @param team present for {@link Audience#TEAM} only
 */
public record SavedView(
    long id,
    PersonId owner,
    String name,
    String query,
    String sort,
    List<String> columns,
    Audience audience,
    Optional<TeamId> team,
    long version) {
  public SavedView {
    columns = List.copyOf(columns);
  }
}
