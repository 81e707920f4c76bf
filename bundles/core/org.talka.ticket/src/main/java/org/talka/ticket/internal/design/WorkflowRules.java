/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.ticket.internal.design.WorkflowDesign.StateDesign;
import org.talka.ticket.internal.design.WorkflowDesign.TransitionDesign;

/**
 * What a workflow must be like before tickets go through it: one state to begin in, every state
 * within reach of it, and from every state a way to an end (W. van der Aalst, "soundness" of
 * workflow nets, for nets whose transitions have one token).
 */
public final class WorkflowRules {
  private final WorkflowDesign design;
  private final Surroundings around;
  private final List<FieldError> errors = new ArrayList<>();
  private final Set<String> states = new LinkedHashSet<>();

  /** What a workflow is checked against. */
  public interface Surroundings {
    /** The name of a state for whoever reads the errors. */
    String state(StateDesign state);

    /** The name of a transition for whoever reads the errors. */
    String transition(TransitionDesign transition);

    /** Whether tickets that go through it can have a value in the field. */
    boolean field(String field);

    boolean permission(String permission);
  }

  private static final Surroundings ANY =
      new Surroundings() {
        @Override
        public String state(StateDesign state) {
          return state.key();
        }

        @Override
        public String transition(TransitionDesign transition) {
          return transition.key();
        }

        @Override
        public boolean field(String field) {
          return true;
        }

        @Override
        public boolean permission(String permission) {
          return true;
        }
      };

  private WorkflowRules(WorkflowDesign design, Surroundings around) {
    this.design = design;
    this.around = around;
  }

  /** What is wrong, each with its place in the design; empty when it can be published. */
  public static List<FieldError> errors(WorkflowDesign design, Surroundings around) {
    WorkflowRules rules = new WorkflowRules(design, around);
    rules.keys();
    if (rules.errors.isEmpty()) {
      rules.ends();
      rules.guards();
    }
    if (rules.errors.isEmpty()) {
      rules.ways();
    }
    return List.copyOf(rules.errors);
  }

  /** Whether tickets can go through it, whatever surrounds it. */
  public static boolean sound(WorkflowDesign design) {
    return errors(design, ANY).isEmpty();
  }

  private void keys() {
    for (StateDesign state : design.states()) {
      if (!states.add(state.key())) {
        error("states." + state.key(), "error.ticket.design.twice", "key", state.key());
      }
    }
    Set<String> transitions = new HashSet<>();
    for (TransitionDesign transition : design.transitions()) {
      if (!transitions.add(transition.key())) {
        error(place(transition), "error.ticket.design.twice", "key", transition.key());
      }
      boolean known = states.contains(transition.to()) && states.containsAll(transition.from());
      if (!known) {
        error(
            place(transition),
            "error.ticket.design.transition.nowhere",
            "transition",
            around.transition(transition));
      }
    }
  }

  private void ends() {
    if (design.states().isEmpty() || !states.contains(design.initial())) {
      error("initial", "error.ticket.design.initial");
      return;
    }
    StateDesign initial = design.state(design.initial()).orElseThrow();
    if (!initial.category().open()) {
      error("initial", "error.ticket.design.initial-done", "state", around.state(initial));
    }
    if (design.states().stream().allMatch(state -> state.category().open())) {
      error("states", "error.ticket.design.endless");
    }
  }

  private void guards() {
    for (TransitionDesign transition : design.transitions()) {
      for (String field : transition.requires()) {
        if (!around.field(field)) {
          error(
              place(transition),
              "error.ticket.design.transition.field",
              "transition",
              around.transition(transition),
              "field",
              field);
        }
      }
      if (!around.permission(transition.permission())) {
        error(
            place(transition),
            "error.ticket.design.transition.permission",
            "transition",
            around.transition(transition),
            "permission",
            transition.permission());
      }
    }
  }

  private void ways() {
    Map<String, Set<String>> on = new HashMap<>();
    Map<String, Set<String>> back = new HashMap<>();
    for (TransitionDesign transition : design.transitions()) {
      for (String from : design.starts(transition)) {
        on.computeIfAbsent(from, any -> new HashSet<>()).add(transition.to());
        back.computeIfAbsent(transition.to(), any -> new HashSet<>()).add(from);
      }
    }
    Set<String> done = new HashSet<>();
    design.states().stream()
        .filter(state -> !state.category().open())
        .forEach(state -> done.add(state.key()));
    Set<String> reached = within(Set.of(design.initial()), on);
    Set<String> ending = within(done, back);
    for (StateDesign state : design.states()) {
      if (!reached.contains(state.key())) {
        error(place(state), "error.ticket.design.unreachable", "state", around.state(state));
      }
      if (!ending.contains(state.key())) {
        error(place(state), "error.ticket.design.no-end", "state", around.state(state));
      }
    }
  }

  /** Everything that is reached by steps from a start, the start itself too. */
  private static Set<String> within(Set<String> start, Map<String, Set<String>> steps) {
    Set<String> reached = new HashSet<>(start);
    Deque<String> left = new ArrayDeque<>(start);
    while (!left.isEmpty()) {
      for (String next : steps.getOrDefault(left.pop(), Set.of())) {
        if (reached.add(next)) {
          left.push(next);
        }
      }
    }
    return reached;
  }

  private static String place(StateDesign state) {
    return "states." + state.key();
  }

  private static String place(TransitionDesign transition) {
    return "transitions." + transition.key();
  }

  private void error(String place, String key, Object... namesAndValues) {
    errors.add(new FieldError(place, Text.of(key, namesAndValues)));
  }
}
