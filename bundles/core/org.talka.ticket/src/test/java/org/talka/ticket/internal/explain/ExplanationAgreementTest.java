/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.RecordVisibility;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.TransitionCondition;
import org.talka.testkit.persistence.Engine;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.ticket.internal.access.FilterMatch;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.TicketExtensions;
import org.talka.ticket.internal.rule.TransitionGuards;
import org.talka.ticket.internal.rule.Workflow;
import org.talka.ticket.internal.store.FilterSql;

/** Whoever is told what somebody may do finds that they may do just that. */
class ExplanationAgreementTest {
  private static final List<String> PERMISSIONS =
      List.of("ticket:read", "ticket:comment", "ticket:note", "ticket:update", "ticket:transition");
  private static final String MODULE = "fault";

  private static TestDatabase database;
  private static DeskUnderTest desk;
  private static TicketAccess access;
  private static List<TicketImage> tickets;

  /** What the module's rule leaves in sight, and whether its condition lets pass; of one try. */
  private static Filter rule = new Filter.All();

  private static boolean passes = true;

  /** How the module takes part in one try. */
  private enum Part {
    ANSWERS,
    FAILS,
    RESTS
  }

  private record Scene(
      Map<String, GrantScope> grants, Filter rule, boolean passes, Part part, boolean teams) {}

  @BeforeContainer
  static void fill() {
    database = TestDatabase.open(Engine.DERBY, "ticket");
    desk = new DeskUnderTest(database.unit(), database.transactions());
    desk.registry.declared(FakeDeclarations.faults());
    for (String type : List.of("incident", "fault")) {
      for (String requester : List.of("rita", "sandis")) {
        for (String team : List.of("network", "")) {
          create(type, requester, "", team);
        }
      }
    }
    create("incident", "rita", "anna", "");
    String followed = create("incident", "rita", "", "");
    desk.as(
        DeskUnderTest.ANNA,
        () -> {
          desk.watching.add(followed, "sandis");
          return null;
        });
    tickets = desk.store.after(0, 100);
    desk.gate.add(
        RecordVisibility.class,
        MODULE,
        context -> {
          if (rule == null) {
            throw new DomainException(ErrorKind.CONFLICT, org.talka.api.text.Text.of("error.test"));
          }
          return rule;
        },
        Map.of());
    desk.gate.add(TransitionCondition.class, MODULE, context -> passes, Map.of());
    TicketExtensions extensions = new TicketExtensions(desk.gate, desk.registry);
    access =
        new TicketAccess(
            desk.colleagues,
            desk.visibility,
            new Workflow(extensions),
            new TransitionGuards(desk.taskStore),
            desk.registry);
  }

  @AfterContainer
  static void close() throws InterruptedException {
    desk.close();
    database.close();
  }

  private static String create(String type, String requester, String assignee, String team) {
    Map<String, Object> values =
        Map.of("subject", "x", "requester", requester, "assignee", assignee, "team", team);
    return desk.as(DeskUnderTest.ANNA, () -> desk.desk.create(type, values, true).key());
  }

  @Property(tries = 150)
  void explanationAndDecisionNeverDiffer(@ForAll("scenes") Scene scene) {
    Caller caller = enter(scene);
    Filter visible = desk.visibility.of(caller);
    List<TicketImage> listed =
        desk.store.page(FilterSql.of(visible).orElseThrow(), "updatedAt", 100, Optional.empty());
    for (TicketImage ticket : tickets) {
      for (Verdict verdict : access.of(caller.person().orElseThrow(), ticket)) {
        String what = verdict + " of " + ticket.key() + " in " + scene;
        assertFalse(verdict.reasons().isEmpty(), what);
        if (verdict.deed() == Deed.SEE) {
          boolean found = desk.as(caller, () -> desk.reader.find(ticket.key()).isPresent());
          boolean matched = FilterMatch.matches(visible, field -> TicketKeywords.of(ticket, field));
          boolean inList = listed.stream().anyMatch(t -> t.key().equals(ticket.key()));
          assertEquals(List.of(found, matched, inList), same(verdict.allowed()), what);
        } else {
          done(caller, ticket, verdict)
              .ifPresent(done -> assertEquals(done, verdict.allowed(), what));
        }
      }
    }
  }

  private static List<Boolean> same(boolean value) {
    return List.of(value, value, value);
  }

  /** Whether it may be done: the desk asks for better values instead of refusing the deed. */
  private static Optional<Boolean> done(Caller caller, TicketImage ticket, Verdict verdict) {
    Map<String, Object> wrong = Map.of("noSuchField", "x");
    return switch (verdict.deed()) {
      case REPLY, NOTE ->
          Optional.of(
              asked(
                  caller,
                  () ->
                      desk.conversation.say(
                          ticket.key(), " ", verdict.deed() == Deed.NOTE, List.of())));
      case CHANGE ->
          Optional.of(
              asked(caller, () -> desk.desk.update(ticket.key(), Optional.empty(), wrong, true)));
      case TRANSITION ->
          Optional.of(
              asked(
                  caller,
                  () ->
                      desk.desk.transition(
                          ticket.key(),
                          Optional.empty(),
                          verdict.transition().orElseThrow(),
                          wrong,
                          Optional.empty(),
                          false,
                          true)));
      default -> Optional.empty();
    };
  }

  private static boolean asked(Caller caller, Runnable deed) {
    try {
      desk.as(
          caller,
          () -> {
            deed.run();
            return null;
          });
    } catch (DomainException refused) {
      return refused.kind() == ErrorKind.INVALID;
    }
    throw new AssertionError("nobody minds a wrong value");
  }

  private static Caller enter(Scene scene) {
    rule = scene.part() == Part.FAILS ? null : scene.rule();
    passes = scene.passes();
    desk.gate.admit(MODULE);
    desk.gate.close(MODULE);
    if (scene.part() == Part.RESTS) {
      desk.gate.open(MODULE);
    }
    FakeCaller caller = FakeCaller.person(4, "sandis", scene.grants());
    if (scene.teams()) {
      caller = caller.in(Set.of(new TeamId(2)), Optional.of(new OrganisationId(1)));
    }
    desk.colleagues.set(caller);
    return caller;
  }

  @Provide
  Arbitrary<Scene> scenes() {
    Arbitrary<GrantScope> scope = Arbitraries.of(GrantScope.values());
    Arbitrary<Map<String, GrantScope>> grants =
        scope
            .list()
            .ofSize(PERMISSIONS.size())
            .map(
                scopes -> {
                  Map<String, GrantScope> map = new HashMap<>();
                  for (int i = 0; i < scopes.size(); i++) {
                    map.put(PERMISSIONS.get(i), scopes.get(i));
                  }
                  return map;
                });
    Arbitrary<Filter> leaf =
        Arbitraries.of(
            new Filter.All(),
            new Filter.None(),
            new Filter.Is("module", MODULE),
            new Filter.Is("requester", "4"),
            new Filter.Is("team", "2"));
    Arbitrary<Filter> filter =
        Arbitraries.oneOf(
            leaf, leaf.map(Filter.Not::new), Combinators.combine(leaf, leaf).as(Filter::or));
    return Combinators.combine(
            grants,
            filter,
            Arbitraries.of(true, false),
            Arbitraries.of(Part.values()),
            Arbitraries.of(true, false))
        .as(Scene::new);
  }
}
