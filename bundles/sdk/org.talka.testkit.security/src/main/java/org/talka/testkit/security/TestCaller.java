/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.security;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/**
 * Somebody who calls in a test. Person 7 is called {@code person7}, speaks English and lives by
 * UTC; whoever wants another one takes another number.
 *
 * @param grants how far permissions reach; what is absent is not granted
 */
public record TestCaller(
    Kind kind,
    Optional<PersonId> person,
    String username,
    String displayName,
    Set<String> roles,
    Set<TeamId> teams,
    Optional<OrganisationId> organisation,
    Map<String, GrantScope> grants,
    boolean readsOnly)
    implements Caller {
  public TestCaller {
    roles = Set.copyOf(roles);
    teams = Set.copyOf(teams);
    grants = Map.copyOf(grants);
  }

  /** A person who holds these permissions everywhere. */
  public static TestCaller person(long id, String... permissions) {
    return person(
        id,
        Arrays.stream(permissions)
            .collect(Collectors.toMap(permission -> permission, permission -> GrantScope.ALL)));
  }

  /** A person whose permissions reach this far. */
  public static TestCaller person(long id, Map<String, GrantScope> grants) {
    return new TestCaller(
        Kind.PERSON,
        Optional.of(new PersonId(id)),
        "person" + id,
        "Person " + id,
        Set.of(),
        Set.of(),
        Optional.empty(),
        grants,
        false);
  }

  /** Somebody who is not signed in. */
  public static TestCaller anonymous() {
    return impersonal(Kind.ANONYMOUS, "anonymous");
  }

  /** The system, which may do everything, acting for a module. */
  public static TestCaller system(String moduleId) {
    return impersonal(Kind.SYSTEM, "system:" + moduleId);
  }

  private static TestCaller impersonal(Kind kind, String name) {
    return new TestCaller(
        kind, Optional.empty(), name, name, Set.of(), Set.of(), Optional.empty(), Map.of(), false);
  }

  /** The same with a permission that reaches this far, or no further. */
  public TestCaller with(String permission, GrantScope reach) {
    Map<String, GrantScope> others = new HashMap<>(grants);
    others.put(permission, reach);
    return new TestCaller(
        kind, person, username, displayName, roles, teams, organisation, others, readsOnly);
  }

  /** The same in another team. */
  public TestCaller in(TeamId team) {
    Set<TeamId> all = new HashSet<>(teams);
    all.add(team);
    return new TestCaller(
        kind, person, username, displayName, roles, all, organisation, grants, readsOnly);
  }

  /** The same, of an organisation. */
  public TestCaller of(OrganisationId customer) {
    return new TestCaller(
        kind,
        person,
        username,
        displayName,
        roles,
        teams,
        Optional.of(customer),
        grants,
        readsOnly);
  }

  /** The same with a role. */
  public TestCaller as(String role) {
    Set<String> all = new HashSet<>(roles);
    all.add(role);
    return new TestCaller(
        kind, person, username, displayName, all, teams, organisation, grants, readsOnly);
  }

  /** The same through a token that only reads. */
  public TestCaller reading() {
    return new TestCaller(
        kind, person, username, displayName, roles, teams, organisation, grants, true);
  }

  @Override
  public Locale locale() {
    return Locale.ENGLISH;
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public GrantScope grant(String permission) {
    return kind == Kind.SYSTEM ? GrantScope.ALL : grants.getOrDefault(permission, GrantScope.NONE);
  }
}
