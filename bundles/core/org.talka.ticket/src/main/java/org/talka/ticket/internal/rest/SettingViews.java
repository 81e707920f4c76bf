/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FormSection;
import org.talka.ticket.internal.design.FieldDesign;
import org.talka.ticket.internal.design.OptionDesign;
import org.talka.ticket.internal.design.SectionDesign;
import org.talka.ticket.internal.design.Setting;
import org.talka.ticket.internal.design.TypeDesign;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.tailor.Fields;
import org.talka.ticket.internal.tailor.Forms;
import org.talka.ticket.internal.tailor.Office;
import org.talka.ticket.internal.tailor.Types;
import org.talka.ticket.internal.type.TicketType;

/** Puts what administrators set into the form that clients get. */
@Component(service = SettingViews.class)
public class SettingViews {
  /** What a text may name by its key; a step by its workflow's key and its own. */
  private static final Set<String> NAMED = Set.of("field", "type", "transition");

  private final Office office;
  private final Fields fields;
  private final Forms forms;
  private final Types types;
  private final TicketReader reader;
  private final Translator translator;

  @Activate
  public SettingViews(
      @Reference Office office,
      @Reference Fields fields,
      @Reference Forms forms,
      @Reference Types types,
      @Reference TicketReader reader,
      @Reference Translator translator) {
    this.office = office;
    this.fields = fields;
    this.forms = forms;
    this.types = types;
    this.reader = reader;
    this.translator = translator;
  }

  /** A refusal or remark, with names in place of the keys that it may carry. */
  String words(Text text) {
    Locale locale = reader.caller().locale();
    Map<String, String> args = new LinkedHashMap<>(text.args());
    args.replaceAll(
        (name, value) -> NAMED.contains(name) ? name(name + "." + value, value, locale) : value);
    return translator.translate(new Text(text.key(), args), locale);
  }

  private String name(String key, String otherwise, Locale locale) {
    String name = translator.translate(Text.of(key), locale);
    return name.equals(key) ? otherwise : name;
  }

  /** All fields, their versions read at once. */
  List<FieldSettingView> allFields() {
    Map<String, Long> versions = office.versions(Setting.Kind.FIELD);
    return fields.keys().stream().map(key -> field(key, versions.getOrDefault(key, 0L))).toList();
  }

  /** All types, their versions read at once. */
  List<TypeSettingView> allTypes() {
    Map<String, Long> versions = office.versions(Setting.Kind.TYPE);
    return types.keys().stream().map(key -> type(key, versions.getOrDefault(key, 0L))).toList();
  }

  FieldSettingView field(String key) {
    return field(key, fields.version(key));
  }

  private FieldSettingView field(String key, long version) {
    FieldDesign design = fields.design(key).orElseGet(() -> FieldDesign.over(key));
    Optional<FieldDefinition> declared = office.declaredField(key);
    Optional<FieldDefinition> now = fields.field(key);
    String word = "field." + key;
    return new FieldSettingView(
        key,
        declared.isEmpty() && design.own(),
        BuiltIns.has(key),
        office.moduleOf(key),
        now.map(FieldDefinition::type).orElse(design.type()),
        now.map(FieldDefinition::on).orElse(design.on()),
        declared.map(FieldDefinition::on).orElse(List.of()),
        options(design, declared),
        now.map(FieldDefinition::multiple).orElse(design.multiple()),
        now.map(FieldDefinition::required).orElse(design.required()) || design.required(),
        declared.filter(FieldDefinition::required).isPresent(),
        declared.filter(FieldDefinition::readOnly).isPresent(),
        now.map(FieldDefinition::audience).orElse(design.audience()),
        now.map(FieldDefinition::max).orElse(design.max()),
        design.retired(),
        now.isEmpty(),
        office.names(word, design.names()),
        office.names(word + ".help", design.help()),
        office.troubles(Setting.Kind.FIELD, key).stream().map(this::words).toList(),
        version);
  }

  private List<FieldSettingView.Option> options(
      FieldDesign design, Optional<FieldDefinition> declared) {
    Map<String, OptionDesign> options = new LinkedHashMap<>(Fields.options(design));
    List<String> known =
        declared
            .filter(d -> d.type().equals("choice"))
            .map(FieldDefinition::options)
            .orElse(List.of());
    known.forEach(key -> options.putIfAbsent(key, new OptionDesign(key, Map.of(), false)));
    List<FieldSettingView.Option> views = new ArrayList<>();
    options
        .values()
        .forEach(
            option ->
                views.add(
                    new FieldSettingView.Option(
                        option.key(),
                        office.names("field." + design.key() + "." + option.key(), option.names()),
                        option.retired(),
                        known.contains(option.key()))));
    return views;
  }

  TypeSettingView type(String key) {
    return type(key, types.version(key));
  }

  private TypeSettingView type(String key, long version) {
    TypeDesign design = types.design(key).orElseGet(() -> TypeDesign.over(key));
    Optional<TicketType> now = types.type(key);
    String word = "type." + key;
    return new TypeSettingView(
        key,
        design.own() && office.declaredModule(key).isEmpty(),
        now.map(TicketType::module).orElse("core"),
        now.filter(TicketType::missing).isPresent(),
        now.isEmpty(),
        now.map(type -> type.definition().prefix()).orElse(design.prefix()),
        now.map(type -> type.definition().icon()).orElse(design.icon()),
        now.filter(type -> type.definition().portal()).isPresent(),
        design.retired(),
        office.names(word, design.names()),
        office.names(word + ".plural", design.plurals()),
        now.map(type -> type.workflow().key()).orElse(key),
        !design.form().isEmpty(),
        !design.portalForm().isEmpty(),
        form(key, design.form(), now.map(type -> type.definition().form()).orElse(List.of())),
        form(
            key,
            design.portalForm(),
            now.map(type -> type.definition().portalForm()).orElse(List.of())),
        now.map(type -> forms.usable(type).stream().map(FieldDefinition::key).toList())
            .orElse(List.of()),
        office.troubles(Setting.Kind.TYPE, key).stream().map(this::words).toList(),
        version);
  }

  private List<TypeSettingView.Section> form(
      String type, List<SectionDesign> design, List<FormSection> now) {
    Map<String, Map<String, String>> names = new LinkedHashMap<>();
    design.forEach(section -> names.put(section.key(), section.names()));
    return now.stream()
        .map(
            section ->
                new TypeSettingView.Section(
                    section.key(),
                    office.names(
                        "form." + type + "." + section.key(),
                        names.getOrDefault(section.key(), Map.of())),
                    section.fields(),
                    section.when()))
        .toList();
  }
}
