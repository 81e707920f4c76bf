/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** A person who calls: everything was worked out before, asking costs one look into a map. */
public final class PersonCaller implements Caller {
  /** A scope's last word says what it is for. */
  private static final Predicate<String> READS = scope -> scope.endsWith(":read");

  private final Profile profile;
  private final Map<String, GrantScope> grants;
  private final boolean readsOnly;

  PersonCaller(Profile profile, Map<String, GrantScope> grants) {
    this(profile, grants, false);
  }

  private PersonCaller(Profile profile, Map<String, GrantScope> grants, boolean readsOnly) {
    this.profile = profile;
    this.grants = Map.copyOf(grants);
    this.readsOnly = readsOnly;
  }

  /** The same person, limited to what a token with some scopes may. */
  public PersonCaller limitedTo(Collection<String> scopes, PermissionCatalogue.Snapshot declared) {
    Map<String, GrantScope> fewer = new HashMap<>(grants);
    fewer.keySet().retainAll(declared.within(scopes));
    return new PersonCaller(profile, fewer, scopes.stream().allMatch(READS));
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

  @Override
  public boolean readsOnly() {
    return readsOnly;
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
