/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

class TestCallersTest {
  private static final Caller ANNA = TestCaller.person(1, "note:write");
  private static final Caller BRUNO = TestCaller.person(2);

  private final TestCallers callers = new TestCallers();

  private String onAnotherThread() {
    return CompletableFuture.supplyAsync(() -> callers.current().username()).join();
  }

  @Test
  void nobodyIsSignedInBeforeTheTestSaysSo() {
    assertEquals(Caller.Kind.ANONYMOUS, callers.current().kind());
    assertEquals(Optional.empty(), callers.current().person());
    callers.is(ANNA);
    assertEquals(ANNA, callers.current());
    assertEquals("person1", onAnotherThread());
  }

  @Test
  void anotherCallerHoldsForTheWorkAndItsThreadAlone() {
    callers.is(ANNA);
    callers.as(
        BRUNO,
        () -> {
          assertEquals(BRUNO, callers.current());
          assertEquals("person1", onAnotherThread());
          callers.as(callers.system("note"), () -> null);
          assertEquals(BRUNO, callers.current());
          assertThrows(IllegalStateException.class, () -> callers.as(ANNA, this::failing));
          assertEquals(BRUNO, callers.current());
          return null;
        });
    assertEquals(ANNA, callers.current());
  }

  private Void failing() {
    throw new IllegalStateException();
  }

  @Test
  void aCallerCanFollowWhatTheTestChanges() {
    long[] me = {1};
    TestCallers following = new TestCallers(() -> TestCaller.person(me[0]));
    me[0] = 2;
    assertEquals("person2", following.current().username());
  }

  @Test
  void permissionsReachAsFarAsTheTestSays() {
    TestCaller person = TestCaller.person(3, "note:write").with("note:read", GrantScope.TEAM);
    assertEquals(GrantScope.ALL, person.grant("note:write"));
    assertEquals(GrantScope.TEAM, person.grant("note:read"));
    assertFalse(person.may("note:remove"));
    assertFalse(person.with("note:write", GrantScope.NONE).may("note:write"));
    assertTrue(callers.system("note").may("note:remove"));
    assertFalse(TestCaller.anonymous().may("note:read"));
  }

  @Test
  void whoeverWantsAnotherPersonDescribesOne() {
    TestCaller person =
        TestCaller.person(3)
            .in(new TeamId(5))
            .in(new TeamId(6))
            .of(new OrganisationId(7))
            .as("agent")
            .reading();
    assertEquals(Optional.of(new PersonId(3)), person.person());
    assertEquals("Person 3", person.displayName());
    assertEquals(Set.of(new TeamId(5), new TeamId(6)), person.teams());
    assertEquals(Optional.of(new OrganisationId(7)), person.organisation());
    assertEquals(Set.of("agent"), person.roles());
    assertTrue(person.readsOnly());
    assertEquals("system:note", callers.system("note").username());
  }
}
