/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.TicketTypeDefinition;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.ticket.internal.model.BuiltIns;

/**
 * A ticket type with all that was declared for it.
 *
 * @param missing whether its module is not here, so that its tickets can only be read
 * @param fields its own fields by key, those of missing modules too
 * @param editable the keys of those that can be filled in: their module is here, and they are not
 *     retired
 * @param retiredFields the keys of those that an administrator retired
 * @param retired whether an administrator retired it: its tickets stay, no new one is made
 */
public record TicketType(
    TicketTypeDefinition definition,
    WorkflowDefinition workflow,
    String module,
    boolean missing,
    Map<String, FieldDefinition> fields,
    Set<String> editable,
    Set<String> retiredFields,
    boolean retired) {

  public String key() {
    return definition.key();
  }

  /** Built-in or own. */
  public Optional<FieldDefinition> field(String name) {
    return BuiltIns.editable(name).or(() -> Optional.ofNullable(fields.get(name)));
  }

  public Optional<WorkflowDefinition.State> state(String key) {
    return workflow.states().stream().filter(state -> state.key().equals(key)).findFirst();
  }

  public StateCategory category(String state) {
    return state(state).map(WorkflowDefinition.State::category).orElse(StateCategory.ACTIVE);
  }

  public Optional<WorkflowDefinition.Transition> transition(String key) {
    return workflow.transitions().stream().filter(t -> t.key().equals(key)).findFirst();
  }

  /** The transitions that start in a state, as they were declared; conditions not asked yet. */
  public List<WorkflowDefinition.Transition> from(String state) {
    boolean closed = category(state) == StateCategory.CLOSED;
    List<WorkflowDefinition.Transition> found = new ArrayList<>();
    for (WorkflowDefinition.Transition transition : workflow.transitions()) {
      if (transition.from().isEmpty() ? !closed : transition.from().contains(state)) {
        found.add(transition);
      }
    }
    return found;
  }

  /** What requesters may fill in when they create one. */
  public Set<String> portalFields() {
    Set<String> names = new LinkedHashSet<>(List.of("subject", "description"));
    portalForm().forEach(section -> names.addAll(section.fields()));
    return names;
  }

  /**
   * Fields that a form does not ask for: all of their parts are shown only for values that are not
   * there.
   *
   * @param values what was filled in, by field
   */
  public static Set<String> unasked(
      List<FormSection> form, Function<String, Optional<Object>> values) {
    Set<String> hidden = new LinkedHashSet<>();
    Set<String> shown = new LinkedHashSet<>();
    for (FormSection section : form) {
      boolean applies =
          section.when().entrySet().stream()
              .allMatch(
                  when ->
                      values
                          .apply(when.getKey())
                          .map(String::valueOf)
                          .filter(when.getValue()::contains)
                          .isPresent());
      (applies ? shown : hidden).addAll(section.fields());
    }
    hidden.removeAll(shown);
    return hidden;
  }

  public List<FormSection> portalForm() {
    return definition.portalForm().isEmpty() ? definition.form() : definition.portalForm();
  }
}
