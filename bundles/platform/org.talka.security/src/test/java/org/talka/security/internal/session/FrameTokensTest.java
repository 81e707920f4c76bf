/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.api.ui.UiContributionDefinition;
import org.talka.module.Declarations;
import org.talka.module.ModuleDescriptor;
import org.talka.security.internal.Desk;
import org.talka.security.internal.Ticking;
import org.talka.security.internal.seal.HmacSeal;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** What frames of modules may ask the API for. */
@PersistenceTest(units = "security")
class FrameTokensTest {
  private static final FrameTokens.Frame MAP =
      new FrameTokens.Frame("maps", "ticket.panel", "maps.map");

  private final Ticking clock = new Ticking();
  private final List<ModuleDescriptor> declared = new ArrayList<>();
  private Desk desk;
  private FrameTokens tokens;
  private Sessions.Started anna;
  private PersonId person;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
    tokens =
        new FrameTokens(
            new HmacSeal(desk.database),
            desk.sessions,
            desk.directory,
            desk.permissions,
            new Declared(),
            clock);
    person = desk.personWithPassword("anna", "agent");
    anna = desk.signIn("anna");
    declare(null, "tickets:read", "people:admin", "nothing:there");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private void declare(String permission, String... scopes) {
    UiContributionDefinition map =
        new UiContributionDefinition(
            MAP.point(),
            MAP.key(),
            1,
            null,
            permission,
            null,
            null,
            null,
            false,
            "map.html",
            List.of(scopes));
    declared.clear();
    declared.add(
        new ModuleDescriptor(
            "maps",
            "1.0.0",
            true,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(map),
            null,
            null));
  }

  private FrameTokens.Issued issue() {
    Caller caller = desk.directory.caller(person).orElseThrow();
    return tokens.issue(caller, anna.id(), MAP);
  }

  @Test
  void carriesWhatTheFrameDeclaresAndThePersonMay() {
    FrameTokens.Issued issued = issue();
    assertEquals(Set.of("tickets:read", "people:admin"), issued.scopes());
    Caller caller = tokens.find(issued.token()).orElseThrow();
    assertEquals("anna", caller.username());
    assertEquals(GrantScope.ALL, caller.grant("ticket:read"));
    assertEquals(GrantScope.NONE, caller.grant("person:read"), "a scope that is not declared");
    assertEquals(GrantScope.NONE, caller.grant("person:admin"), "what Anna may not do herself");
  }

  @Test
  void endsAfterSomeMinutes() {
    FrameTokens.Issued issued = issue();
    assertTrue(
        !issued.expiresAt().isAfter(clock.instant().plus(FrameTokens.LIFE)),
        issued.expiresAt().toString());
    clock.pass(FrameTokens.LIFE.minusSeconds(2));
    assertTrue(tokens.find(issued.token()).isPresent());
    clock.pass(Duration.ofSeconds(2));
    assertTrue(tokens.find(issued.token()).isEmpty());
  }

  @Test
  void endsWithItsSession() {
    FrameTokens.Issued issued = issue();
    Sessions.Started other = desk.signIn("anna");
    desk.sessions.end(person, other.id());
    assertTrue(tokens.find(issued.token()).isPresent());
    desk.sessions.end(person, anna.id());
    assertTrue(tokens.find(issued.token()).isEmpty());
  }

  @Test
  void endsWithItsModuleAndFollowsWhatThatDeclares() {
    FrameTokens.Issued issued = issue();
    declare(null, "people:admin");
    assertEquals(GrantScope.NONE, tokens.find(issued.token()).orElseThrow().grant("ticket:read"));
    declare("person:admin", "tickets:read");
    assertTrue(tokens.find(issued.token()).isEmpty(), "Anna may not see the frame any more");
    declared.clear();
    assertTrue(tokens.find(issued.token()).isEmpty());
  }

  @Test
  void isForFramesThatSomebodySeesOnly() {
    declare("person:admin", "tickets:read");
    DomainException hidden = assertThrows(DomainException.class, this::issue);
    assertEquals(ErrorKind.NOT_FOUND, hidden.kind());
    declared.clear();
    assertThrows(DomainException.class, this::issue);
  }

  @Test
  void isNothingWhenItIsForged() {
    String good = issue().token();
    assertTrue(FrameTokens.claims(good));
    assertTrue(tokens.find(FrameTokens.PREFIX).isEmpty());
    assertTrue(tokens.find(FrameTokens.PREFIX + "x".repeat(10_000)).isEmpty());
    assertTrue(tokens.find(good.substring(0, good.length() - 1)).isEmpty());
    String other = new HmacSeal(desk.database).seal("cursor", "a\n1\nb\nc\nd");
    assertTrue(tokens.find(FrameTokens.PREFIX + other).isEmpty());
  }

  private final class Declared implements Declarations {
    @Override
    public List<ModuleDescriptor> current() {
      return List.copyOf(declared);
    }

    @Override
    public long generation() {
      return 0;
    }

    @Override
    public Map<String, String> words(Locale locale) {
      return Map.of();
    }

    @Override
    public List<Locale> languages() {
      return List.of(Locale.ENGLISH);
    }
  }
}
