/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.security.GrantBook;
import org.talka.security.GrantSource;
import org.talka.security.PermissionGrant;

/** Says where permissions come from, out of the same {@link Grants} that callers are made of. */
@Component(service = GrantBook.class)
public class PersonGrants implements GrantBook {
  private final Database database;
  private final Directory directory;
  private final PermissionCatalogue permissions;

  @Activate
  public PersonGrants(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Directory directory,
      @Reference PermissionCatalogue permissions) {
    this.database = database;
    this.directory = directory;
    this.permissions = permissions;
  }

  @Override
  public List<PermissionGrant> of(PersonId person) {
    return of(person, List.copyOf(permissions.current().permissions().values()));
  }

  @Override
  public Optional<PermissionGrant> of(PersonId person, String permission) {
    return Optional.ofNullable(permissions.current().permissions().get(permission))
        .flatMap(declared -> of(person, List.of(declared)).stream().findFirst());
  }

  private List<PermissionGrant> of(
      PersonId person, List<PermissionCatalogue.Permission> permissions) {
    Optional<Profile> profile = directory.profile(person);
    if (profile.isEmpty()) {
      return List.of();
    }
    return database.read(
        em -> {
          Grants grants = Rows.grants(em);
          List<RoleRow> roles =
              em.createQuery("select r from RoleRow r order by r.roleKey", RoleRow.class)
                  .getResultList();
          return permissions.stream()
              .map(permission -> grant(grants, roles, profile.get().roles(), permission))
              .sorted(Comparator.comparing(PermissionGrant::permission))
              .toList();
        });
  }

  private static PermissionGrant grant(
      Grants grants,
      List<RoleRow> roles,
      Set<String> own,
      PermissionCatalogue.Permission permission) {
    List<GrantSource> by = new ArrayList<>();
    List<GrantSource> others = new ArrayList<>();
    for (RoleRow role : roles) {
      Grants.Reach reach = grants.reach(role.key(), permission);
      if (reach.scope() != GrantScope.NONE) {
        (own.contains(role.key()) ? by : others)
            .add(new GrantSource(role.key(), role.name(), reach.scope(), reach.origin()));
      }
    }
    return new PermissionGrant(
        permission.key(), permission.module(), grants.of(own, permission), by, others);
  }
}
