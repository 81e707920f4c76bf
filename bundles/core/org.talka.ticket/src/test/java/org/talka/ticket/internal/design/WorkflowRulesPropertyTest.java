/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.TicketTypeDefinition;
import org.talka.ticket.internal.design.WorkflowDesign.StateDesign;
import org.talka.ticket.internal.design.WorkflowDesign.TransitionDesign;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.type.TicketType;

/** Whatever is drawn, in whatever order: what is accepted can be gone through to an end. */
class WorkflowRulesPropertyTest {
  private static final List<String> STATES =
      List.of("new", "assigned", "in-progress", "pending", "resolved", "closed", "x", "y");
  private static final List<String> TRANSITIONS =
      List.of("start", "assign", "resume", "resolve", "pend", "close", "reopen", "a", "b");

  @Property(tries = 2_000)
  void exactlyWhatTheEngineCanGoThroughToAnEndIsAccepted(
      @ForAll @Size(max = 14) List<@From("edits") Edit> edits) {
    WorkflowDesign design = drawn(edits);
    boolean accepted = WorkflowRules.sound(design);
    Statistics.label("accepted").collect(accepted).coverage(c -> c.check(true).count(n -> n > 50));
    Statistics.label("accepted").coverage(c -> c.check(false).count(n -> n > 50));
    assertEquals(goesThrough(design), accepted, () -> design.toString());
  }

  @Property(tries = 1_000)
  void whatAModuleAddsLaterNeverBreaksWhatWasAccepted(
      @ForAll @Size(max = 8) List<@From("edits") Edit> drawn,
      @ForAll @Size(max = 8) List<@From("edits") Edit> declaredLater) {
    WorkflowDesign design = drawn(drawn);
    WorkflowDesign base = incident();
    WorkflowDesign now = drawn(declaredLater);
    WorkflowDesign merged = design.withAdditions(base, now);
    if (WorkflowRules.sound(design)) {
      assertTrue(goesThrough(merged), () -> merged.toString());
      assertTrue(merged.states().containsAll(design.states()));
      assertTrue(merged.transitions().containsAll(design.transitions()));
    }
  }

  /** By the engine's own steps, without a word of the rules. */
  private static boolean goesThrough(WorkflowDesign design) {
    Set<String> keys = new HashSet<>();
    Set<String> ways = new HashSet<>();
    boolean once =
        design.states().stream().allMatch(state -> keys.add(state.key()))
            && design.transitions().stream().allMatch(t -> ways.add(t.key()));
    boolean known =
        design.transitions().stream()
            .allMatch(t -> keys.contains(t.to()) && keys.containsAll(t.from()));
    if (!once || !known || !keys.contains(design.initial())) {
      return false;
    }
    TicketType type = type(design);
    boolean opens = type.category(design.initial()).open();
    return opens
        && reached(type, design.initial()).equals(keys)
        && keys.stream()
            .allMatch(
                state -> reached(type, state).stream().anyMatch(end -> !type.category(end).open()));
  }

  private static Set<String> reached(TicketType type, String from) {
    Set<String> reached = new HashSet<>(Set.of(from));
    List<String> left = new ArrayList<>(reached);
    while (!left.isEmpty()) {
      type.from(left.remove(0)).stream()
          .filter(transition -> reached.add(transition.to()))
          .forEach(transition -> left.add(transition.to()));
    }
    return reached;
  }

  private static TicketType type(WorkflowDesign design) {
    return new TicketType(
        new TicketTypeDefinition("t", "TT", "list", "t", false, List.of(), List.of()),
        design.definition("t"),
        "core",
        false,
        Map.of(),
        Set.of(),
        Set.of(),
        false);
  }

  private static WorkflowDesign incident() {
    return WorkflowDesign.of(FakeDeclarations.desk().workflows().get(0));
  }

  private static WorkflowDesign drawn(List<Edit> edits) {
    WorkflowDesign design = incident();
    for (Edit edit : edits) {
      design = edit.on(design);
    }
    return design;
  }

  /** One thing that somebody does in the editor, or tries by the API. */
  record Edit(String what, String state, String other, String transition, StateCategory category) {
    WorkflowDesign on(WorkflowDesign before) {
      List<StateDesign> states = new ArrayList<>(before.states());
      List<TransitionDesign> ways = new ArrayList<>(before.transitions());
      String initial = before.initial();
      switch (what) {
        case "add state" -> states.add(new StateDesign(state, category, Map.of(), null, null));
        case "remove state" -> {
          states.removeIf(s -> s.key().equals(state));
          ways.removeIf(w -> w.to().equals(state) || w.from().equals(List.of(state)));
          ways.replaceAll(w -> from(w, w.from().stream().filter(f -> !f.equals(state)).toList()));
        }
        case "forget state" -> states.removeIf(s -> s.key().equals(state));
        case "recategorise" ->
            states.replaceAll(
                s ->
                    s.key().equals(state)
                        ? new StateDesign(state, category, Map.of(), null, null)
                        : s);
        case "connect" -> ways.add(way(transition, List.of(state), other));
        case "connect any" -> ways.add(way(transition, List.of(), other));
        case "disconnect" -> ways.removeIf(w -> w.key().equals(transition));
        case "redirect" ->
            ways.replaceAll(w -> w.key().equals(transition) ? way(w.key(), w.from(), other) : w);
        default -> initial = state;
      }
      return new WorkflowDesign(initial, states, ways);
    }

    private static TransitionDesign from(TransitionDesign way, List<String> from) {
      return way(way.key(), from, way.to());
    }

    private static TransitionDesign way(String key, List<String> from, String to) {
      return new TransitionDesign(key, Map.of(), from, to, List.of(), null, null, false, List.of());
    }
  }

  @Provide
  Arbitrary<Edit> edits() {
    return Combinators.combine(
            Arbitraries.of(
                "add state",
                "remove state",
                "forget state",
                "recategorise",
                "connect",
                "connect",
                "connect any",
                "disconnect",
                "redirect",
                "initial"),
            Arbitraries.of(STATES),
            Arbitraries.of(STATES),
            Arbitraries.of(TRANSITIONS),
            Arbitraries.of(StateCategory.class))
        .as(Edit::new);
  }
}
