/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.security.PersonChange;
import org.talka.security.internal.Desk;
import org.talka.security.internal.Ticking;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** API tokens. */
@PersistenceTest(units = "security")
class TokensTest {
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
  private final AtomicLong nanos = new AtomicLong();

  private Tokens tokens() {
    return new Tokens(
        desk.database,
        desk.transactions,
        desk.directory,
        desk.permissions,
        desk.audit,
        new AddressBucket(3, Duration.ofSeconds(1), nanos::get),
        clock);
  }

  @Test
  void carriesWhatBothItsOwnerAndItsScopesAllow() {
    PersonId anna = desk.person("anna", "agent");
    Tokens tokens = tokens();
    String secret =
        tokens
            .create(anna, "script", Set.of("tickets:read", "people:admin"), Optional.empty())
            .secret();
    Caller caller = tokens.find(secret, ADDRESS).orElseThrow();
    assertEquals("anna", caller.username());
    assertEquals(GrantScope.ALL, caller.grant("ticket:read"));
    assertEquals(GrantScope.NONE, caller.grant("person:read"), "a scope it does not have");
    assertEquals(GrantScope.NONE, caller.grant("person:admin"), "its owner may not");
  }

  @Test
  void onlyReadsUnlessAScopeSaysOtherwise() {
    PersonId anna = desk.person("anna", "agent");
    Tokens tokens = tokens();
    for (boolean writes : new boolean[] {false, true}) {
      Set<String> scopes = writes ? Set.of("tickets:read", "people:admin") : Set.of("tickets:read");
      String secret = tokens.create(anna, "script", scopes, Optional.empty()).secret();
      assertEquals(!writes, tokens.find(secret, ADDRESS).orElseThrow().readsOnly());
    }
  }

  @Test
  void isShownForAWhileAfterItExpiredAndThenRemoved() {
    PersonId anna = desk.person("anna", "agent");
    Tokens tokens = tokens();
    tokens.create(anna, "script", Set.of("tickets:read"), Optional.empty());
    clock.pass(Tokens.DEFAULT_LIFE.plus(Tokens.SHOWN).minusDays(1));
    assertEquals(0, tokens.purge());
    assertEquals(1, tokens.of(anna).size());
    clock.pass(Duration.ofDays(2));
    assertEquals(1, tokens.purge());
    assertEquals(0, tokens.of(anna).size());
  }

  @Test
  void followsItsOwnersRoles() {
    PersonId anna = desk.person("anna", "agent");
    Tokens tokens = tokens();
    String secret =
        tokens.create(anna, "script", Set.of("tickets:read"), Optional.empty()).secret();
    assertEquals(GrantScope.ALL, tokens.find(secret, ADDRESS).orElseThrow().grant("ticket:read"));
    desk.asSystem(
        () ->
            desk.office.changePerson("anna", PersonChange.NOTHING.withRoles(Set.of("requester"))));
    assertEquals(GrantScope.OWN, tokens.find(secret, ADDRESS).orElseThrow().grant("ticket:read"));
    desk.asSystem(() -> desk.office.changePerson("anna", PersonChange.NOTHING.withActive(false)));
    assertTrue(tokens.find(secret, ADDRESS).isEmpty());
  }

  @Test
  void losesWhatAWithdrawnModuleDeclared() {
    PersonId anna = desk.person("anna", "agent");
    var problem =
        Desk.descriptor(
            "problem", Desk.permission("problem:publish", "tickets:read", Map.of("agent", "all")));
    desk.permissions.declared(problem);
    Tokens tokens = tokens();
    String secret =
        tokens.create(anna, "script", Set.of("tickets:read"), Optional.empty()).secret();
    assertTrue(tokens.find(secret, ADDRESS).orElseThrow().may("problem:publish"));
    desk.permissions.withdrawn(problem);
    assertFalse(tokens.find(secret, ADDRESS).orElseThrow().may("problem:publish"));
  }

  @Test
  void expires() {
    PersonId anna = desk.person("anna", "agent");
    Tokens tokens = tokens();
    String secret =
        tokens
            .create(
                anna,
                "script",
                Set.of("tickets:read"),
                Optional.of(clock.instant().plus(Duration.ofHours(1))))
            .secret();
    clock.pass(Duration.ofMinutes(59));
    assertTrue(tokens.find(secret, ADDRESS).isPresent());
    clock.pass(Duration.ofMinutes(1));
    assertTrue(tokens.find(secret, ADDRESS).isEmpty());
  }

  @Test
  void isDeadOnceRevokedByItsOwnerOnly() {
    PersonId anna = desk.person("anna", "agent");
    Tokens tokens = tokens();
    Tokens.Created created =
        tokens.create(anna, "script", Set.of("tickets:read"), Optional.empty());
    assertTrue(tokens.find(created.secret(), ADDRESS).isPresent());
    PersonId ilze = desk.person("ilze", "agent");
    DomainException refused =
        assertThrows(DomainException.class, () -> tokens.revoke(ilze, created.token().id()));
    assertEquals(ErrorKind.NOT_FOUND, refused.kind());
    tokens.revoke(anna, created.token().id());
    assertTrue(tokens.find(created.secret(), ADDRESS).isEmpty());
    assertEquals(List.of(), tokens.of(anna));
  }

  @Test
  void storesNoSecret(TestDatabase database) throws SQLException {
    PersonId anna = desk.person("anna", "agent");
    String secret =
        tokens().create(anna, "script", Set.of("tickets:read"), Optional.empty()).secret();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from sec_token")) {
      assertTrue(row.next());
      for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
        String value = String.valueOf(row.getString(column));
        assertFalse(value.contains(secret.substring(6)), row.getMetaData().getColumnName(column));
      }
    }
  }

  @Test
  void refusesUnknownScopesAndExpiriesOutOfRange() {
    PersonId anna = desk.person("anna", "agent");
    DomainException refused =
        assertThrows(
            DomainException.class,
            () ->
                tokens()
                    .create(
                        anna,
                        "",
                        Set.of("everything"),
                        Optional.of(clock.instant().minusSeconds(1))));
    assertEquals(
        Set.of("name", "scopes", "expiresAt"),
        Set.copyOf(refused.fieldErrors().stream().map(e -> e.field()).toList()));
  }

  @Test
  void refusesToGuessOnAfterTooManyWrongOnesButServesTheRightOne() {
    PersonId anna = desk.person("anna", "agent");
    Tokens tokens = tokens();
    String secret =
        tokens.create(anna, "script", Set.of("tickets:read"), Optional.empty()).secret();
    assertTrue(tokens.find(secret, ADDRESS).isPresent());
    for (String wrong : List.of("x", "talka_wrong", "y".repeat(10_000))) {
      assertTrue(tokens.find(wrong, ADDRESS).isEmpty());
    }
    for (String wrong : List.of("x", "talka_wrong")) {
      DomainException refused =
          assertThrows(DomainException.class, () -> tokens.find(wrong, ADDRESS));
      assertEquals(ErrorKind.TOO_MANY, refused.kind());
    }
    assertTrue(tokens.find(secret, ADDRESS).isPresent());
  }
}
