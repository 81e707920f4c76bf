/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.util.List;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** Who is called by name in a comment, as far as they may read it, in the order of the text. */
public record Mentioned(List<PersonId> people, List<TeamId> teams) {
  public static final Mentioned NOBODY = new Mentioned(List.of(), List.of());

  public Mentioned {
    people = List.copyOf(people);
    teams = List.copyOf(teams);
  }

  public boolean nobody() {
    return people.isEmpty() && teams.isEmpty();
  }
}
