/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.talka.api.security.GrantScope;

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

  GrantScope of(String role, PermissionCatalogue.Permission permission) {
    if (role.equals(ADMIN)) {
      return GrantScope.ALL;
    }
    GrantScope decision = decided.getOrDefault(role, Map.of()).get(permission.key());
    return decision != null ? decision : permission.defaults().getOrDefault(role, GrantScope.NONE);
  }

  /** The widest reach of any of the roles for every permission; what nobody has is absent. */
  Map<String, GrantScope> of(Set<String> roles, PermissionCatalogue.Snapshot declared) {
    Map<String, GrantScope> grants = new HashMap<>();
    for (PermissionCatalogue.Permission permission : declared.permissions().values()) {
      GrantScope widest = GrantScope.NONE;
      for (String role : roles) {
        GrantScope reach = of(role, permission);
        widest = reach.compareTo(widest) > 0 ? reach : widest;
      }
      if (widest != GrantScope.NONE) {
        grants.put(permission.key(), widest);
      }
    }
    return grants;
  }
}
