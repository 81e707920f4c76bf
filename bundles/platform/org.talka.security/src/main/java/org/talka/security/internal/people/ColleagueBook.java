/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.security.Colleagues;

/** Finds people for the parts of the desk that have to reach them. */
@Component(service = Colleagues.class)
public class ColleagueBook implements Colleagues {
  private final Database database;
  private final Directory directory;
  private final PeopleSearch search;
  private final PermissionCatalogue permissions;
  private final Callers callers;

  @Activate
  public ColleagueBook(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Directory directory,
      @Reference PeopleSearch search,
      @Reference PermissionCatalogue permissions,
      @Reference Callers callers) {
    this.database = database;
    this.directory = directory;
    this.search = search;
    this.permissions = permissions;
    this.callers = callers;
  }

  @Override
  public Optional<Caller> caller(PersonId person) {
    return directory.caller(person);
  }

  @Override
  public List<PersonId> members(TeamId team, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select p.id from PersonRow p where p.enabled = true and p.id in"
                        + " (select m.person from TeamMemberRow m where m.team = :team)"
                        + " order by p.id",
                    Long.class)
                .setParameter("team", team.value())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(PersonId::new)
                .toList());
  }

  @Override
  public List<PersonId> holders(String permission, int limit) {
    PermissionCatalogue.Permission declared = permissions.current().permissions().get(permission);
    if (declared == null) {
      return List.of();
    }
    return database.read(
        em -> {
          Grants grants = Rows.grants(em);
          List<String> roles =
              em.createQuery("select r.roleKey from RoleRow r", String.class).getResultList();
          List<String> granted =
              roles.stream().filter(role -> grants.of(role, declared) != GrantScope.NONE).toList();
          if (granted.isEmpty()) {
            return List.of();
          }
          return em
              .createQuery(
                  "select p.id from PersonRow p where p.enabled = true and p.id in"
                      + " (select r.person from PersonRoleRow r where r.role in :roles)"
                      + " order by p.id",
                  Long.class)
              .setParameter("roles", granted)
              .setMaxResults(limit)
              .getResultList()
              .stream()
              .map(PersonId::new)
              .toList();
        });
  }

  @Override
  public List<Person> people(String begin, String after, int limit) {
    if (!callers.current().may(PeopleSearch.PERSON_READ)) {
      return List.of();
    }
    PeopleSearch.Wanted wanted =
        new PeopleSearch.Wanted(
            Optional.of(begin), Optional.empty(), Optional.empty(), Optional.of(true));
    return search.people(wanted, after, limit).stream().map(Profile::person).toList();
  }

  @Override
  public List<Team> teams(String begin, int limit) {
    return search.teams(Optional.of(begin), "", limit);
  }
}
