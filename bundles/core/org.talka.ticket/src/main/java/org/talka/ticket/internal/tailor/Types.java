/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.StateCategory;
import org.talka.ticket.internal.design.FieldDesign;
import org.talka.ticket.internal.design.PublishedWorkflow;
import org.talka.ticket.internal.design.SectionDesign;
import org.talka.ticket.internal.design.Setting;
import org.talka.ticket.internal.design.StateMoves;
import org.talka.ticket.internal.design.TypeDesign;
import org.talka.ticket.internal.design.WorkflowDesign;
import org.talka.ticket.internal.design.WorkflowDesign.StateDesign;
import org.talka.ticket.internal.design.WorkflowDesign.TransitionDesign;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.type.Declared;
import org.talka.ticket.internal.type.TicketType;

/** The ticket types of the desk's own, and what an administrator says of those of bundles. */
@Component(service = Types.class)
public class Types {
  private static final Pattern ICON = Pattern.compile("[a-z-]{1,30}");
  private static final String CORE = "core";
  private static final int MANY = 50;

  private final Office office;
  private final Forms forms;
  private final StateMoves tickets;

  @Activate
  public Types(@Reference Office office, @Reference Forms forms, @Reference StateMoves tickets) {
    this.office = office;
    this.forms = forms;
    this.tickets = tickets;
  }

  /** The keys of all types, own ones last; those that only a setting names, too. */
  public List<String> keys() {
    office.require();
    Set<String> keys = new LinkedHashSet<>(office.types().byKey().keySet());
    keys.addAll(office.designs().types().keySet());
    return List.copyOf(keys);
  }

  public Optional<TypeDesign> design(String key) {
    return Optional.ofNullable(office.designs().types().get(key));
  }

  public Optional<TicketType> type(String key) {
    return office.types().find(key);
  }

  public void mustExist(String key) {
    office.require();
    if (type(key).isEmpty() && design(key).isEmpty()) {
      throw DomainException.notFound("error.ticket.type.none");
    }
  }

  public long version(String key) {
    return office.version(key(key));
  }

  /** Returns its key. */
  public String create(TypeWishes wishes) {
    return office.write(
        () -> {
          Refusals refusals = new Refusals();
          Map<String, String> given = wishes.names() == null ? Map.of() : wishes.names();
          String key =
              wishes.key() == null || wishes.key().isBlank()
                  ? Keys.kebab(given, "type", this::taken)
                  : wishes.key();
          if (!Keys.TYPE.matcher(key).matches()) {
            refusals.add("key", "error.ticket.design.key");
          } else if (taken(key)) {
            refusals.add("key", "error.ticket.design.key-taken", "key", key);
          }
          String prefix = wishes.prefix() == null ? "" : wishes.prefix();
          if (!Keys.PREFIX.matcher(prefix).matches()) {
            refusals.add("prefix", "error.ticket.design.prefix");
          } else if (prefixes().contains(prefix)) {
            refusals.add("prefix", "error.ticket.design.key-taken", "key", prefix);
          }
          Optional<TicketType> source = Optional.empty();
          if (wishes.copyOf() != null && !wishes.copyOf().isBlank()) {
            source = type(wishes.copyOf());
            if (source.isEmpty()) {
              refusals.add("copyOf", "error.ticket.type.none");
            }
          }
          refusals.raise();
          if (own() >= MANY) {
            throw DomainException.conflict("error.ticket.design.too-many", "max", MANY);
          }
          TypeDesign blank =
              new TypeDesign(
                  key,
                  true,
                  prefix,
                  icon(wishes, source, refusals),
                  Boolean.TRUE.equals(wishes.portal()),
                  false,
                  Map.of(),
                  Map.of(),
                  source.map(type -> copy(type, type.definition().form())).orElseGet(this::form),
                  source
                      .map(type -> copy(type, type.definition().portalForm()))
                      .orElseGet(this::portalForm),
                  List.of(),
                  List.of());
          TypeDesign made = named(blank, wishes, refusals);
          if (made.names().isEmpty()) {
            refusals.add("names", "error.ticket.field.required");
          }
          refusals.raise();
          source.ifPresent(type -> shareFields(type, key));
          office.save(key(key), 1, made);
          office
              .store()
              .add(
                  new PublishedWorkflow(
                      key,
                      nextVersion(key),
                      CORE,
                      source.map(this::copyWorkflow).orElseGet(this::workflow),
                      Optional.empty(),
                      "",
                      office.now(),
                      office.name(),
                      Optional.empty()));
          office.audit(
              "type.created",
              "type:" + key,
              Map.of("prefix", prefix, "copyOf", source.map(TicketType::key).orElse("")));
          return key;
        });
  }

