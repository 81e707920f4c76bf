/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.GrantScope;
import org.talka.security.PersonChange;
import org.talka.security.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** Roles and their grants. */
@PersistenceTest(units = "security")
class RolesTest {
  private Desk desk;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void keepsAnAdministratorsDecisionWhenDeclarationsChange() {
    desk.asSystem(
        () -> {
          desk.office.changeGrants("agent", Map.of("ticket:read", GrantScope.TEAM), Set.of());
          return null;
        });
    var other =
        Desk.descriptor("other", Desk.permission("other:read", null, Map.of("agent", "all")));
    desk.permissions.declared(other);
    assertEquals(GrantScope.TEAM, desk.roles.role("agent").grants().get("ticket:read"));
    assertEquals(GrantScope.ALL, desk.roles.role("agent").grants().get("other:read"));
  }

  @Test
  void keepsTheDecisionAboutAModuleThatWentAndCameBack() {
    var module =
        Desk.descriptor(
            "problem", Desk.permission("problem:publish", null, Map.of("agent", "all")));
    desk.permissions.declared(module);
    desk.asSystem(
        () -> {
          desk.office.changeGrants("agent", Map.of("problem:publish", GrantScope.OWN), Set.of());
          return null;
        });
    desk.permissions.withdrawn(module);
    assertFalse(desk.roles.role("agent").grants().containsKey("problem:publish"));
    desk.permissions.declared(module);
    assertEquals(GrantScope.OWN, desk.roles.role("agent").grants().get("problem:publish"));
  }

  @Test
  void goesBackToWhatIsDeclared() {
    desk.asSystem(
        () -> {
          desk.office.changeGrants("agent", Map.of("ticket:read", GrantScope.NONE), Set.of());
          desk.office.changeGrants("agent", Map.of(), Set.of("ticket:read"));
          return null;
        });
    assertEquals(GrantScope.ALL, desk.roles.role("agent").grants().get("ticket:read"));
    assertEquals(Set.of(), desk.roles.role("agent").decided());
  }

  @Test
  void neverTakesAnythingFromTheRoleAdmin() {
    DomainException refused =
        assertThrows(
            DomainException.class,
            () ->
                desk.asSystem(
                    () -> {
                      desk.office.changeGrants(
                          "admin", Map.of("ticket:read", GrantScope.NONE), Set.of());
                      return null;
                    }));
    assertEquals(ErrorKind.CONFLICT, refused.kind());
  }

  @Test
  void removesOnlyRolesThatNobodyHasAndThatAreNotOfTheBox() {
    desk.asSystem(
        () -> {
          desk.office.createRole("clerk", "Clerk", Map.of("ticket:read", GrantScope.OWN));
          return null;
        });
    desk.person("ilze", "clerk");
    assertEquals(ErrorKind.CONFLICT, removal("clerk").kind());
    assertEquals(ErrorKind.CONFLICT, removal("agent").kind());
    assertEquals(ErrorKind.NOT_FOUND, removal("nothing").kind());
    desk.asSystem(
        () -> {
          desk.office.changePerson("ilze", PersonChange.NOTHING.withRoles(Set.of("requester")));
          desk.office.removeRole("clerk");
          return null;
        });
    assertEquals(
        List.of("admin", "agent", "manager", "requester"),
        desk.roles.all().stream().map(Roles.RoleView::key).toList());
  }

  @Test
  void refusesPermissionsThatNobodyDeclares() {
    DomainException refused =
        assertThrows(
            DomainException.class,
            () ->
                desk.asSystem(
                    () -> {
                      desk.office.createRole("clerk", "Clerk", Map.of("no:such", GrantScope.ALL));
                      return null;
                    }));
    assertEquals("permissions", refused.fieldErrors().get(0).field());
  }

  private DomainException removal(String role) {
    return assertThrows(
        DomainException.class,
        () ->
            desk.asSystem(
                () -> {
                  desk.office.removeRole(role);
                  return null;
                }));
  }
}
