/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.security.PersonId;
import org.talka.security.Authentication;
import org.talka.security.PersonChange;
import org.talka.security.internal.Desk;
import org.talka.security.internal.Ticking;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** The life of a session. */
@PersistenceTest(units = "security")
class SessionsTest {
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

  private final Ticking clock = new Ticking();

  private Sessions sessions() {
    return new Sessions(
        desk.database,
        desk.transactions,
        desk.directory,
        new SessionEnds(List.of(desk.ended::add)),
        clock);
  }

  @Test
  void recognisesItsCookieAfterARestart() {
    PersonId ilze = desk.person("ilze", "requester");
    Sessions.Started started = sessions().start(ilze, ADDRESS, "test");
    Authentication.SignedIn found = sessions().find(started.cookie()).orElseThrow();
    assertEquals("ilze", found.caller().username());
    assertEquals(started.csrfToken(), found.csrfToken());
    assertEquals(started.id(), found.sessionId());
  }

  @Test
  void storesNeitherTheCookieNorAnythingThatMakesOne() {
    PersonId ilze = desk.person("ilze", "requester");
    Sessions.Started started = sessions().start(ilze, ADDRESS, "test");
    assertNotEquals(started.cookie(), started.id());
    assertTrue(sessions().find(started.id()).isEmpty());
    assertEquals(43, started.cookie().length(), "256 bits");
  }

  @Test
  void knowsNoForeignCookie() {
    assertTrue(sessions().find("x").isEmpty());
    assertTrue(sessions().find("x".repeat(100_000)).isEmpty());
    assertTrue(sessions().find("").isEmpty());
  }

  @Test
  void endsAfterTwelveIdleHours() {
    Sessions sessions = sessions();
    Sessions.Started started = sessions.start(desk.person("ilze", "requester"), ADDRESS, "test");
    clock.pass(Duration.ofHours(11));
    assertTrue(sessions.find(started.cookie()).isPresent());
    clock.pass(Duration.ofHours(11));
    assertTrue(sessions.find(started.cookie()).isPresent(), "use keeps it alive");
    clock.pass(Duration.ofHours(12));
    assertTrue(sessions.find(started.cookie()).isEmpty());
  }

  @Test
  void remembersForSomeTimeThatThePasswordWasTyped() {
    Duration recent = Duration.ofMinutes(10);
    Sessions sessions = sessions();
    String id = sessions.start(desk.person("ilze", "requester"), ADDRESS, "test").id();
    assertTrue(sessions.confirmedWithin(id, recent), "it was typed to sign in");
    clock.pass(recent);
    assertFalse(sessions.confirmedWithin(id, recent));
    sessions.confirmed(id);
    assertTrue(sessions.confirmedWithin(id, recent));
    clock.pass(recent);
    assertFalse(sessions.confirmedWithin(id, recent));
    assertFalse(sessions.confirmedWithin("unknown", recent));
    assertFalse(sessions().confirmedWithin(id, recent), "a restart asks again");
  }

  @Test
  void endsAfterSevenDaysHoweverMuchItIsUsed() {
    Sessions sessions = sessions();
    Sessions.Started started = sessions.start(desk.person("ilze", "requester"), ADDRESS, "test");
    for (int hours = 0; hours < 7 * 24 - 6; hours += 6) {
      clock.pass(Duration.ofHours(6));
      assertTrue(sessions.find(started.cookie()).isPresent(), hours + " hours");
    }
    clock.pass(Duration.ofHours(6));
    assertTrue(sessions.find(started.cookie()).isEmpty());
  }

  @Test
  void endsAtOnceWhenRevokedAndTellsWhoWantsToKnow() {
    Sessions sessions = sessions();
    PersonId ilze = desk.person("ilze", "requester");
    Sessions.Started started = sessions.start(ilze, ADDRESS, "test");
    assertTrue(sessions.find(started.cookie()).isPresent());
    assertTrue(sessions.end(ilze, started.id()));
    assertTrue(sessions.find(started.cookie()).isEmpty());
    assertEquals(List.of(started.id()), desk.ended);
    assertFalse(sessions.end(ilze, started.id()), "nothing is left to end");
  }

  @Test
  void goesOnWhenItsEndIsRolledBack() {
    Sessions sessions = sessions();
    PersonId ilze = desk.person("ilze", "requester");
    Sessions.Started started = sessions.start(ilze, ADDRESS, "test");
    assertThrows(
        IllegalStateException.class,
        () ->
            desk.transactions.required(
                () -> {
                  sessions.end(ilze, started.id());
                  throw new IllegalStateException("something else failed");
                }));
    assertTrue(sessions.find(started.cookie()).isPresent());
    assertEquals(List.of(), desk.ended);
  }

  @Test
  void leavesOtherPeoplesSessionsAlone() {
    Sessions sessions = sessions();
    Sessions.Started started = sessions.start(desk.person("ilze", "requester"), ADDRESS, "test");
    assertFalse(sessions.end(desk.person("anna", "requester"), started.id()));
    assertTrue(sessions.find(started.cookie()).isPresent());
  }

  @Test
  void isWorthNothingOnceTheAccountIsClosed() {
    Sessions sessions = sessions();
    PersonId ilze = desk.person("ilze", "requester");
    Sessions.Started started = sessions.start(ilze, ADDRESS, "test");
    assertTrue(sessions.find(started.cookie()).isPresent());
    desk.asSystem(() -> desk.office.changePerson("ilze", PersonChange.NOTHING.withActive(false)));
    assertTrue(sessions.find(started.cookie()).isEmpty());
  }

  @Test
  void removesWhatExpiredAndTellsWhoWantsToKnow() {
    Sessions sessions = sessions();
    PersonId ilze = desk.person("ilze", "requester");
    Sessions.Started old = sessions.start(ilze, ADDRESS, "test");
    clock.pass(Duration.ofHours(13));
    Sessions.Started fresh = sessions.start(ilze, ADDRESS, "test");
    sessions.purge();
    assertEquals(List.of(old.id()), desk.ended);
    assertEquals(List.of(fresh.id()), sessions.of(ilze).stream().map(Sessions.Listed::id).toList());
  }

  @Test
  void endsTheLongestUnusedWhenOnePersonHasTooMany() {
    Sessions sessions = sessions();
    PersonId ilze = desk.person("ilze", "requester");
    Sessions.Started oldest = sessions.start(ilze, ADDRESS, "test");
    for (int i = 0; i < 500; i++) {
      clock.pass(Duration.ofSeconds(1));
      sessions.start(ilze, ADDRESS, "test");
    }
    assertEquals(List.of(oldest.id()), desk.ended);
    assertEquals(500, sessions.of(ilze).size());
  }

  @Test
  void listsWhereOneIsSignedIn() {
    Sessions sessions = sessions();
    PersonId ilze = desk.person("ilze", "requester");
    sessions.start(ilze, ADDRESS, "x".repeat(1000));
    Sessions.Listed listed = sessions.of(ilze).get(0);
    assertEquals(ADDRESS, listed.address());
    assertEquals(300, listed.userAgent().length());
    assertEquals(clock.instant(), listed.createdAt());
  }
}
