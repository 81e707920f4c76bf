/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** A caller with given grants. */
public record FakeCaller(
    Kind kind,
    Optional<PersonId> person,
    String username,
    Set<TeamId> teams,
    Optional<OrganisationId> organisation,
    Map<String, GrantScope> grants)
    implements Caller {
  public static FakeCaller agent(long id, String username) {
    Map<String, GrantScope> grants = new HashMap<>();
    for (String permission :
        new String[] {
          "ticket:read",
          "ticket:create",
          "ticket:comment",
          "ticket:watch",
          "ticket:note",
          "ticket:update",
          "ticket:transition",
          "ticket:prioritise",
          "person:read"
        }) {
      grants.put(permission, GrantScope.ALL);
    }
    return person(id, username, grants);
  }

  public static FakeCaller requester(long id, String username) {
    Map<String, GrantScope> grants = new HashMap<>();
    for (String permission :
        new String[] {"ticket:read", "ticket:create", "ticket:comment", "ticket:watch"}) {
      grants.put(permission, GrantScope.OWN);
    }
    return person(id, username, grants);
  }

  public static FakeCaller person(long id, String username, Map<String, GrantScope> grants) {
    return new FakeCaller(
        Kind.PERSON, Optional.of(new PersonId(id)), username, Set.of(), Optional.empty(), grants);
  }

  public FakeCaller in(Set<TeamId> teams, Optional<OrganisationId> organisation) {
    return new FakeCaller(kind, person, username, teams, organisation, grants);
  }

  public FakeCaller with(String permission, GrantScope scope) {
    Map<String, GrantScope> more = new HashMap<>(grants);
    more.put(permission, scope);
    return new FakeCaller(kind, person, username, teams, organisation, more);
  }

  @Override
  public String displayName() {
    return username.toUpperCase(Locale.ROOT);
  }

  @Override
  public Set<String> roles() {
    return Set.of();
  }

  @Override
  public Locale locale() {
    return Locale.ENGLISH;
  }

  @Override
  public ZoneId zone() {
    return ZoneId.of("UTC");
  }

  @Override
  public GrantScope grant(String permission) {
    return kind == Kind.SYSTEM ? GrantScope.ALL : grants.getOrDefault(permission, GrantScope.NONE);
  }
}
