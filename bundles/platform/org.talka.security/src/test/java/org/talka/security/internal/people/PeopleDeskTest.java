/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.security.NewPerson;
import org.talka.security.PersonChange;
import org.talka.security.internal.Desk;
import org.talka.security.internal.session.Sessions;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** Creating and changing people. */
@PersistenceTest(units = "security")
class PeopleDeskTest {
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
  void createsAPersonWithTeamsAndOrganisation() {
    Person person =
        desk.asSystem(
            () -> {
              desk.office.createTeam("network", "Network");
              desk.office.createOrganisation("acme", "Acme");
              return desk.office.createPerson(
                  NewPerson.of("Ruta.K", "Rūta Kalniņa")
                      .withEmail("ruta@example.org")
                      .withRoles(Set.of("agent"))
                      .withTeams(Set.of("network"))
                      .withOrganisation("acme"));
            });
    Profile profile = desk.directory.profile(person.id()).orElseThrow();
    assertEquals("ruta.k", person.username());
    assertEquals(Set.of("agent"), profile.roles());
    assertEquals(Set.of(desk.directory.teamByKey("network").orElseThrow().id()), profile.teams());
    assertEquals(
        "Acme",
        desk.directory.organisation(person.organisation().orElseThrow()).orElseThrow().name());
    assertEquals(person, desk.directory.personByUsername("RUTA.K").orElseThrow());
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    DomainException refused =
        assertThrows(
            DomainException.class,
            () ->
                desk.asSystem(
                    () ->
                        desk.office.createPerson(
                            NewPerson.of("bad name!", " ")
                                .withEmail("nobody")
                                .withPassword("short"))));
    assertEquals(ErrorKind.INVALID, refused.kind());
    assertEquals(
        Set.of("username", "displayName", "email", "password"),
        Set.copyOf(refused.fieldErrors().stream().map(e -> e.field()).toList()));
  }

  @Test
  void refusesAUsernameThatDiffersOnlyInCase() {
    desk.person("ilze", "requester");
    assertInvalid("username", NewPerson.of("ILZE", "Another Ilze"));
  }

  @Test
  void refusesUnknownRolesTeamsAndOrganisations() {
    assertInvalid("roles", NewPerson.of("anna", "Anna").withRoles(Set.of("king")));
    assertInvalid("teams", NewPerson.of("anna", "Anna").withTeams(Set.of("nowhere")));
    assertInvalid("organisation", NewPerson.of("anna", "Anna").withOrganisation("nowhere"));
    assertTrue(desk.directory.personByUsername("anna").isEmpty());
  }

  @Test
  void refusesHostileNames() {
    assertInvalid("displayName", NewPerson.of("anna", "An\u0000na"));
    assertInvalid("displayName", NewPerson.of("anna", "An\u202Ena"));
    assertInvalid("displayName", NewPerson.of("anna", "x".repeat(201)));
    assertInvalid("email", NewPerson.of("anna", "Anna").withEmail("a@b\r\nBcc: c@d"));
  }

