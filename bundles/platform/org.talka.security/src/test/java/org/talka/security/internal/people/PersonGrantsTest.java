/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.security.GrantSource;
import org.talka.security.GrantSource.Origin;
import org.talka.security.NewPerson;
import org.talka.security.PermissionGrant;
import org.talka.security.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** Where permissions come from. */
@PersistenceTest(units = "security")
class PersonGrantsTest {
  private static final PersonId NOBODY = new PersonId(404);

  private Desk desk;
  private PersonGrants book;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
    book = new PersonGrants(desk.database, desk.directory, desk.permissions);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private PersonId person(String username, String... roles) {
    NewPerson person = NewPerson.of(username, username).withRoles(Set.of(roles));
    return desk.asSystem(() -> desk.office.createPerson(person).id());
  }

  @Test
  void namesEachRoleThatGivesItAndTheWidestCounts() {
    PersonId both = person("anna", "requester", "agent");
    PermissionGrant read = book.of(both, "ticket:read").orElseThrow();
    assertEquals(GrantScope.ALL, read.reach());
    assertEquals(
        List.of(source("agent", GrantScope.ALL), source("requester", GrantScope.OWN)), read.by());
    assertEquals(
        List.of(new GrantSource("admin", Optional.empty(), GrantScope.ALL, Origin.EVERYTHING)),
        read.others());
  }

  @Test
  void tellsADecisionFromADeclaration() {
    PersonId rita = person("rita", "requester");
    desk.asSystem(
        () -> {
          desk.roles.create("lead", "Team lead", Map.of("ticket:read", GrantScope.TEAM));
          desk.roles.changeGrants(
              "requester", Map.of("ticket:read", GrantScope.ORGANISATION), Set.of());
          desk.roles.changeGrants("agent", Map.of("ticket:read", GrantScope.NONE), Set.of());
          return null;
        });
    PermissionGrant read = book.of(rita, "ticket:read").orElseThrow();
    assertEquals(
        List.of(
            new GrantSource(
                "requester", Optional.empty(), GrantScope.ORGANISATION, Origin.DECIDED)),
        read.by());
    assertEquals(List.of("admin", "lead"), read.others().stream().map(GrantSource::role).toList());
    assertEquals(Optional.of("Team lead"), read.others().get(1).name());
  }

  @Test
  void agreesWithWhatTheCallerIsGranted() {
    PersonId anna = person("anna", "agent");
    PersonId marta = person("marta", "admin");
    for (PersonId person : List.of(anna, marta)) {
      PersonCaller caller = desk.directory.personCaller(person).orElseThrow();
      List<PermissionGrant> grants = book.of(person);
      assertEquals(
          desk.permissions.current().permissions().keySet(),
          Set.copyOf(grants.stream().map(PermissionGrant::permission).toList()));
      for (PermissionGrant grant : grants) {
        assertEquals(caller.grant(grant.permission()), grant.reach(), grant.toString());
        assertEquals(grant.reach() == GrantScope.NONE, grant.by().isEmpty(), grant.toString());
      }
    }
  }

  @Test
  void knowsNothingOfStrangersAndOfWhatNobodyDeclares() {
    assertEquals(List.of(), book.of(NOBODY));
    assertEquals(Optional.empty(), book.of(NOBODY, "ticket:read"));
    assertTrue(book.of(person("anna", "admin"), "no:such").isEmpty());
  }

  private static GrantSource source(String role, GrantScope reach) {
    return new GrantSource(role, Optional.empty(), reach, Origin.DECLARED);
  }
}
