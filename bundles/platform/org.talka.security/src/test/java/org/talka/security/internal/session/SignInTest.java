/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.PersonId;
import org.talka.security.PersonChange;
import org.talka.security.internal.Desk;
import org.talka.security.internal.Ticking;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** Signing in and out. */
@PersistenceTest(units = "security")
class SignInTest {
  private Desk desk;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static final String ADDRESS = "192.0.2.1";

  @Test
  void beginsASessionUnderANewIdEveryTime() {
    desk.personWithPassword("ilze", "requester");
    Sessions.Started first = desk.signIn("ilze");
    Sessions.Started second =
        desk.signIn.signIn(" ILZE ", Desk.PASSWORD, ADDRESS, "test", Optional.of(first.cookie()));
    assertNotEquals(first.cookie(), second.cookie());
    assertTrue(desk.sessions.find(second.cookie()).isPresent());
    assertTrue(desk.sessions.find(first.cookie()).isEmpty(), "the one it came with ended");
  }

  @Test
  void neverTakesOverACookieThatWasPlanted() {
    desk.personWithPassword("ilze", "requester");
    String planted = "A".repeat(43);
    desk.signIn.signIn("ilze", Desk.PASSWORD, ADDRESS, "test", Optional.of(planted));
    assertTrue(desk.sessions.find(planted).isEmpty());
  }

  @Test
  void refusesUnknownWrongClosedAndPasswordlessAlike() {
    desk.personWithPassword("ilze", "requester");
    desk.personWithPassword("closed", "requester");
    desk.person("nopassword", "requester");
    desk.asSystem(() -> desk.office.changePerson("closed", PersonChange.NOTHING.withActive(false)));
    Set<String> answers = new HashSet<>();
    answers.add(refusal("ilze", "wrong password"));
    answers.add(refusal("closed", Desk.PASSWORD));
    answers.add(refusal("nopassword", ""));
    answers.add(refusal("nobody", Desk.PASSWORD));
    answers.add(refusal("' or 1=1 --", Desk.PASSWORD));
    answers.add(refusal("ilze", "x".repeat(1 << 20)));
    assertEquals(Set.of("UNAUTHENTICATED error.session.wrong {}"), answers);
  }

  @Test
  void makesGuessingSlow() {
    desk.personWithPassword("ilze", "requester");
    for (int i = 0; i < 5; i++) {
      refusal("ilze", "wrong password");
    }
    DomainException refused = assertThrows(DomainException.class, () -> desk.signIn("ilze"));
    assertEquals(ErrorKind.TOO_MANY, refused.kind());
    assertTrue(refused.retryAfter().isPresent());
  }

  @Test
  void letsAFamiliarAccountInWhileSomebodyAtItsAddressTriesNames() {
    desk.personWithPassword("ilze", "requester");
    desk.personWithPassword("anna", "requester");
    SignIn signIn =
        new SignIn(
            desk.passwords,
            desk.accounts,
            desk.directory,
            desk.sessions,
            desk.transactions,
            desk.callers,
            desk.audit,
            new AccountDelay(new Ticking()),
            new AddressBucket(2, Duration.ofHours(1), () -> 0));
    signIn.signIn("ilze", Desk.PASSWORD, ADDRESS, "test", Optional.empty());
    for (String name : List.of("name1", "name2")) {
      assertThrows(
          DomainException.class,
          () -> signIn.signIn(name, Desk.PASSWORD, ADDRESS, "test", Optional.empty()));
    }
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> signIn.signIn("anna", Desk.PASSWORD, ADDRESS, "test", Optional.empty()));
    assertEquals(ErrorKind.TOO_MANY, refused.kind());
    signIn.signIn("ilze", Desk.PASSWORD, ADDRESS, "test", Optional.empty());
    signIn.signIn("anna", Desk.PASSWORD, "198.51.100.7", "test", Optional.empty());
  }

  @Test
  void writesDownSuccessAndFailureButNoNameThatDoesNotExist() {
    desk.personWithPassword("ilze", "requester");
    desk.signIn("ilze");
    refusal("ilze", "wrong password");
    refusal("my secret password", "ilze");
    List<String> entries =
        desk.auditReader.before(Long.MAX_VALUE, Optional.empty(), Optional.empty(), 3).stream()
            .map(e -> e.actor() + " " + e.action() + " " + e.object())
            .toList();
    assertEquals(
        List.of(
            "anonymous session.refused person:unknown",
            "anonymous session.refused person:ilze",
            "ilze session.started person:ilze"),
        entries);
  }

  @Test
  void endsTheSessionAtSignOut() {
    PersonId ilze = desk.personWithPassword("ilze", "requester");
    Sessions.Started started = desk.signIn("ilze");
    desk.as(
        ilze,
        () -> {
          desk.signIn.signOut(ilze, started.id());
          return null;
        });
    assertTrue(desk.sessions.find(started.cookie()).isEmpty());
    assertEquals(List.of(started.id()), desk.ended);
  }

  private String refusal(String username, String password) {
    return assertThrows(
            DomainException.class,
            () -> desk.signIn.signIn(username, password, ADDRESS, "test", Optional.empty()))
        .getMessage();
  }
}