  @Test
  void refusesWhoeverMayNotAdministerAndSaysSoInTheAudit() {
    PersonId requester = desk.person("ilze", "requester");
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> desk.as(requester, () -> desk.office.createPerson(NewPerson.of("anna", "Anna"))));
    assertEquals(ErrorKind.FORBIDDEN, refused.kind());
    assertEquals(
        List.of("ilze"),
        desk
            .auditReader
            .before(Long.MAX_VALUE, Optional.empty(), Optional.of("administration.refused"), 10)
            .stream()
            .map(e -> e.actor())
            .toList());
  }

  @Test
  void letsNobodyGiveMorePowerThanTheyHave() {
    desk.asSystem(
        () -> {
          desk.office.createRole("clerk", "Clerk", Map.of("person:admin", GrantScope.ALL));
          return null;
        });
    PersonId clerk = desk.person("clerk", "clerk");
    desk.person("boss", "admin");
    desk.person("ilze", "requester");
    desk.as(
        clerk,
        () -> desk.office.changePerson("ilze", PersonChange.NOTHING.withRoles(Set.of("agent"))));
    assertForbidden(clerk, "ilze", PersonChange.NOTHING.withRoles(Set.of("admin")));
    assertForbidden(clerk, "ilze", PersonChange.NOTHING.withRoles(Set.of("clerk")));
    assertForbidden(clerk, "boss", PersonChange.NOTHING.withPassword(Desk.PASSWORD));
    assertForbidden(clerk, "boss", PersonChange.NOTHING.withActive(false));
  }

  @Test
  void keepsTheLastAdministrator() {
    desk.person("boss", "admin");
    for (PersonChange change :
        List.of(
            PersonChange.NOTHING.withRoles(Set.of("agent")),
            PersonChange.NOTHING.withActive(false))) {
      DomainException refused =
          assertThrows(
              DomainException.class,
              () -> desk.asSystem(() -> desk.office.changePerson("boss", change)));
      assertEquals(ErrorKind.CONFLICT, refused.kind());
    }
    desk.person("deputy", "admin");
    desk.asSystem(
        () -> desk.office.changePerson("boss", PersonChange.NOTHING.withRoles(Set.of("agent"))));
    assertEquals(
        Set.of("agent"),
        desk.directory.caller(desk.directory.id("boss").orElseThrow()).orElseThrow().roles());
  }

  @Test
  void endsSessionsWhenRolesPasswordOrAccountChange() {
    desk.personWithPassword("ilze", "requester");
    desk.person("boss", "admin");
    for (PersonChange change :
        List.of(
            PersonChange.NOTHING.withRoles(Set.of("agent")),
            PersonChange.NOTHING.withPassword(Desk.PASSWORD),
            PersonChange.NOTHING.withActive(false))) {
      Sessions.Started session = desk.signIn("ilze");
      desk.asSystem(() -> desk.office.changePerson("ilze", change));
      assertTrue(desk.ended.contains(session.id()), change.toString());
    }
    assertThrows(DomainException.class, () -> desk.signIn("ilze"));
  }

  @Test
  void sparesTheSessionThatChangesItsOwnPassword() {
    PersonId ilze = desk.personWithPassword("ilze", "requester");
    Sessions.Started here = desk.signIn("ilze");
    Sessions.Started there = desk.signIn("ilze");
    desk.inSession(
        here.id(),
        () ->
            desk.as(
                ilze,
                () ->
                    desk.people.changeSelf(
                        ilze, PersonChange.NOTHING.withPassword("four blind mice"))));
    assertEquals(List.of(there.id()), desk.ended);
  }

  @Test
  void letsPeopleChangeOnlyWhatIsTheirsAboutThemselves() {
    PersonId ilze = desk.person("ilze", "requester");
    desk.as(
        ilze,
        () ->
            desk.people.changeSelf(
                ilze,
                PersonChange.NOTHING
                    .withDisplayName("Ilze B")
                    .withRoles(Set.of("admin"))
                    .withActive(false)
                    .withEmail(Optional.of("x@example.org"))));
    Profile profile = desk.directory.profile(ilze).orElseThrow();
    assertEquals("Ilze B", profile.person().displayName());
    assertEquals(Set.of("requester"), profile.roles());
    assertTrue(profile.person().active());
    assertTrue(profile.person().email().isEmpty());
  }

  private void assertForbidden(PersonId caller, String username, PersonChange change) {
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> desk.as(caller, () -> desk.office.changePerson(username, change)));
    assertEquals(ErrorKind.FORBIDDEN, refused.kind());
  }

  private void assertInvalid(String field, NewPerson person) {
    DomainException refused =
        assertThrows(
            DomainException.class, () -> desk.asSystem(() -> desk.office.createPerson(person)));
    assertEquals(ErrorKind.INVALID, refused.kind());
    assertEquals(List.of(field), refused.fieldErrors().stream().map(e -> e.field()).toList());
  }
}
