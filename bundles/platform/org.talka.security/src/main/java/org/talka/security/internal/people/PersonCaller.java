/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

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

/** A person who calls: everything was worked out before, asking costs one look into a map. */
public final class PersonCaller implements Caller {
  private final Profile profile;
  private final Map<String, GrantScope> grants;

  PersonCaller(Profile profile, Map<String, GrantScope> grants) {
    this.profile = profile;
    this.grants = Map.copyOf(grants);
  }

  /** The same person, limited to some permissions: a token's. */
  public PersonCaller limitedTo(Set<String> permissions) {
    Map<String, GrantScope> fewer = new HashMap<>(grants);
    fewer.keySet().retainAll(permissions);
    return new PersonCaller(profile, fewer);
  }

  @Override
  public Kind kind() {
    return Kind.PERSON;
  }

  @Override
  public Optional<PersonId> person() {
    return Optional.of(profile.person().id());
  }

  @Override
  public String username() {
    return profile.person().username();
  }

  @Override
  public String displayName() {
    return profile.person().displayName();
  }

  @Override
  public Set<String> roles() {
    return profile.roles();
  }

  @Override
  public Set<TeamId> teams() {
    return profile.teams();
  }

  @Override
  public Optional<OrganisationId> organisation() {
    return profile.person().organisation();
  }

  @Override
  public Locale locale() {
    return profile.locale();
  }

  @Override
  public ZoneId zone() {
    return profile.zone();
  }

  @Override
  public GrantScope grant(String permission) {
    return grants.getOrDefault(permission, GrantScope.NONE);
  }

  /** All that is granted; what is absent is not. */
  public Map<String, GrantScope> grants() {
    return grants;
  }

  @Override
  public String toString() {
    return "PersonCaller[" + username() + "]";
  }
}
