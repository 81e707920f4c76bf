/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Organisation;
import org.talka.api.security.Person;
import org.talka.api.security.Team;
import org.talka.security.NewPerson;
import org.talka.security.PeopleAdministration;
import org.talka.security.PersonChange;

/** The one counter at which other bundles have people, teams and roles created and changed. */
@Component(service = PeopleAdministration.class)
public class PeopleOffice implements PeopleAdministration {
  private final PeopleDesk people;
  private final Groups groups;
  private final Roles roles;

  @Activate
  public PeopleOffice(
      @Reference PeopleDesk people, @Reference Groups groups, @Reference Roles roles) {
    this.people = people;
    this.groups = groups;
    this.roles = roles;
  }

  @Override
  public Person createPerson(NewPerson person) {
    return people.create(person);
  }

  @Override
  public Person changePerson(String username, PersonChange change) {
    return people.change(username, change);
  }

  @Override
  public Team createTeam(String key, String name) {
    return groups.createTeam(key, name);
  }

  @Override
  public Team renameTeam(String key, String name) {
    return groups.renameTeam(key, name);
  }

  @Override
  public void addToTeam(String key, String username) {
    groups.addToTeam(key, username);
  }

  @Override
  public void removeFromTeam(String key, String username) {
    groups.removeFromTeam(key, username);
  }

  @Override
  public Organisation createOrganisation(String key, String name) {
    return groups.createOrganisation(key, name);
  }

  @Override
  public Organisation renameOrganisation(String key, String name) {
    return groups.renameOrganisation(key, name);
  }

  @Override
  public void createRole(String key, String name, Map<String, GrantScope> grants) {
    roles.create(key, name, grants);
  }

  @Override
  public void renameRole(String key, String name) {
    roles.rename(key, name);
  }

  @Override
  public void changeGrants(String key, Map<String, GrantScope> grants, Set<String> asDeclared) {
    roles.changeGrants(key, grants, asDeclared);
  }

  @Override
  public void removeRole(String key) {
    roles.remove(key);
  }
}
