/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.talka.api.security.GrantScope;
import org.talka.security.GrantSource.Origin;

/**
 * How far roles have permissions: what an administrator decided, otherwise what is declared. The
 * role {@code admin} has everything that is declared.
 */
record Grants(Map<String, Map<String, GrantScope>> decided) {
  static final String ADMIN = "admin";

  static Grants of(List<RoleGrantRow> rows) {
    Map<String, Map<String, GrantScope>> decided = new HashMap<>();
    for (RoleGrantRow row : rows) {
      decided
          .computeIfAbsent(row.role(), role -> new HashMap<>())
          .put(row.permission(), row.reach());
    }
    return new Grants(decided);
  }

  /** How far a role lets a permission reach, and who said so. */
  record Reach(GrantScope scope, Origin origin) {}

  GrantScope of(String role, PermissionCatalogue.Permission permission) {
    return reach(role, permission).scope();
  }

  Reach reach(String role, PermissionCatalogue.Permission permission) {
    if (role.equals(ADMIN)) {
      return new Reach(GrantScope.ALL, Origin.EVERYTHING);
    }
    GrantScope decision = decided.getOrDefault(role, Map.of()).get(permission.key());
    return decision != null
        ? new Reach(decision, Origin.DECIDED)
        : new Reach(permission.defaults().getOrDefault(role, GrantScope.NONE), Origin.DECLARED);
  }

  /** The widest reach of any of the roles. */
  GrantScope of(Collection<String> roles, PermissionCatalogue.Permission permission) {
    GrantScope widest = GrantScope.NONE;
    for (String role : roles) {
      GrantScope reach = of(role, permission);
      widest = reach.compareTo(widest) > 0 ? reach : widest;
    }
    return widest;
  }

  /** The widest reach of any of the roles for every permission; what nobody has is absent. */
  Map<String, GrantScope> of(Set<String> roles, PermissionCatalogue.Snapshot declared) {
    Map<String, GrantScope> grants = new HashMap<>();
    for (PermissionCatalogue.Permission permission : declared.permissions().values()) {
      GrantScope widest = of(roles, permission);
      if (widest != GrantScope.NONE) {
        grants.put(permission.key(), widest);
      }
    }
    return grants;
  }
}