  /**
   * @param version the one that the client saw
   */
  public void change(String key, long version, TypeWishes wishes) {
    office.write(
        () -> {
          mustExist(key);
          TypeDesign before =
              office
                  .lock(key(key), version, TypeDesign.class)
                  .orElseGet(() -> TypeDesign.over(key));
          if (type(key).isEmpty()) {
            throw DomainException.conflict("error.ticket.design.type-gone", "type", key);
          }
          Refusals refusals = new Refusals();
          boolean fixed =
              wishes.copyOf() != null
                  || wishes.key() != null && !wishes.key().equals(key)
                  || wishes.prefix() != null
                      && !wishes.prefix().equals(type(key).get().definition().prefix());
          if (fixed) {
            refusals.add("key", "error.ticket.design.fixed");
          }
          TypeDesign after = formed(named(before, wishes, refusals), wishes, refusals);
          refusals.raise();
          office.save(key(key), version + 1, after);
          office.audit("type.changed", "type:" + key, details(before, after));
          return null;
        });
  }

  /** An own type without tickets goes; a declared one is again as its bundle says. */
  public void remove(String key) {
    office.write(
        () -> {
          mustExist(key);
          TypeDesign design =
              design(key)
                  .orElseThrow(
                      () -> DomainException.notFound("error.ticket.design.nothing", "key", key));
          if (design.own() && !office.types().declared().types().containsKey(key)) {
            if (tickets.any(key)) {
              throw DomainException.conflict("error.ticket.design.type-used");
            }
            office.store().forget(key);
            office.store().remove(new Setting.Key(Setting.Kind.WORKFLOW, key));
          }
          office.store().remove(key(key));
          office.audit("type.removed", "type:" + key, Map.of());
          return null;
        });
  }

  private static Setting.Key key(String key) {
    return new Setting.Key(Setting.Kind.TYPE, key);
  }

  private int nextVersion(String key) {
    return office.store().versions(key).stream().mapToInt(PublishedWorkflow::number).max().orElse(0)
        + 1;
  }

  private long own() {
    return office.designs().types().values().stream().filter(TypeDesign::own).count();
  }

  /** A workflow of that name would be mixed up with the type's own. */
  private boolean taken(String key) {
    return office.types().byKey().containsKey(key)
        || office.designs().types().containsKey(key)
        || office.designs().workflows().containsKey(key)
        || office.types().byKey().values().stream()
            .anyMatch(type -> type.workflow().key().equals(key));
  }

  private Set<String> prefixes() {
    Set<String> prefixes = new LinkedHashSet<>();
    office.types().byKey().values().forEach(type -> prefixes.add(type.definition().prefix()));
    office.designs().types().values().stream()
        .filter(TypeDesign::own)
        .forEach(type -> prefixes.add(type.prefix()));
    return prefixes;
  }

  private static String icon(TypeWishes wishes, Optional<TicketType> source, Refusals refusals) {
    String icon =
        wishes.icon() == null
            ? source.map(type -> type.definition().icon()).orElse("list")
            : wishes.icon();
    if (icon == null || !ICON.matcher(icon).matches()) {
      refusals.add("icon", "error.ticket.design.key");
    }
    return icon;
  }

  private TypeDesign named(TypeDesign before, TypeWishes wishes, Refusals refusals) {
    String word = "type." + before.key();
    if (wishes.icon() != null && !before.own()) {
      refusals.add("icon", "error.ticket.design.fixed");
    }
    return new TypeDesign(
        before.key(),
        before.own(),
        before.prefix(),
        before.own() && wishes.icon() != null
            ? icon(wishes, Optional.empty(), refusals)
            : before.icon(),
        wishes.portal() == null ? before.portal() : wishes.portal(),
        wishes.retired() == null ? before.retired() : wishes.retired(),
        wishes.names() == null
            ? before.names()
            : office.names(wishes.names(), word, Office.NAME_MAX, "names", refusals),
        wishes.plurals() == null
            ? before.plurals()
            : office.names(
                wishes.plurals(), word + ".plural", Office.NAME_MAX, "plurals", refusals),
        before.form(),
        before.portalForm(),
        before.baseForm(),
        before.basePortalForm());
  }

  private TypeDesign formed(TypeDesign before, TypeWishes wishes, Refusals refusals) {
    Optional<Declared.Type> declared =
        Optional.ofNullable(office.types().declared().types().get(before.key()));
    TypeDesign after = before;
    if (wishes.form() != null) {
      List<SectionDesign> form = forms.read(before.key(), wishes.form(), "form", false, refusals);
      if (form.isEmpty() && before.own()) {
        refusals.add("form", "error.ticket.field.required");
      }
      after =
          after.withForm(form, declared.map(type -> type.definition().form()).orElse(List.of()));
    }
    if (wishes.portalForm() != null) {
      after =
          after.withPortalForm(
              forms.read(before.key(), wishes.portalForm(), "portalForm", true, refusals),
              declared.map(type -> type.definition().portalForm()).orElse(List.of()));
    }
    return after;
  }

