/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.GrantScope;

/**
 * Who may administer whom. Whoever may administer people but not roles must not become more than
 * they are: they neither give a powerful role nor touch somebody who has one.
 */
@Component(service = Access.class)
public class Access {
  static final String PERSON_ADMIN = "person:admin";
  static final String ROLE_ADMIN = "role:admin";

  private final Callers callers;
  private final Audit audit;
  private final PermissionCatalogue permissions;

  @Activate
  public Access(
      @Reference Callers callers,
      @Reference Audit audit,
      @Reference PermissionCatalogue permissions) {
    this.callers = callers;
    this.audit = audit;
    this.permissions = permissions;
  }

  Caller caller() {
    return callers.current();
  }

  /** Refuses, on record, whoever does not have all of the permission. */
  void require(String permission, String object) {
    if (caller().grant(permission) != GrantScope.ALL) {
      throw refused(permission, object);
    }
  }

  /** Refuses when any of the roles is more than the caller may give or touch. */
  void requireAbove(EntityManager em, Collection<String> roles, String object) {
    if (caller().grant(ROLE_ADMIN) == GrantScope.ALL || roles.isEmpty()) {
      return;
    }
    Grants grants = Rows.grants(em);
    PermissionCatalogue.Snapshot declared = permissions.current();
    Set<String> powers = new HashSet<>(declared.permissions().keySet());
    powers.retainAll(Set.of(PERSON_ADMIN, ROLE_ADMIN, "setting:admin", "module:admin"));
    for (String role : roles) {
      boolean powerful =
          role.equals(Grants.ADMIN)
              || powers.stream()
                  .map(declared.permissions()::get)
                  .anyMatch(power -> grants.of(role, power) != GrantScope.NONE);
      if (powerful) {
        throw refused(ROLE_ADMIN, object);
      }
    }
  }

  private DomainException refused(String permission, String object) {
    audit.recordAlways("administration.refused", object, Map.of("permission", permission));
    return DomainException.forbidden("error.administration.refused");
  }
}
