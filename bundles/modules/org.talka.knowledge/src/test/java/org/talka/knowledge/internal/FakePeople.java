/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Organisation;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;

/** Everybody is there, in no team; {@code person7} is the one with the id 7, {@code team5} too. */
public class FakePeople implements People {
  @Override
  public Optional<Person> person(PersonId id) {
    String name = "person" + id.value();
    return Optional.of(new Person(id, name, name, Optional.empty(), Optional.empty(), true));
  }

  @Override
  public Optional<Person> personByUsername(String username) {
    return username.matches("person[0-9]")
        ? person(new PersonId(Long.parseLong(username.substring("person".length()))))
        : Optional.empty();
  }

  @Override
  public Map<PersonId, Person> persons(Collection<PersonId> ids) {
    Map<PersonId, Person> found = new HashMap<>();
    ids.forEach(id -> found.put(id, person(id).orElseThrow()));
    return found;
  }

  @Override
  public Optional<Team> team(TeamId id) {
    return Optional.of(new Team(id, "team" + id.value(), "Team " + id.value()));
  }

  @Override
  public Optional<Team> teamByKey(String key) {
    if (key.equals("network")) {
      return team(new TeamId(9));
    }
    return key.matches("team[0-9]")
        ? team(new TeamId(Long.parseLong(key.substring("team".length()))))
        : Optional.empty();
  }

  @Override
  public Optional<Organisation> organisation(OrganisationId id) {
    return Optional.empty();
  }

  @Override
  public Optional<Organisation> organisationByKey(String key) {
    return Optional.empty();
  }

  @Override
  public Set<TeamId> teamsOf(PersonId id) {
    return Set.of();
  }

  @Override
  public GrantScope grant(PersonId id, String permission) {
    return GrantScope.NONE;
  }
}
