/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.WorkflowDefinition;

/**
 * A workflow as an administrator draws it. It need not be sound yet: {@link WorkflowRules} says
 * what is wrong with it.
 *
 * @param initial the state of a new ticket; empty while none is chosen
 */
public record WorkflowDesign(
    String initial, List<StateDesign> states, List<TransitionDesign> transitions) {

  public WorkflowDesign {
    initial = initial == null ? "" : initial;
    states = states == null ? List.of() : List.copyOf(states);
    transitions = transitions == null ? List.of() : List.copyOf(transitions);
  }

  /**
   * A state.
   *
   * @param names language to name; empty for the name that its bundle gives
   * @param x where its box is drawn, in the picture's units; null where nobody put it
   * @param y as {@code x}
   */
  public record StateDesign(
      String key, StateCategory category, Map<String, String> names, Integer x, Integer y) {
    public StateDesign {
      names = names == null ? Map.of() : Map.copyOf(names);
    }
  }

  /**
   * A way from some states to one; see {@link WorkflowDefinition.Transition}.
   *
   * @param names language to name; empty for the name that its bundle gives
   */
  public record TransitionDesign(
      String key,
      Map<String, String> names,
      List<String> from,
      String to,
      List<String> requires,
      String permission,
      String comment,
      boolean requester,
      List<String> guards) {
    public TransitionDesign {
      names = names == null ? Map.of() : Map.copyOf(names);
      from = from == null ? List.of() : List.copyOf(from);
      requires = requires == null ? List.of() : List.copyOf(requires);
      permission = permission == null ? "ticket:transition" : permission;
      comment = comment == null ? "optional" : comment;
      guards = guards == null ? List.of() : List.copyOf(guards);
    }

    TransitionDesign from(List<String> states) {
      return new TransitionDesign(
          key, names, states, to, requires, permission, comment, requester, guards);
    }
  }

  /** As it is declared: without names and places. */
  public static WorkflowDesign of(WorkflowDefinition declared) {
    return new WorkflowDesign(
        declared.initial(),
        declared.states().stream()
            .map(state -> new StateDesign(state.key(), state.category(), Map.of(), null, null))
            .toList(),
        declared.transitions().stream()
            .map(
                t ->
                    new TransitionDesign(
                        t.key(),
                        Map.of(),
                        t.from(),
                        t.to(),
                        t.requires(),
                        t.permission(),
                        t.comment(),
                        t.requester(),
                        t.guards()))
            .toList());
  }

  /** As the engine takes it. */
  public WorkflowDefinition definition(String key) {
    return new WorkflowDefinition(
        key,
        initial,
        states.stream()
            .map(state -> new WorkflowDefinition.State(state.key(), state.category()))
            .toList(),
        transitions.stream()
            .map(
                t ->
                    new WorkflowDefinition.Transition(
                        t.key(),
                        t.from(),
                        t.to(),
                        t.requires(),
                        t.permission(),
                        t.comment(),
                        t.requester(),
                        t.guards()))
            .toList());
  }

  public Optional<StateDesign> state(String key) {
    return states.stream().filter(state -> state.key().equals(key)).findFirst();
  }

  public Optional<TransitionDesign> transition(String key) {
    return transitions.stream().filter(t -> t.key().equals(key)).findFirst();
  }

  /** The states in which a transition starts, as the engine reads it. */
  List<String> starts(TransitionDesign transition) {
    if (!transition.from().isEmpty()) {
      return transition.from();
    }
    return states.stream()
        .filter(state -> state.category() != StateCategory.CLOSED)
        .map(StateDesign::key)
        .toList();
  }

  /**
   * This one with the states and transitions that its bundle has added since it was drawn.
   *
   * @param base the bundle's workflow at that time
   * @param now the bundle's workflow now
   * @return this one alone when together they would not be sound
   */
  public WorkflowDesign withAdditions(WorkflowDesign base, WorkflowDesign now) {
    List<StateDesign> allStates = new ArrayList<>(states);
    now.states().stream()
        .filter(state -> base.state(state.key()).isEmpty() && state(state.key()).isEmpty())
        .forEach(allStates::add);
    List<String> keys = allStates.stream().map(StateDesign::key).toList();
    List<TransitionDesign> all = new ArrayList<>(transitions);
    for (TransitionDesign added : now.transitions()) {
      boolean known =
          base.transition(added.key()).isPresent() || transition(added.key()).isPresent();
      List<String> from = added.from().stream().filter(keys::contains).toList();
      boolean nowhere = from.isEmpty() && !added.from().isEmpty();
      if (!known && !nowhere && keys.contains(added.to())) {
        all.add(added.from(from));
      }
    }
    if (all.size() == transitions.size() && allStates.size() == states.size()) {
      return this;
    }
    WorkflowDesign merged = new WorkflowDesign(initial, allStates, all);
    return WorkflowRules.sound(merged) ? merged : this;
  }
}
