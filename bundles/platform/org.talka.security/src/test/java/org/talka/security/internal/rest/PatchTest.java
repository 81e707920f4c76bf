/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

class PatchTest {
  @Test
  void refusesFieldsThatNobodyMayChange() {
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> new Patch(Map.of("id", 1, "displayName", "x", "createdAt", "y"), "displayName"));
    assertEquals(ErrorKind.MALFORMED, refused.kind());
    assertEquals(
        List.of("createdAt", "id"), refused.fieldErrors().stream().map(e -> e.field()).toList());
  }

  @Test
  void tellsAbsentFromRemoved() {
    Map<String, Object> body = new TreeMap<>();
    body.put("email", null);
    Patch patch = new Patch(body, "email", "organisation");
    assertEquals(Optional.of(Optional.empty()), patch.removableText("email"));
    assertEquals(Optional.empty(), patch.removableText("organisation"));
  }

  @Test
  void refusesValuesOfTheWrongType() {
    Patch patch =
        new Patch(
            Map.of(
                "name",
                1,
                "active",
                "yes",
                "roles",
                List.of(1),
                "permissions",
                List.of(),
                "locale",
                "no language",
                "zone",
                "Mars/Olympus"),
            "name",
            "active",
            "roles",
            "permissions",
            "locale",
            "zone");
    patch.text("name");
    patch.flag("active");
    patch.texts("roles");
    patch.removableTexts("permissions");
    patch.locale("locale");
    patch.zone("zone");
    DomainException refused = assertThrows(DomainException.class, () -> patch.checks().done());
    assertEquals(
        Set.of("name", "active", "roles", "permissions", "locale", "zone"),
        Set.copyOf(refused.fieldErrors().stream().map(e -> e.field()).toList()));
  }

  @Test
  void refusesNullWhereNothingCanBeRemoved() {
    Map<String, Object> body = new TreeMap<>();
    body.put("displayName", null);
    Patch patch = new Patch(body, "displayName");
    patch.text("displayName");
    assertThrows(DomainException.class, () -> patch.checks().done());
  }
}
