/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.security.GrantScope;
import org.talka.security.internal.text.FieldChecks;

/** Roles and how far they have permissions. */
@Component(service = Roles.class)
public class Roles {
  private final Database database;
  private final Directory directory;
  private final PermissionCatalogue permissions;
  private final Access access;
  private final Audit audit;

  @Activate
  public Roles(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Directory directory,
      @Reference PermissionCatalogue permissions,
      @Reference Access access,
      @Reference Audit audit) {
    this.database = database;
    this.directory = directory;
    this.permissions = permissions;
    this.access = access;
    this.audit = audit;
  }

  /**
   * A role and what it may.
   *
   * @param name absent for roles of the box, which are named in the catalogues of words
   * @param grants what reaches further than nothing, of the permissions declared now
   * @param decided the permissions that an administrator decided about
   */
  public record RoleView(
      String key,
      Optional<String> name,
      boolean builtIn,
      Map<String, GrantScope> grants,
      Set<String> decided) {}

  public List<RoleView> all() {
    return database.read(
        em -> {
          Grants grants = Rows.grants(em);
          return em
              .createQuery("select r from RoleRow r order by r.roleKey", RoleRow.class)
              .getResultList()
              .stream()
              .map(row -> view(row, grants))
              .toList();
        });
  }

  /**
   * @throws DomainException NOT_FOUND
   */
  public RoleView role(String key) {
    return database.read(em -> view(row(em, key), Rows.grants(em)));
  }

  public void create(String givenKey, String givenName, Map<String, GrantScope> grants) {
    access.require(Access.ROLE_ADMIN, "role:" + givenKey);
    FieldChecks checks = new FieldChecks();
    String key = PersonRules.key(checks, givenKey);
    String name = checks.line("name", givenName, PersonRules.MAX_NAME);
    known(checks, grants.keySet());
    checks.done();
    database.write(
        em -> {
          FieldChecks later = new FieldChecks();
          later.require(em.find(RoleRow.class, key) == null, "key", "error.group.keyTaken");
          later.done();
          em.persist(new RoleRow(key, name));
          em.flush();
          grants.forEach(
              (permission, reach) -> em.persist(new RoleGrantRow(key, permission, reach)));
          audit.record("role.created", "role:" + key, details(grants));
          return null;
        });
  }

  public void rename(String key, String givenName) {
    access.require(Access.ROLE_ADMIN, "role:" + key);
    FieldChecks checks = new FieldChecks();
    String name = checks.line("name", givenName, PersonRules.MAX_NAME);
    checks.done();
    database.write(
        em -> {
          RoleRow row = row(em, key);
          if (row.builtIn()) {
            throw DomainException.conflict("error.role.builtIn");
          }
          row.rename(name);
          audit.record("role.changed", "role:" + key, Map.of("name", name));
          return null;
        });
  }

  public void changeGrants(String key, Map<String, GrantScope> grants, Set<String> asDeclared) {
    access.require(Access.ROLE_ADMIN, "role:" + key);
    FieldChecks checks = new FieldChecks();
    known(checks, grants.keySet());
    checks.done();
    database.write(
        em -> {
          RoleRow row = row(em, key);
          if (row.key().equals(Grants.ADMIN)) {
            throw DomainException.conflict("error.role.admin");
          }
          grants.forEach((permission, reach) -> decide(em, key, permission, reach));
          for (String permission : asDeclared) {
            RoleGrantRow decided =
                em.find(RoleGrantRow.class, new RoleGrantRow.Key(key, permission));
            if (decided != null) {
              em.remove(decided);
            }
          }
          Map<String, String> details = details(grants);
          asDeclared.forEach(permission -> details.put(permission, "as declared"));
          audit.record("role.changed", "role:" + key, details);
          directory.everythingChanged();
          return null;
        });
  }

  public void remove(String key) {
    access.require(Access.ROLE_ADMIN, "role:" + key);
    database.write(
        em -> {
          RoleRow row = row(em, key);
          if (row.builtIn()) {
            throw DomainException.conflict("error.role.builtIn");
          }
          long holders =
              em.createQuery(
                      "select count(r) from PersonRoleRow r where r.role = :role", Long.class)
                  .setParameter("role", key)
                  .getSingleResult();
          if (holders > 0) {
            throw DomainException.conflict("error.role.inUse", "n", holders);
          }
          em.createQuery("delete from RoleGrantRow g where g.role = :role")
              .setParameter("role", key)
              .executeUpdate();
          em.remove(row);
          audit.record("role.removed", "role:" + key, Map.of());
          return null;
        });
  }

  private static void decide(EntityManager em, String role, String permission, GrantScope reach) {
    RoleGrantRow decided = em.find(RoleGrantRow.class, new RoleGrantRow.Key(role, permission));
    if (decided == null) {
      em.persist(new RoleGrantRow(role, permission, reach));
    } else {
      decided.reaches(reach);
    }
  }

  private void known(FieldChecks checks, Set<String> keys) {
    List<String> unknown = new ArrayList<>(new TreeSet<>(keys));
    unknown.removeAll(permissions.current().permissions().keySet());
    checks.require(
        unknown.isEmpty(),
        "permissions",
        "error.role.permission",
        "permissions",
        String.join(", ", unknown));
  }

  private RoleView view(RoleRow row, Grants grants) {
    Map<String, GrantScope> reaches = new TreeMap<>();
    for (PermissionCatalogue.Permission permission : permissions.current().permissions().values()) {
      GrantScope reach = grants.of(row.key(), permission);
      if (reach != GrantScope.NONE) {
        reaches.put(permission.key(), reach);
      }
    }
    Set<String> decided =
        new TreeSet<>(grants.decided().getOrDefault(row.key(), Map.of()).keySet());
    return new RoleView(row.key(), row.name(), row.builtIn(), reaches, decided);
  }

  private static Map<String, String> details(Map<String, GrantScope> grants) {
    Map<String, String> details = new HashMap<>();
    grants.forEach((permission, reach) -> details.put(permission, reach.name()));
    return details;
  }

  private static RoleRow row(EntityManager em, String key) {
    RoleRow row = em.find(RoleRow.class, key);
    if (row == null) {
      throw DomainException.notFound("error.role.missing");
    }
    return row;
  }
}
