/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

/** Anna (1) and Bruno (2) are agents, Rita (3) and Sandis (4) requesters, Zane (5) has left. */
public final class FakePeople implements People {
  private final Map<PersonId, Person> persons = new LinkedHashMap<>();
  private final Map<TeamId, Team> teams = new LinkedHashMap<>();

  public FakePeople() {
    add(1, "anna", true);
    add(2, "bruno", true);
    add(3, "rita", true);
    add(4, "sandis", true);
    add(5, "zane", false);
    teams.put(new TeamId(1), new Team(new TeamId(1), "desk", "Service desk"));
    teams.put(new TeamId(2), new Team(new TeamId(2), "network", "Network"));
  }

  private void add(long id, String username, boolean active) {
    PersonId key = new PersonId(id);
    persons.put(
        key,
        new Person(
            key,
            username,
            username.substring(0, 1).toUpperCase() + username.substring(1),
            Optional.empty(),
            Optional.empty(),
            active));
  }

  @Override
  public Optional<Person> person(PersonId id) {
    return Optional.ofNullable(persons.get(id));
  }

  @Override
  public Optional<Person> personByUsername(String username) {
    return persons.values().stream().filter(p -> p.username().equals(username)).findFirst();
  }

  @Override
  public Map<PersonId, Person> persons(Collection<PersonId> ids) {
    Map<PersonId, Person> found = new HashMap<>();
    ids.forEach(id -> person(id).ifPresent(person -> found.put(id, person)));
    return found;
  }

  @Override
  public Optional<Team> team(TeamId id) {
    return Optional.ofNullable(teams.get(id));
  }

  @Override
  public Optional<Team> teamByKey(String key) {
    return teams.values().stream().filter(team -> team.key().equals(key)).findFirst();
  }

  @Override
  public Optional<Organisation> organisation(OrganisationId id) {
    return id.value() == 1 ? Optional.of(new Organisation(id, "acme", "Acme")) : Optional.empty();
  }

  @Override
  public Optional<Organisation> organisationByKey(String key) {
    return key.equals("acme") ? organisation(new OrganisationId(1)) : Optional.empty();
  }

  @Override
  public Set<TeamId> teamsOf(PersonId id) {
    return Set.of();
  }

  @Override
  public GrantScope grant(PersonId id, String permission) {
    return id.value() <= 2 ? GrantScope.ALL : GrantScope.NONE;
  }
}
