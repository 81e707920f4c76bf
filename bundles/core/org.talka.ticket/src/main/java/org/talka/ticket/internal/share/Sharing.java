/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.share;

import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.ticket.internal.rule.Refusals;

/**
 * With whom something is shared that a person keeps.
 *
 * @param team present for {@link Audience#TEAM} only
 */
public record Sharing(PersonId owner, Audience audience, Optional<TeamId> team) {

  /**
   * What a client asks for.
   *
   * @param word of {@link Audience}, private when null
   * @param team a team's key, looked at for a team only
   * @param permission lets share with everybody, and with teams of others
   * @throws DomainException FORBIDDEN when the caller may not share with everybody
   */
  public static Sharing asked(
      Caller caller,
      PersonId owner,
      String word,
      String team,
      String permission,
      People people,
      Refusals refusals) {
    Optional<Audience> audience = Audience.of(word == null ? Audience.PRIVATE.word() : word);
    if (audience.isEmpty()) {
      refusals.add("audience", "error.ticket.field.choice", "options", "private, team, everybody");
    }
    if (audience.filter(Audience.EVERYBODY::equals).isPresent() && !caller.may(permission)) {
      throw DomainException.forbidden("error.ticket.share.everybody", "permission", permission);
    }
    Optional<TeamId> with =
        audience
            .filter(Audience.TEAM::equals)
            .flatMap(a -> Optional.ofNullable(team))
            .flatMap(people::teamByKey)
            .map(Team::id)
            .filter(id -> caller.teams().contains(id) || caller.may(permission));
    if (audience.filter(Audience.TEAM::equals).isPresent() && with.isEmpty()) {
      refusals.add("team", "error.ticket.share.team");
    }
    return new Sharing(owner, audience.orElse(Audience.PRIVATE), with);
  }

  /** The key of the team that it is shared with; null when it is none, or one that is gone. */
  public String teamKey(People people) {
    return team.flatMap(people::team).map(Team::key).orElse(null);
  }

  public boolean sees(Caller caller) {
    return owns(caller)
        || switch (audience) {
          case EVERYBODY -> true;
          case TEAM -> team.filter(caller.teams()::contains).isPresent();
          case PRIVATE -> false;
        };
  }

  /**
   * @param permission lets keep what others shared
   */
  public boolean mayChange(Caller caller, String permission) {
    return owns(caller) || (audience != Audience.PRIVATE && sees(caller) && caller.may(permission));
  }

  private boolean owns(Caller caller) {
    return caller.person().filter(owner::equals).isPresent();
  }
}
