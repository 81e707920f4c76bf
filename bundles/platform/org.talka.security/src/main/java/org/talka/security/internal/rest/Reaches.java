/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.talka.api.security.GrantScope;
import org.talka.security.internal.text.FieldChecks;

/** How far permissions reach, as clients spell it. */
final class Reaches {
  private Reaches() {}

  static String name(GrantScope reach) {
    return reach.name().toLowerCase(Locale.ROOT);
  }

  static Map<String, String> names(Map<String, GrantScope> reaches) {
    Map<String, String> names = new TreeMap<>();
    reaches.forEach((permission, reach) -> names.put(permission, name(reach)));
    return names;
  }

  /** {@code none}, {@code own}, {@code team}, {@code organisation} or {@code all}. */
  static Optional<GrantScope> reach(FieldChecks checks, String permission, String name) {
    for (GrantScope reach : GrantScope.values()) {
      if (name(reach).equals(name)) {
        return Optional.of(reach);
      }
    }
    checks.require(false, "permissions." + permission, "error.role.reach");
    return Optional.empty();
  }
}
