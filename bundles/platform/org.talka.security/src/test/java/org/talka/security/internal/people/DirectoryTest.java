/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.security.NewPerson;
import org.talka.security.PersonChange;
import org.talka.security.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** The directory: cached, and never behind. */
@PersistenceTest(units = "security")
class DirectoryTest {
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
  void answersAgainWithoutTheDatabase() {
    PersonId ilze = desk.person("ilze", "requester");
    PersonCaller first = desk.directory.personCaller(ilze).orElseThrow();
    assertSame(first, desk.directory.personCaller(ilze).orElseThrow());
    assertSame(first, desk.directory.caller(ilze).orElseThrow());
  }

  @Test
  void knowsANewRoleAtOnce() {
    PersonId ilze = desk.person("ilze", "requester");
    assertEquals(GrantScope.OWN, desk.directory.grant(ilze, "ticket:read"));
    desk.asSystem(
        () -> desk.office.changePerson("ilze", PersonChange.NOTHING.withRoles(Set.of("agent"))));
    assertEquals(GrantScope.ALL, desk.directory.grant(ilze, "ticket:read"));
  }

  @Test
  void knowsANewTeamAtOnce() {
    PersonId ilze = desk.person("ilze", "agent");
    Team team = desk.asSystem(() -> desk.office.createTeam("network", "Network"));
    assertEquals(Set.of(), desk.directory.teamsOf(ilze));
    desk.asSystem(
        () -> {
          desk.office.addToTeam("network", "ilze");
          return null;
        });
    assertEquals(Set.of(team.id()), desk.directory.personCaller(ilze).orElseThrow().teams());
    desk.asSystem(
        () -> {
          desk.office.removeFromTeam("network", "ilze");
          return null;
        });
    assertEquals(Set.of(), desk.directory.teamsOf(ilze));
  }

  @Test
  void knowsAnotherReachOfARoleAtOnce() {
    PersonId ilze = desk.person("ilze", "agent");
    assertEquals(GrantScope.ALL, desk.directory.grant(ilze, "ticket:read"));
    grant("agent", GrantScope.TEAM);
    assertEquals(GrantScope.TEAM, desk.directory.grant(ilze, "ticket:read"));
    grant("agent", GrantScope.NONE);
    assertEquals(GrantScope.NONE, desk.directory.grant(ilze, "ticket:read"));
  }

  @Test
  void knowsNewDeclarationsAtOnce() {
    PersonId ilze = desk.person("ilze", "agent");
    assertEquals(GrantScope.NONE, desk.directory.grant(ilze, "problem:publish"));
    var problem =
        Desk.descriptor(
            "problem", Desk.permission("problem:publish", null, Map.of("agent", "team")));
    desk.permissions.declared(problem);
    assertEquals(GrantScope.TEAM, desk.directory.grant(ilze, "problem:publish"));
    desk.permissions.withdrawn(problem);
    assertEquals(GrantScope.NONE, desk.directory.grant(ilze, "problem:publish"));
  }

  @Test
  void keepsNothingOfATransactionThatWasRolledBack() {
    PersonId ilze = desk.person("ilze", "requester");
    assertThrows(
        IllegalStateException.class,
        () ->
            desk.transactions.required(
                () ->
                    desk.asSystem(
                        () -> {
                          desk.office.changePerson(
                              "ilze", PersonChange.NOTHING.withRoles(Set.of("admin")));
                          PersonId ghost =
                              desk.office.createPerson(NewPerson.of("ghost", "Ghost")).id();
                          assertTrue(desk.directory.person(ghost).isPresent());
                          throw new IllegalStateException("something else failed");
                        })));
    assertEquals(Set.of("requester"), desk.directory.personCaller(ilze).orElseThrow().roles());
    assertTrue(desk.directory.personByUsername("ghost").isEmpty());
  }

  @Test
  void givesTheRoleAdminEverythingThatIsDeclaredAndNothingElse() {
    PersonId boss = desk.person("boss", "admin");
    assertEquals(GrantScope.ALL, desk.directory.grant(boss, "ticket:read"));
    assertEquals(GrantScope.NONE, desk.directory.grant(boss, "no:such"));
  }

  @Test
  void takesTheWidestReachOfSeveralRoles() {
    PersonId ilze = desk.person("ilze", "requester", "agent");
    assertEquals(GrantScope.ALL, desk.directory.grant(ilze, "ticket:read"));
  }

  @Test
  void findsSeveralPeopleAndLeavesOutWhoDoesNotExist() {
    PersonId ilze = desk.person("ilze", "requester");
    PersonId anna = desk.person("anna", "agent");
    Map<PersonId, Person> found =
        desk.directory.persons(List.of(anna, ilze, anna, new PersonId(999_999)));
    assertEquals(Set.of(ilze, anna), found.keySet());
  }

  @Test
  void stillShowsThePersonOfAClosedAccountButLetsThemDoNothing() {
    PersonId ilze = desk.person("ilze", "agent");
    desk.asSystem(() -> desk.office.changePerson("ilze", PersonChange.NOTHING.withActive(false)));
    assertFalse(desk.directory.person(ilze).orElseThrow().active());
    assertTrue(desk.directory.personCaller(ilze).isEmpty());
    assertTrue(desk.directory.caller(ilze).isEmpty());
    assertEquals(GrantScope.NONE, desk.directory.grant(ilze, "ticket:read"));
  }

  @Test
  void knowsAnotherNameOfATeamAtOnce() {
    Team team = desk.asSystem(() -> desk.office.createTeam("network", "Network"));
    assertEquals("Network", desk.directory.teamByKey("network").orElseThrow().name());
    desk.asSystem(() -> desk.office.renameTeam("network", "Networks"));
    assertEquals("Networks", desk.directory.teamByKey("network").orElseThrow().name());
    assertEquals("Networks", desk.directory.team(team.id()).orElseThrow().name());
  }

  private void grant(String role, GrantScope reach) {
    desk.asSystem(
        () -> {
          desk.office.changeGrants(role, Map.of("ticket:read", reach), Set.of());
          return null;
        });
  }
}
