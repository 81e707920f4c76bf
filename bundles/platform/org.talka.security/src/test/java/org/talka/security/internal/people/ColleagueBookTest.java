/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
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

/** People who are reached by their team, their permissions or a few letters. */
@PersistenceTest(units = "security")
class ColleagueBookTest {
  private Desk desk;
  private ColleagueBook book;
  private PersonId agent;
  private PersonId gone;
  private PersonId requester;
  private Team team;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
    book =
        new ColleagueBook(
            desk.database, desk.directory, desk.search, desk.permissions, desk.callers);
    team = desk.asSystem(() -> desk.office.createTeam("network", "Network"));
    agent = member("anna", "agent");
    gone = member("zane", "agent");
    requester = member("rita", "requester");
    desk.asSystem(() -> desk.office.changePerson("zane", PersonChange.NOTHING.withActive(false)));
  }

  private PersonId member(String username, String role) {
    return desk.asSystem(
        () ->
            desk.office
                .createPerson(
                    NewPerson.of(username, "Person " + username)
                        .withRoles(Set.of(role))
                        .withTeams(Set.of("network")))
                .id());
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void aTeamIsItsOpenAccounts() {
    assertEquals(List.of(agent, requester), book.members(team.id(), 10));
    assertEquals(List.of(agent), book.members(team.id(), 1));
  }

  @Test
  void holdersHaveThePermissionByDeclarationOrByDecision() {
    assertEquals(List.of(agent, requester), book.holders("person:read", 10));
    PersonId admin = desk.person("marta", "admin");
    assertEquals(List.of(admin), book.holders("person:admin", 10));
    desk.asSystem(
        () -> {
          desk.office.changeGrants(
              "agent", java.util.Map.of("person:admin", GrantScope.ALL), Set.of());
          return null;
        });
    assertEquals(List.of(agent, admin), book.holders("person:admin", 10));
    assertEquals(List.of(), book.holders("nobody:declares", 10));
  }

  @Test
  void whoMayNotReadPeopleFindsNobodyElse() {
    assertEquals(
        List.of("anna", "rita"),
        desk.as(agent, () -> book.people("p", "", 10)).stream().map(Person::username).toList());
    assertEquals(
        List.of("rita"),
        desk.as(requester, () -> book.people("p", "", 10)).stream().map(Person::username).toList());
    assertEquals(List.of(team), desk.as(agent, () -> book.teams("netw", 10)));
  }

  @Test
  void aClosedAccountIsNoCaller() {
    assertEquals(
        Optional.of(agent), book.caller(agent).flatMap(org.talka.api.security.Caller::person));
    assertEquals(Optional.empty(), book.caller(gone));
  }
}
