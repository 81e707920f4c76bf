/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Organisation;
import org.talka.api.security.Person;
import org.talka.api.security.Team;

/**
 * Creates and changes people, teams, organisations and roles. Every method joins the transaction of
 * the calling thread, is audited, asks whether the current caller may ({@code person:admin}, {@code
 * role:admin} for roles) and throws {@link org.talka.api.error.DomainException}: FORBIDDEN, INVALID
 * with the fields, NOT_FOUND, or CONFLICT. May be called on any thread and blocks on the database;
 * a password costs some tens of milliseconds.
 */
@ProviderType
public interface PeopleAdministration {
  Person createPerson(NewPerson person);

  /**
   * Other roles, a new password or a closed account end the person's sessions, but the one that
   * asks.
   */
  Person changePerson(String username, PersonChange change);

  /**
   * @param key 1 to 40 of {@code a-z 0-9 -}, beginning with a letter
   */
  Team createTeam(String key, String name);

  Team renameTeam(String key, String name);

  /** No change when the person is a member already. */
  void addToTeam(String key, String username);

  /** No change when the person is not a member. */
  void removeFromTeam(String key, String username);

  /**
   * @param key 1 to 40 of {@code a-z 0-9 -}, beginning with a letter
   */
  Organisation createOrganisation(String key, String name);

  Organisation renameOrganisation(String key, String name);

  /**
   * @param grants permission keys and how far they reach; what is absent is not granted
   */
  void createRole(String key, String name, Map<String, GrantScope> grants);

  /** Another name; roles of the box keep theirs. */
  void renameRole(String key, String name);

  /**
   * Decides how far a role has permissions, whatever their declarations say.
   *
   * @param grants the new reach of some permissions
   * @param asDeclared permissions that shall reach again as their declarations say
   */
  void changeGrants(String key, Map<String, GrantScope> grants, Set<String> asDeclared);

  /** Only a role that nobody has and that is none of the box. */
  void removeRole(String key);
}
