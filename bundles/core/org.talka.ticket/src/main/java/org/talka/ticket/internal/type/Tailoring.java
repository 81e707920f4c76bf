/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.api.text.Text;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.TicketTypeDefinition;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.ticket.internal.design.Designs;
import org.talka.ticket.internal.design.FieldDesign;
import org.talka.ticket.internal.design.PublishedWorkflow;
import org.talka.ticket.internal.design.Setting;
import org.talka.ticket.internal.design.Setting.Kind;
import org.talka.ticket.internal.design.TypeDesign;
import org.talka.ticket.internal.design.WorkflowDesign;
import org.talka.ticket.internal.model.BuiltIns;

/**
 * Lays what administrators designed over what bundles declare. The declarations stay as they are;
 * what a design names and nobody declares any more has no effect and is told of. Used once.
 */
final class Tailoring {
  private static final String CORE = "core";

  private final Declared declared;
  private final Set<String> live;
  private final Designs designs;
  private final Map<String, FieldDefinition> fields = new LinkedHashMap<>();
  private final Map<String, TicketType> types = new LinkedHashMap<>();
  private final Set<Trouble> troubles = new LinkedHashSet<>();

  /**
   * @param live keys of fields whose bundle is here
   */
  Tailoring(Declared declared, Set<String> live, Designs designs) {
    this.declared = declared;
    this.live = live;
    this.designs = designs;
    fields();
    types();
  }

  Map<String, FieldDefinition> allFields() {
    return Collections.unmodifiableMap(fields);
  }

  Map<String, TicketType> allTypes() {
    return Collections.unmodifiableMap(types);
  }

  List<Trouble> troubles() {
    return List.copyOf(troubles);
  }

  private void fields() {
    declared
        .fields()
        .forEach(
            (key, field) -> {
              FieldDesign design = designs.fields().get(key);
              fields.put(key, design == null ? field : design.over(field));
            });
    for (FieldDesign design : designs.fields().values()) {
      boolean known = declared.fields().containsKey(design.key()) || BuiltIns.has(design.key());
      if (known && design.own()) {
        trouble(Kind.FIELD, design.key(), "error.ticket.design.taken", "key", design.key());
      } else if (!known && design.own()) {
        fields.put(design.key(), design.definition());
      } else if (!known) {
        trouble(Kind.FIELD, design.key(), "error.ticket.design.field-gone", "field", design.key());
      }
    }
  }

  private void types() {
    declared.types().values().forEach(this::declaredType);
    for (TypeDesign design : designs.types().values()) {
      boolean known = declared.types().containsKey(design.key());
      if (known && design.own()) {
        trouble(Kind.TYPE, design.key(), "error.ticket.design.taken", "key", design.key());
      } else if (!known && design.own()) {
        ownType(design);
      } else if (!known) {
        trouble(Kind.TYPE, design.key(), "error.ticket.design.type-gone", "type", design.key());
      }
    }
    for (FieldDesign design : designs.fields().values()) {
      design.on().stream()
          .filter(type -> !types.containsKey(type))
          .forEach(
              type ->
                  trouble(Kind.FIELD, design.key(), "error.ticket.design.type-gone", "type", type));
    }
    for (PublishedWorkflow workflow : designs.workflows().values()) {
      boolean used =
          types.values().stream()
              .anyMatch(
                  type ->
                      type.workflow().key().equals(workflow.workflow())
                          && type.module().equals(workflow.module()));
      if (!used) {
        trouble(
            Kind.WORKFLOW,
            workflow.workflow(),
            "error.ticket.design.workflow-gone",
            "workflow",
            workflow.workflow());
      }
    }
  }

  private void declaredType(Declared.Type type) {
    TypeDesign design = designs.types().get(type.definition().key());
    WorkflowDefinition workflow = workflow(type);
    boolean retired = design != null && design.retired();
    TicketTypeDefinition definition =
        design == null ? type.definition() : design.over(type.definition());
    join(definition, workflow, type.module(), type.missing(), retired);
  }

  private WorkflowDefinition workflow(Declared.Type type) {
    PublishedWorkflow published = designs.workflows().get(type.workflow().key());
    if (published == null || !published.module().equals(type.module())) {
      return type.workflow();
    }
    WorkflowDesign now = WorkflowDesign.of(type.workflow());
    WorkflowDesign merged =
        published
            .base()
            .map(base -> published.design().withAdditions(base, now))
            .orElse(published.design());
    return merged.definition(type.workflow().key());
  }

