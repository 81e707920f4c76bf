/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.security.NewPerson;
import org.talka.security.PersonChange;
import org.talka.security.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** Lists of people, teams and organisations. */
@PersistenceTest(units = "security")
class PeopleSearchTest {
  private Desk desk;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private List<String> names(PersonId caller, PeopleSearch.Wanted wanted, String after, int limit) {
    return desk.as(
        caller,
        () ->
            desk.search.people(wanted, after, limit).stream()
                .map(profile -> profile.person().username())
                .toList());
  }

  private PeopleSearch.Wanted q(String q) {
    return new PeopleSearch.Wanted(
        Optional.of(q), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void findsByTheBeginningOfAnyWordOfTheName() {
    PersonId agent = desk.person("agent", "agent");
    desk.asSystem(
        () ->
            desk.office.createPerson(
                NewPerson.of("rk", "Rūta Kalniņa").withEmail("Ruta@Example.org")));
    assertEquals(List.of("rk"), names(agent, q("kaln"), "", 10));
    assertEquals(List.of("rk"), names(agent, q("RŪT"), "", 10));
    assertEquals(List.of("rk"), names(agent, q("ruta@ex"), "", 10));
    assertEquals(List.of("rk"), names(agent, q("rk"), "", 10));
    assertEquals(List.of(), names(agent, q("alni"), "", 10));
  }

  @Test
  void takesWildcardsAsTheyStand() {
    PersonId agent = desk.person("agent", "agent");
    desk.person("a_b", "requester");
    desk.person("axb", "requester");
    assertEquals(List.of(), names(agent, q("%"), "", 10));
    assertEquals(List.of("a_b"), names(agent, q("a_"), "", 10));
    assertEquals(List.of(), names(agent, q("!"), "", 10));
    assertEquals(List.of(), names(agent, q("' or '1'='1"), "", 10));
  }

  @Test
  void pagesByUsername() {
    PersonId agent = desk.person("agent", "agent");
    for (String name : List.of("c1", "c2", "c3")) {
      desk.person(name, "requester");
    }
    assertEquals(List.of("agent", "c1"), names(agent, PeopleSearch.Wanted.ALL, "", 2));
    assertEquals(List.of("c2", "c3"), names(agent, PeopleSearch.Wanted.ALL, "c1", 2));
    assertEquals(List.of(), names(agent, PeopleSearch.Wanted.ALL, "c3", 2));
  }

  @Test
  void showsRequestersThemselvesOnly() {
    PersonId ilze = desk.person("ilze", "requester");
    desk.person("anna", "agent");
    assertEquals(List.of("ilze"), names(ilze, PeopleSearch.Wanted.ALL, "", 10));
    assertEquals("ilze", desk.as(ilze, () -> desk.search.person("ilze")).person().username());
    DomainException refused =
        assertThrows(DomainException.class, () -> desk.as(ilze, () -> desk.search.person("anna")));
    assertEquals(ErrorKind.NOT_FOUND, refused.kind());
  }

  @Test
  void followsEveryReachInListsAndSingleRecordsAlike() {
    desk.asSystem(
        () -> {
          desk.office.createTeam("net", "Network");
          desk.office.createOrganisation("acme", "Acme");
          desk.office.createPerson(
              NewPerson.of("me", "Me").withTeams(Set.of("net")).withOrganisation("acme"));
          desk.office.createPerson(NewPerson.of("mate", "Mate").withTeams(Set.of("net")));
          desk.office.createPerson(NewPerson.of("peer", "Peer").withOrganisation("acme"));
          desk.office.createPerson(NewPerson.of("other", "Other"));
          return null;
        });
    PersonId me = desk.directory.id("me").orElseThrow();
    Map<GrantScope, Set<String>> expected =
        Map.of(
            GrantScope.OWN, Set.of("me"),
            GrantScope.TEAM, Set.of("me", "mate"),
            GrantScope.ORGANISATION, Set.of("me", "mate", "peer"),
            GrantScope.ALL, Set.of("me", "mate", "peer", "other"));
    expected.forEach(
        (reach, people) -> {
          desk.asSystem(
              () -> {
                desk.office.changeGrants("requester", Map.of("person:read", reach), Set.of());
                return null;
              });
          assertEquals(
              people, Set.copyOf(names(me, PeopleSearch.Wanted.ALL, "", 10)), reach.name());
          for (String name : Set.of("me", "mate", "peer", "other")) {
            assertEquals(people.contains(name), readable(me, name), reach + " " + name);
          }
        });
  }

  @Test
  void filtersByTeamRoleAndAccount() {
    PersonId agent = desk.person("agent", "agent");
    desk.asSystem(
        () -> {
          desk.office.createTeam("net", "Network");
          desk.office.createPerson(NewPerson.of("mate", "Mate").withTeams(Set.of("net")));
          desk.office.createPerson(NewPerson.of("gone", "Gone"));
          return desk.office.changePerson("gone", PersonChange.NOTHING.withActive(false));
        });
    assertEquals(List.of("mate"), names(agent, PeopleSearch.Wanted.inTeam("net"), "", 10));
    assertEquals(
        List.of("agent"),
        names(
            agent,
            new PeopleSearch.Wanted(
                Optional.empty(), Optional.empty(), Optional.of("agent"), Optional.empty()),
            "",
            10));
    assertEquals(
        List.of("gone"),
        names(
            agent,
            new PeopleSearch.Wanted(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(false)),
            "",
            10));
  }

  @Test
  void showsTeamsAndOrganisationsAsFarAsPeople() {
    PersonId agent = desk.person("agent", "agent");
    desk.asSystem(
        () -> {
          desk.office.createTeam("net", "Network");
          desk.office.createTeam("desk", "Service desk");
          desk.office.createOrganisation("acme", "Acme");
          desk.office.createPerson(NewPerson.of("ilze", "Ilze").withTeams(Set.of("net")));
          return null;
        });
    PersonId ilze = desk.directory.id("ilze").orElseThrow();
    assertEquals(List.of("desk", "net"), teams(agent, Optional.empty()));
    assertEquals(List.of("desk"), teams(agent, Optional.of("desk")));
    assertEquals(List.of("net"), teams(ilze, Optional.empty()));
    assertThrows(DomainException.class, () -> desk.as(ilze, () -> desk.search.team("desk")));
    assertEquals(
        List.of(), desk.as(ilze, () -> desk.search.organisations(Optional.empty(), "", 10)));
    assertEquals(
        1, desk.as(agent, () -> desk.search.organisations(Optional.empty(), "", 10)).size());
    assertThrows(
        DomainException.class, () -> desk.as(ilze, () -> desk.search.organisation("acme")));
  }

  private List<String> teams(PersonId caller, Optional<String> q) {
    return desk.as(caller, () -> desk.search.teams(q, "", 10).stream().map(Team::key).toList());
  }

  private boolean readable(PersonId caller, String username) {
    try {
      desk.as(caller, () -> desk.search.person(username));
      return true;
    } catch (DomainException e) {
      assertEquals(ErrorKind.NOT_FOUND, e.kind());
      return false;
    }
  }
}