  /** The fields of the original, without those that only its module sets. */
  private void shareFields(TicketType source, String key) {
    for (String field : source.editable()) {
      if (!source.fields().get(field).readOnly()) {
        office.follow(
            new Setting.Key(Setting.Kind.FIELD, field),
            FieldDesign.over(field),
            FieldDesign.class,
            design -> design.alsoOn(key));
      }
    }
  }

  private List<SectionDesign> copy(TicketType source, List<FormSection> form) {
    TypeDesign design = design(source.key()).orElseGet(() -> TypeDesign.over(source.key()));
    Map<String, Map<String, String>> names = new LinkedHashMap<>();
    design.portalForm().forEach(section -> names.put(section.key(), section.names()));
    design.form().forEach(section -> names.put(section.key(), section.names()));
    return form.stream()
        .map(
            section ->
                new SectionDesign(
                    section.key(),
                    office.names(
                        "form." + source.key() + "." + section.key(),
                        names.getOrDefault(section.key(), Map.of())),
                    section.fields().stream()
                        .filter(
                            field ->
                                !source.fields().containsKey(field)
                                    || !source.fields().get(field).readOnly())
                        .toList(),
                    section.when()))
        .toList();
  }

  private WorkflowDesign copyWorkflow(TicketType source) {
    String key = source.workflow().key();
    Optional<WorkflowDesign> design =
        Optional.ofNullable(office.designs().workflows().get(key)).map(PublishedWorkflow::design);
    WorkflowDesign plain = WorkflowDesign.of(source.workflow());
    return new WorkflowDesign(
        plain.initial(),
        plain.states().stream()
            .map(
                state -> {
                  Optional<StateDesign> drawn = design.flatMap(d -> d.state(state.key()));
                  return new StateDesign(
                      state.key(),
                      state.category(),
                      office.names(
                          "state." + key + "." + state.key(),
                          drawn.map(StateDesign::names).orElse(Map.of())),
                      drawn.map(StateDesign::x).orElse(null),
                      drawn.map(StateDesign::y).orElse(null));
                })
            .toList(),
        plain.transitions().stream()
            .map(
                way ->
                    new TransitionDesign(
                        way.key(),
                        office.names(
                            "transition." + key + "." + way.key(),
                            design
                                .flatMap(d -> d.transition(way.key()))
                                .map(TransitionDesign::names)
                                .orElse(Map.of())),
                        way.from(),
                        way.to(),
                        way.requires(),
                        way.permission(),
                        way.comment(),
                        way.requester(),
                        way.guards()))
            .toList());
  }

  /** What a type from nothing begins with. */
  private WorkflowDesign workflow() {
    return new WorkflowDesign(
        "new",
        List.of(
            state("new", StateCategory.NEW),
            state("in-progress", StateCategory.ACTIVE),
            state("done", StateCategory.RESOLVED)),
        List.of(
            way("start", List.of("new"), "in-progress", "none"),
            way("finish", List.of("new", "in-progress"), "done", "optional"),
            way("reopen", List.of("done"), "in-progress", "optional")));
  }

  private StateDesign state(String key, StateCategory category) {
    return new StateDesign(key, category, office.declared("design.state." + key), null, null);
  }

  private TransitionDesign way(String key, List<String> from, String to, String comment) {
    return new TransitionDesign(
        key,
        office.declared("design.transition." + key),
        from,
        to,
        List.of(),
        null,
        comment,
        false,
        List.of());
  }

  private List<SectionDesign> form() {
    return List.of(
        section("what", List.of("subject", "description", "requester", "impact", "urgency")),
        section("who", List.of("team", "assignee", "tags")));
  }

  private List<SectionDesign> portalForm() {
    return List.of(section("what", List.of("subject", "description")));
  }

  private SectionDesign section(String key, List<String> fields) {
    return new SectionDesign(key, office.declared("design.section." + key), fields, Map.of());
  }

  private static Map<String, String> details(TypeDesign before, TypeDesign after) {
    Map<String, String> details = new LinkedHashMap<>();
    if (!before.names().equals(after.names())) {
      details.put("names", String.valueOf(after.names()));
    }
    if (before.retired() != after.retired()) {
      details.put("retired", String.valueOf(after.retired()));
    }
    if (!before.form().equals(after.form())) {
      details.put("form", "changed");
    }
    if (!before.portalForm().equals(after.portalForm())) {
      details.put("portalForm", "changed");
    }
    return details;
  }
}