  private void ownType(TypeDesign design) {
    PublishedWorkflow workflow = designs.workflows().get(design.key());
    if (workflow == null) {
      trouble(Kind.TYPE, design.key(), "error.ticket.design.workflow-none", "type", design.key());
      return;
    }
    join(
        design.definition(),
        workflow.design().definition(design.key()),
        CORE,
        false,
        design.retired());
  }

  private void join(
      TicketTypeDefinition definition,
      WorkflowDefinition workflow,
      String module,
      boolean missing,
      boolean retired) {
    Map<String, FieldDefinition> own = new LinkedHashMap<>();
    Set<String> editable = new LinkedHashSet<>();
    Set<String> retiredFields = new LinkedHashSet<>();
    for (FieldDefinition field : fields.values()) {
      if (field.on().contains(definition.key())) {
        own.put(field.key(), field);
        if (retired(field.key())) {
          retiredFields.add(field.key());
        } else if (here(field.key())) {
          editable.add(field.key());
        }
      }
    }
    Usable usable = new Usable(definition.key(), own, editable);
    types.put(
        definition.key(),
        new TicketType(
            new TicketTypeDefinition(
                definition.key(),
                definition.prefix(),
                definition.icon(),
                definition.workflow(),
                definition.portal(),
                missing ? definition.form() : form(definition.form(), usable),
                missing ? definition.portalForm() : form(definition.portalForm(), usable)),
            missing ? workflow : guards(workflow, usable),
            module,
            missing,
            Collections.unmodifiableMap(own),
            Collections.unmodifiableSet(editable),
            Collections.unmodifiableSet(retiredFields),
            retired));
  }

  /** Which fields a type's forms and transitions can ask for. */
  private record Usable(String type, Map<String, FieldDefinition> own, Set<String> editable) {
    boolean has(String field) {
      return BuiltIns.has(field) || editable.contains(field);
    }
  }

  /** Without the fields that nobody can fill in. */
  private List<FormSection> form(List<FormSection> form, Usable usable) {
    List<FormSection> sections = new ArrayList<>();
    for (FormSection section : form) {
      List<String> shown = new ArrayList<>();
      for (String field : section.fields()) {
        if (usable.has(field)) {
          shown.add(field);
        } else if (!retired(field)) {
          formTrouble(usable.type(), field);
        }
      }
      if (!shown.isEmpty()) {
        sections.add(new FormSection(section.key(), shown, section.when()));
      }
    }
    return List.copyOf(sections);
  }

  private void formTrouble(String type, String field) {
    if (designs.types().containsKey(type)) {
      trouble(Kind.TYPE, type, "error.ticket.design.form-field-gone", "field", field);
    }
  }

  /** What can't be filled in can't be demanded either: the way would be closed for ever. */
  private WorkflowDefinition guards(WorkflowDefinition workflow, Usable usable) {
    List<WorkflowDefinition.Transition> open = new ArrayList<>();
    for (WorkflowDefinition.Transition transition : workflow.transitions()) {
      List<String> requires =
          transition.requires().stream()
              .filter(field -> usable.has(field) || usable.own().containsKey(field) && code(field))
              .toList();
      if (requires.size() < transition.requires().size()) {
        transition.requires().stream()
            .filter(field -> !requires.contains(field))
            .forEach(
                field ->
                    trouble(
                        Kind.WORKFLOW,
                        workflow.key(),
                        "error.ticket.design.guard-gone",
                        "transition",
                        workflow.key() + "." + transition.key(),
                        "field",
                        field));
      }
      open.add(
          new WorkflowDefinition.Transition(
              transition.key(),
              transition.from(),
              transition.to(),
              requires,
              transition.permission(),
              transition.comment(),
              transition.requester(),
              transition.guards()));
    }
    return new WorkflowDefinition(workflow.key(), workflow.initial(), workflow.states(), open);
  }

  /** Whether only code sets the field, as its bundle declares. */
  private boolean code(String field) {
    return Optional.ofNullable(declared.fields().get(field))
        .filter(FieldDefinition::readOnly)
        .isPresent();
  }

  private boolean retired(String field) {
    return Optional.ofNullable(designs.fields().get(field))
        .filter(FieldDesign::retired)
        .isPresent();
  }

  private boolean here(String field) {
    return live.contains(field) || !declared.fields().containsKey(field);
  }

  private void trouble(Kind kind, String name, String key, Object... namesAndValues) {
    troubles.add(new Trouble(new Setting.Key(kind, name), Text.of(key, namesAndValues)));
  }
}
