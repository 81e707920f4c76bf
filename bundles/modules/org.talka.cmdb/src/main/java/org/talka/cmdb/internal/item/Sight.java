/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.Set;
import java.util.stream.Collectors;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/**
 * Which items somebody may see, or change: all, those that they own, or also those that a team of
 * theirs looks after. The one rule for single items, lists and graphs.
 *
 * @param person whose items; -1 for nobody's
 * @param teams whose items as well
 */
public record Sight(boolean all, long person, Set<Long> teams) {
  public static final Sight EVERYTHING = new Sight(true, -1, Set.of());

  public Sight {
    teams = Set.copyOf(teams);
  }

  public static Sight of(Caller caller, String permission) {
    GrantScope scope = caller.grant(permission);
    long person = scope == GrantScope.NONE ? -1 : caller.person().map(PersonId::value).orElse(-1L);
    Set<Long> teams =
        scope == GrantScope.TEAM || scope == GrantScope.ORGANISATION
            ? caller.teams().stream().map(TeamId::value).collect(Collectors.toSet())
            : Set.of();
    return scope == GrantScope.ALL ? EVERYTHING : new Sight(false, person, teams);
  }

  public boolean covers(Item item) {
    return covers(item.owner().orElse(-1), item.team().orElse(-1));
  }

  /** With -1 for nobody and for no team. */
  public boolean covers(long owner, long team) {
    return all || person >= 0 && owner == person || team >= 0 && teams.contains(team);
  }
}
