/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.EntityManager;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.security.Organisation;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.security.internal.text.FieldChecks;

/** Creates and changes teams and organisations. */
@Component(service = Groups.class)
public class Groups {
  private final Database database;
  private final Directory directory;
  private final Access access;
  private final Audit audit;

  @Activate
  public Groups(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Directory directory,
      @Reference Access access,
      @Reference Audit audit) {
    this.database = database;
    this.directory = directory;
    this.access = access;
    this.audit = audit;
  }

  public Team createTeam(String givenKey, String givenName) {
    access.require(Access.PERSON_ADMIN, "team:" + givenKey);
    FieldChecks checks = new FieldChecks();
    String key = PersonRules.key(checks, givenKey);
    String name = checks.line("name", givenName, PersonRules.MAX_NAME);
    checks.done();
    return database.write(
        em -> {
          requireFree(Rows.team(em, key).isEmpty());
          TeamRow row = new TeamRow(key, name);
          em.persist(row);
          em.flush();
          audit.record("team.created", "team:" + key, Map.of("name", name));
          return row.team();
        });
  }

  public Team renameTeam(String key, String givenName) {
    access.require(Access.PERSON_ADMIN, "team:" + key);
    String name = name(givenName);
    return database.write(
        em -> {
          TeamRow row = team(em, key);
          row.rename(name);
          audit.record("team.changed", "team:" + key, Map.of("name", name));
          directory.everythingChanged();
          return row.team();
        });
  }

  public void addToTeam(String key, String username) {
    access.require(Access.PERSON_ADMIN, "team:" + key);
    database.write(
        em -> {
          long team = team(em, key).id();
          PersonRow person = person(em, username);
          if (em.find(TeamMemberRow.class, new TeamMemberRow.Key(team, person.id())) == null) {
            em.persist(new TeamMemberRow(team, person.id()));
            audit.record("team.joined", "team:" + key, Map.of("person", person.username()));
            directory.changed(new PersonId(person.id()));
          }
          return null;
        });
  }

  public void removeFromTeam(String key, String username) {
    access.require(Access.PERSON_ADMIN, "team:" + key);
    database.write(
        em -> {
          long team = team(em, key).id();
          PersonRow person = person(em, username);
          TeamMemberRow member =
              em.find(TeamMemberRow.class, new TeamMemberRow.Key(team, person.id()));
          if (member != null) {
            em.remove(member);
            audit.record("team.left", "team:" + key, Map.of("person", person.username()));
            directory.changed(new PersonId(person.id()));
          }
          return null;
        });
  }

  public Organisation createOrganisation(String givenKey, String givenName) {
    access.require(Access.PERSON_ADMIN, "organisation:" + givenKey);
    FieldChecks checks = new FieldChecks();
    String key = PersonRules.key(checks, givenKey);
    String name = checks.line("name", givenName, PersonRules.MAX_NAME);
    checks.done();
    return database.write(
        em -> {
          requireFree(Rows.organisation(em, key).isEmpty());
          OrganisationRow row = new OrganisationRow(key, name);
          em.persist(row);
          em.flush();
          audit.record("organisation.created", "organisation:" + key, Map.of("name", name));
          return row.organisation();
        });
  }

  public Organisation renameOrganisation(String key, String givenName) {
    access.require(Access.PERSON_ADMIN, "organisation:" + key);
    String name = name(givenName);
    return database.write(
        em -> {
          OrganisationRow row =
              Rows.organisation(em, key)
                  .orElseThrow(() -> DomainException.notFound("error.organisation.missing"));
          row.rename(name);
          audit.record("organisation.changed", "organisation:" + key, Map.of("name", name));
          directory.everythingChanged();
          return row.organisation();
        });
  }

  private static String name(String given) {
    FieldChecks checks = new FieldChecks();
    String name = checks.line("name", given, PersonRules.MAX_NAME);
    checks.done();
    return name;
  }

  private static void requireFree(boolean free) {
    FieldChecks checks = new FieldChecks();
    checks.require(free, "key", "error.group.keyTaken");
    checks.done();
  }

  private static TeamRow team(EntityManager em, String key) {
    return Rows.team(em, key).orElseThrow(() -> DomainException.notFound("error.team.missing"));
  }

  private static PersonRow person(EntityManager em, String username) {
    return Rows.person(em, Accounts.canonical(username)).orElseThrow(PeopleDesk::unknown);
  }
}
