/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.security.Colleagues;

/** The people of a test as the callers that the test made of them. */
public final class FakeColleagues implements Colleagues {
  private final Map<Long, Caller> callers = new TreeMap<>();
  private final FakePeople people;
  private final FakeCallers current;

  public FakeColleagues(FakePeople people, FakeCallers current, Caller... callers) {
    this.people = people;
    this.current = current;
    for (Caller caller : callers) {
      set(caller);
    }
  }

  public void set(Caller caller) {
    callers.put(caller.person().orElseThrow().value(), caller);
  }

  @Override
  public Optional<Caller> caller(PersonId person) {
    return Optional.ofNullable(callers.get(person.value()));
  }

  @Override
  public List<PersonId> members(TeamId team, int limit) {
    return callers.values().stream()
        .filter(caller -> caller.teams().contains(team))
        .flatMap(caller -> caller.person().stream())
        .limit(limit)
        .toList();
  }

  @Override
  public List<PersonId> holders(String permission, int limit) {
    return callers.values().stream()
        .filter(caller -> caller.may(permission))
        .flatMap(caller -> caller.person().stream())
        .limit(limit)
        .toList();
  }

  @Override
  public List<Person> people(String begin, String after, int limit) {
    boolean all = current.current().grant("person:read") == GrantScope.ALL;
    Map<String, Person> found = new HashMap<>();
    callers
        .keySet()
        .forEach(id -> people.person(new PersonId(id)).ifPresent(p -> found.put(p.username(), p)));
    return new TreeMap<>(found)
        .values().stream()
            .filter(p -> all && p.username().compareTo(after) > 0)
            .filter(p -> p.username().startsWith(begin.toLowerCase(Locale.ROOT)))
            .limit(limit)
            .toList();
  }

  @Override
  public List<Team> teams(String begin, int limit) {
    return List.of("desk", "network").stream()
        .filter(key -> key.startsWith(begin))
        .flatMap(key -> people.teamByKey(key).stream())
        .limit(limit)
        .toList();
  }
}
