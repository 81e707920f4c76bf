/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.talka.security.internal.Desk;

class PermissionCatalogueTest {
  private final PermissionCatalogue catalogue = new PermissionCatalogue();

  @Test
  void gathersSeveralBundlesOfTheDesk() {
    catalogue.declared(Desk.descriptor("core", Desk.permission("a:read", "a:read", Map.of())));
    catalogue.declared(Desk.descriptor("core", Desk.permission("b:read", null, Map.of())));
    assertEquals(Set.of("a:read", "b:read"), catalogue.current().permissions().keySet());
    assertEquals(Set.of("a:read"), catalogue.current().tokenScopes());
  }

  @Test
  void refusesAPermissionThatAnotherDeclaresAndStaysAsItWas() {
    catalogue.declared(Desk.descriptor("core", Desk.permission("a:read", null, Map.of())));
    PermissionCatalogue.Snapshot before = catalogue.current();
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                catalogue.declared(
                    Desk.descriptor("thief", Desk.permission("a:read", null, Map.of()))));
    assertTrue(refused.getMessage().contains("a:read"));
    assertTrue(refused.getMessage().contains("core"));
    assertSame(before, catalogue.current());
  }

  @Test
  void refusesAReachThatDoesNotExist() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            catalogue.declared(
                Desk.descriptor("core", Desk.permission("a:read", null, Map.of("agent", "some")))));
    assertTrue(catalogue.current().permissions().isEmpty());
  }

  @Test
  void forgetsWhatIsWithdrawn() {
    var module = Desk.descriptor("problem", Desk.permission("problem:x", null, Map.of()));
    catalogue.declared(module);
    long generation = catalogue.current().generation();
    catalogue.withdrawn(module);
    assertTrue(catalogue.current().permissions().isEmpty());
    assertTrue(catalogue.current().generation() > generation);
  }
}
