/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FormSection;
import org.talka.ticket.internal.design.SectionDesign;
import org.talka.ticket.internal.design.Setting;
import org.talka.ticket.internal.design.TypeDesign;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.type.Declared;
import org.talka.ticket.internal.type.TicketType;

/** Which fields the forms of ticket types show, in what order and parts. */
@Component(service = Forms.class)
public class Forms {
  private static final int SECTIONS = 20;

  private final Office office;

  @Activate
  public Forms(@Reference Office office) {
    this.office = office;
  }

  /** A form as an administrator gives it. */
  List<SectionDesign> read(
      String type, List<SectionDesign> given, String path, boolean portal, Refusals refusals) {
    if (given.size() > SECTIONS) {
      refusals.add(path, "error.ticket.field.too-many", "max", SECTIONS);
      return List.of();
    }
    Set<String> keys = new HashSet<>();
    given.stream().filter(s -> s != null && s.key() != null).forEach(s -> keys.add(s.key()));
    Set<String> sections = new HashSet<>();
    Set<String> placed = new HashSet<>();
    List<SectionDesign> form = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      SectionDesign section = given.get(i);
      String at = path + "[" + i + "]";
      if (section == null) {
        refusals.add(at, "error.ticket.field.required");
        continue;
      }
      SectionDesign read = section(type, section, at, keys, refusals);
      if (!sections.add(read.key())) {
        refusals.add(at, "error.ticket.design.twice", "key", read.key());
      }
      for (String field : read.fields()) {
        if (!usable(type, field)) {
          refusals.add(at, "error.ticket.design.form-field-gone", "field", shown(field));
        } else if (!placed.add(field)) {
          refusals.add(at, "error.ticket.design.form-twice", "field", label(field));
        }
      }
      form.add(read);
    }
    if (!form.isEmpty()) {
      complete(type, placed, path, portal, refusals);
    }
    return form;
  }

  private SectionDesign section(
      String type, SectionDesign given, String path, Set<String> keys, Refusals refusals) {
    String key = given.key();
    if (key == null || key.isBlank()) {
      key = Keys.kebab(given.names(), "part", keys::contains);
      keys.add(key);
    } else if (!Keys.PART.matcher(key).matches()) {
      refusals.add(path, "error.ticket.design.key");
    }
    Map<String, String> names =
        office.names(
            given.names(), "form." + type + "." + key, Office.NAME_MAX, path + ".names", refusals);
    for (String field : given.when().keySet()) {
      if (!usable(type, field)) {
        refusals.add(path + ".when", "error.ticket.design.form-field-gone", "field", shown(field));
      }
    }
    return new SectionDesign(key, names, given.fields(), given.when());
  }

  /** What a ticket can't be saved without must be somewhere in the form. */
  private void complete(
      String type, Set<String> placed, String path, boolean portal, Refusals refusals) {
    if (!placed.contains("subject")) {
      refusals.add(path, "error.ticket.design.form-needs", "field", label("subject"));
    }
    if (portal) {
      return;
    }
    office
        .types()
        .find(type)
        .ifPresent(
            known ->
                known.fields().values().stream()
                    .filter(field -> field.required() && !field.readOnly())
                    .filter(field -> known.editable().contains(field.key()))
                    .filter(field -> !placed.contains(field.key()))
                    .forEach(
                        field ->
                            refusals.add(
                                path,
                                "error.ticket.design.form-needs",
                                "field",
                                label(field.key()))));
  }

  private boolean usable(String type, String field) {
    return BuiltIns.editable(field).isPresent()
        || office
            .types()
            .find(type)
            .map(TicketType::editable)
            .filter(editable -> editable.contains(field))
            .isPresent();
  }

  private String label(String field) {
    return office.shown(
        "field." + field,
        Optional.ofNullable(office.designs().fields().get(field))
            .map(design -> design.names())
            .orElse(Map.of()),
        field);
  }

  private static String shown(String field) {
    return field == null ? "" : field.length() > 80 ? field.substring(0, 80) : field;
  }

  /** Shows a new field at the end of a section; in the last one when there is no such section. */
  void place(String type, String field, Optional<String> section, boolean portal) {
    office.follow(
        new Setting.Key(Setting.Kind.TYPE, type),
        TypeDesign.over(type),
        TypeDesign.class,
        design -> placed(design, field, section, portal));
  }

  private TypeDesign placed(
      TypeDesign design, String field, Optional<String> section, boolean portal) {
    Optional<Declared.Type> declared =
        Optional.ofNullable(office.types().declared().types().get(design.key()));
    List<FormSection> base = declared.map(d -> d.definition().form()).orElse(List.of());
    TypeDesign placed =
        design.withForm(
            with(current(design.form(), design.key(), false), field, section),
            design.form().isEmpty() ? base : design.baseForm());
    List<SectionDesign> portalForm = current(design.portalForm(), design.key(), true);
    // without a form of its own the portal shows the whole form, with the field in it already
    if (!portal || portalForm.isEmpty()) {
      return placed;
    }
    List<FormSection> basePortal = declared.map(d -> d.definition().portalForm()).orElse(List.of());
    return placed.withPortalForm(
        with(portalForm, field, section),
        design.portalForm().isEmpty() ? basePortal : design.basePortalForm());
  }

  private List<SectionDesign> current(List<SectionDesign> design, String type, boolean portal) {
    if (!design.isEmpty()) {
      return design;
    }
    return office
        .types()
        .find(type)
        .map(known -> portal ? known.definition().portalForm() : known.definition().form())
        .orElse(List.of())
        .stream()
        .map(SectionDesign::of)
        .toList();
  }

  private static List<SectionDesign> with(
      List<SectionDesign> form, String field, Optional<String> section) {
    List<SectionDesign> after = new ArrayList<>(form);
    int at = after.size() - 1;
    for (int i = 0; i < after.size(); i++) {
      if (section.filter(after.get(i).key()::equals).isPresent()) {
        at = i;
      }
    }
    if (at < 0) {
      after.add(new SectionDesign("main", Map.of(), List.of("subject", field), Map.of()));
      return after;
    }
    SectionDesign before = after.get(at);
    List<String> fields = new ArrayList<>(before.fields());
    fields.add(field);
    after.set(at, new SectionDesign(before.key(), before.names(), fields, before.when()));
    return after;
  }

  /** Takes a field that goes for ever out of all forms. */
  void withdraw(String field) {
    for (String type : office.designs().types().keySet()) {
      office.follow(
          new Setting.Key(Setting.Kind.TYPE, type),
          TypeDesign.over(type),
          TypeDesign.class,
          design ->
              design
                  .withForm(without(design.form(), field), design.baseForm())
                  .withPortalForm(without(design.portalForm(), field), design.basePortalForm()));
    }
  }

  private static List<SectionDesign> without(List<SectionDesign> form, String field) {
    return form.stream()
        .map(
            section ->
                new SectionDesign(
                    section.key(),
                    section.names(),
                    section.fields().stream().filter(name -> !name.equals(field)).toList(),
                    section.when()))
        .filter(section -> !section.fields().isEmpty())
        .toList();
  }

  /** Fields that may be in a type's forms. */
  public List<FieldDefinition> usable(TicketType type) {
    List<FieldDefinition> fields = new ArrayList<>(BuiltIns.all());
    type.fields().values().stream()
        .filter(field -> type.editable().contains(field.key()))
        .forEach(fields::add);
    return fields;
  }
}
