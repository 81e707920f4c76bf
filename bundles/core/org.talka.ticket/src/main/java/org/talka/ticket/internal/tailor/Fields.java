/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.ticket.internal.design.FieldDesign;
import org.talka.ticket.internal.design.OptionDesign;
import org.talka.ticket.internal.design.Setting;
import org.talka.ticket.internal.design.StateMoves;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.type.TicketType;

/** The fields of the desk's own, and what an administrator says of those that bundles declare. */
@Component(service = Fields.class)
public class Fields {
  /** What an index entry holds; a longer text could not be searched for as a whole. */
  private static final int TEXT_MAX = 250;

  private static final int MANY = 200;
  private static final int OPTIONS = 200;
  private static final int HELP_MAX = 300;

  private final Office office;
  private final Forms forms;
  private final StateMoves tickets;

  @Activate
  public Fields(@Reference Office office, @Reference Forms forms, @Reference StateMoves tickets) {
    this.office = office;
    this.forms = forms;
    this.tickets = tickets;
  }

  /**
   * The keys of all fields: those that every ticket has, declared ones, own ones; those that only a
   * setting names, too.
   */
  public List<String> keys() {
    office.require();
    Set<String> keys = new LinkedHashSet<>();
    BuiltIns.all().forEach(field -> keys.add(field.key()));
    keys.addAll(office.types().declared().fields().keySet());
    keys.addAll(office.designs().fields().keySet());
    return List.copyOf(keys);
  }

  public Optional<FieldDesign> design(String key) {
    return Optional.ofNullable(office.designs().fields().get(key));
  }

  /** As tickets have it; absent when nobody declares it any more. */
  public Optional<FieldDefinition> field(String key) {
    return BuiltIns.editable(key).or(() -> Optional.ofNullable(office.types().fields().get(key)));
  }

  public void mustExist(String key) {
    office.require();
    if (field(key).isEmpty() && design(key).isEmpty()) {
      throw DomainException.notFound("error.ticket.design.field-unknown");
    }
  }

  public long version(String key) {
    return office.version(key(key));
  }

  /** Returns its key. */
  public String create(FieldWishes wishes) {
    return office.write(
        () -> {
          Refusals refusals = new Refusals();
          Map<String, String> names = wishes.names() == null ? Map.of() : wishes.names();
          String key =
              wishes.key() == null || wishes.key().isBlank()
                  ? Keys.camel(names, "field", this::taken)
                  : wishes.key();
          if (!Keys.FIELD.matcher(key).matches()) {
            refusals.add("key", "error.ticket.design.key");
          } else if (taken(key)) {
            refusals.add("key", "error.ticket.design.key-taken", "key", key);
          }
          if (wishes.type() == null || !FieldDefinition.BUILT_IN_TYPES.contains(wishes.type())) {
            refusals.add(
                "type",
                "error.ticket.field.choice",
                "options",
                String.join(", ", FieldDefinition.BUILT_IN_TYPES.stream().sorted().toList()));
            refusals.raise();
          }
          if (own() >= MANY) {
            throw DomainException.conflict("error.ticket.design.too-many", "max", MANY);
          }
          FieldDesign blank =
              new FieldDesign(
                  key,
                  true,
                  wishes.type(),
                  List.of(),
                  List.of(),
                  Boolean.TRUE.equals(wishes.multiple()) && !wishes.type().equals("markdown"),
                  false,
                  "all",
                  wishes.type().equals("text") ? TEXT_MAX : 0,
                  false,
                  Map.of(),
                  Map.of());
          FieldDesign made = changed(blank, wishes, refusals);
          if (made.names().isEmpty()) {
            refusals.add("names", "error.ticket.field.required");
          }
          refusals.raise();
          office.save(key(key), 1, made);
          if (!"".equals(wishes.section())) {
            for (String type : made.on()) {
              forms.place(
                  type,
                  key,
                  Optional.ofNullable(wishes.section()),
                  Boolean.TRUE.equals(wishes.portal()) && made.audience().equals("all"));
            }
          }
          office.audit(
              "field.created",
              "field:" + key,
              Map.of("type", made.type(), "on", String.join(", ", made.on())));
          return key;
        });
  }

  /**
   * @param version the one that the client saw
   */
  public void change(String key, long version, FieldWishes wishes) {
    office.write(
        () -> {
          mustExist(key);
          FieldDesign before =
              office
                  .lock(key(key), version, FieldDesign.class)
                  .orElseGet(() -> FieldDesign.over(key));
          if (!before.own() && field(key).isEmpty()) {
            throw DomainException.conflict("error.ticket.design.field-gone", "field", key);
          }
          Refusals refusals = new Refusals();
          if (differs(wishes.key(), key)
              || differs(wishes.type(), field(key).map(FieldDefinition::type).orElse(null))) {
            refusals.add("type", "error.ticket.design.fixed");
          }
          if (BuiltIns.has(key) && !wishes.namesAlone()) {
            refusals.add("key", "error.ticket.design.built-in");
            refusals.raise();
          }
          FieldDesign after = changed(before, wishes, refusals);
          if (after.own() && after.names().isEmpty()) {
            refusals.add("names", "error.ticket.field.required");
          }
          refusals.raise();
          notDemanded(before, after);
          office.save(key(key), version + 1, after);
          office.audit("field.changed", "field:" + key, details(before, after));
          return null;
        });
  }

  /** An own field that nobody used goes; a declared one is again as its bundle says. */
  public void remove(String key) {
    office.write(
        () -> {
          mustExist(key);
          FieldDesign design =
              design(key)
                  .orElseThrow(
                      () -> DomainException.notFound("error.ticket.design.nothing", "key", key));
          if (design.own() && !office.types().declared().fields().containsKey(key)) {
            // long texts are in no index: whether one has a value can't be said
            if ("markdown".equals(design.type()) || tickets.anyWith(key)) {
              throw DomainException.conflict("error.ticket.design.field-used");
            }
            notDemanded(design, retired(design));
            forms.withdraw(key);
          }
          office.store().remove(key(key));
          office.audit("field.removed", "field:" + key, Map.of());
          return null;
        });
  }

  /** What the options are called, as far as an administrator said. */
  public static Map<String, OptionDesign> options(FieldDesign design) {
    Map<String, OptionDesign> options = new LinkedHashMap<>();
    design.options().forEach(option -> options.put(option.key(), option));
    return options;
  }

  private static Setting.Key key(String key) {
    return new Setting.Key(Setting.Kind.FIELD, key);
  }

  private long own() {
    return office.designs().fields().values().stream().filter(FieldDesign::own).count();
  }

  private boolean taken(String key) {
    return BuiltIns.has(key)
        || office.types().fields().containsKey(key)
        || office.designs().fields().containsKey(key)
        || key.equals("tag")
        || key.equals("watcher")
        || key.equals("fields")
        || key.equals("comment");
  }

  private static boolean differs(String wished, String is) {
    return wished != null && !wished.equals(is);
  }

  private FieldDesign changed(FieldDesign before, FieldWishes wishes, Refusals refusals) {
    String word = "field." + before.key();
    boolean unchosen = before.own() && "choice".equals(before.type()) && before.options().isEmpty();
    return new FieldDesign(
        before.key(),
        before.own(),
        before.type(),
        wishes.on() == null ? before.on() : on(before, wishes.on(), refusals),
        wishes.options() == null && !unchosen
            ? before.options()
            : options(before, wishes.options(), refusals),
        before.multiple(),
        wishes.required() == null ? before.required() : wishes.required(),
        wishes.audience() == null ? before.audience() : audience(before, wishes, refusals),
        wishes.max() == null ? before.max() : max(before, wishes.max(), refusals),
        wishes.retired() == null ? before.retired() : wishes.retired(),
        wishes.names() == null
            ? before.names()
            : office.names(wishes.names(), word, Office.NAME_MAX, "names", refusals),
        wishes.help() == null
            ? before.help()
            : office.names(wishes.help(), word + ".help", HELP_MAX, "help", refusals));
  }

  private List<String> on(FieldDesign before, List<String> wished, Refusals refusals) {
    List<String> on = new ArrayList<>();
    Set<String> declared =
        Optional.ofNullable(office.types().declared().fields().get(before.key()))
            .map(field -> Set.copyOf(field.on()))
            .orElse(Set.of());
    for (String type : wished) {
      // one that is gone may stay: its module may come back
      boolean known = office.types().find(type).isPresent() || before.on().contains(type);
      if (type == null || !known) {
        refusals.add("on", "error.ticket.type.none");
      } else if (!declared.contains(type) && !on.contains(type)) {
        on.add(type);
      }
    }
    if (on.isEmpty() && before.own()) {
      refusals.add("on", "error.ticket.field.required");
    }
    return on;
  }

  private static String audience(FieldDesign before, FieldWishes wishes, Refusals refusals) {
    if (!before.own()) {
      refusals.add("audience", "error.ticket.design.fixed");
    } else if (!Set.of("all", "agent").contains(wishes.audience())) {
      refusals.add("audience", "error.ticket.field.choice", "options", "all, agent");
    }
    return wishes.audience();
  }

  private static long max(FieldDesign before, long max, Refusals refusals) {
    long most =
        switch (String.valueOf(before.type())) {
          case "text" -> TEXT_MAX;
          case "markdown" -> BuiltIns.MARKDOWN_MAX;
          case "number" -> 1_000_000_000_000_000L;
          default -> 0;
        };
    if (!before.own() || max < 0 || max > most) {
      refusals.add("max", "error.ticket.field.range", "max", most);
    }
    return max == 0 && "text".equals(before.type()) ? TEXT_MAX : max;
  }

  private List<OptionDesign> options(
      FieldDesign before, List<OptionDesign> wished, Refusals refusals) {
    FieldDefinition declared = office.types().declared().fields().get(before.key());
    String type = before.own() ? before.type() : declared == null ? "" : declared.type();
    if (!"choice".equals(type)) {
      refusals.add("options", "error.ticket.design.no-choice");
      return before.options();
    }
    List<OptionDesign> options = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    List<OptionDesign> given = wished == null ? List.of() : wished;
    given.stream().filter(o -> o != null && o.key() != null).forEach(o -> keys.add(o.key()));
    if (given.size() > OPTIONS) {
      refusals.add("options", "error.ticket.field.too-many", "max", OPTIONS);
      return before.options();
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      options.add(option(before, given.get(i), "options[" + i + "]", keys, seen, refusals));
    }
    for (OptionDesign kept : before.options()) {
      boolean isDeclared = declared != null && declared.options().contains(kept.key());
      if (!isDeclared && !seen.contains(kept.key())) {
        refusals.add("options", "error.ticket.design.option-removed", "option", kept.key());
      }
    }
    boolean open =
        options.stream().anyMatch(option -> !option.retired())
            || declared != null && !seen.containsAll(declared.options());
    if (!open) {
      refusals.add("options", "error.ticket.design.option-none");
    }
    return options;
  }

  private OptionDesign option(
      FieldDesign before,
      OptionDesign wished,
      String path,
      Set<String> keys,
      Set<String> seen,
      Refusals refusals) {
    if (wished == null) {
      refusals.add(path, "error.ticket.field.required");
      return new OptionDesign("", Map.of(), true);
    }
    String key = wished.key();
    if (key == null || key.isBlank()) {
      key = Keys.camel(wished.names(), "option", keys::contains);
      keys.add(key);
    } else if (!Keys.PART.matcher(key).matches()) {
      refusals.add(path, "error.ticket.design.key");
    }
    if (!seen.add(key)) {
      refusals.add(path, "error.ticket.design.twice", "key", key);
    }
    String word = "field." + before.key() + "." + key;
    Map<String, String> names =
        office.names(wished.names(), word, Office.NAME_MAX, path + ".names", refusals);
    if (names.isEmpty() && office.declared(word).isEmpty()) {
      refusals.add(path + ".names", "error.ticket.field.required");
    }
    return new OptionDesign(key, names, wished.retired());
  }

  /** A field that a transition demands can't go: the way would be closed, or mean less. */
  private void notDemanded(FieldDesign before, FieldDesign after) {
    for (TicketType type : office.types().byKey().values()) {
      boolean had = type.fields().containsKey(after.key()) && !before.retired();
      boolean declared =
          Optional.ofNullable(office.types().declared().fields().get(after.key()))
              .filter(field -> field.on().contains(type.key()))
              .isPresent();
      boolean has = !after.retired() && (declared || after.on().contains(type.key()));
      if (had && !has && !type.missing()) {
        type.workflow().transitions().stream()
            .filter(transition -> transition.requires().contains(after.key()))
            .min(Comparator.comparing(WorkflowDefinition.Transition::key))
            .ifPresent(
                transition -> {
                  throw DomainException.conflict(
                      "error.ticket.design.field-needed",
                      "transition",
                      office.shown(
                          "transition." + type.workflow().key() + "." + transition.key(),
                          Map.of(),
                          transition.key()));
                });
      }
    }
  }

  private static FieldDesign retired(FieldDesign design) {
    return new FieldDesign(
        design.key(),
        design.own(),
        design.type(),
        design.on(),
        design.options(),
        design.multiple(),
        false,
        design.audience(),
        design.max(),
        true,
        design.names(),
        design.help());
  }

  private static Map<String, String> details(FieldDesign before, FieldDesign after) {
    Map<String, String> details = new LinkedHashMap<>();
    if (!before.names().equals(after.names())) {
      details.put("names", String.valueOf(after.names()));
    }
    if (before.required() != after.required()) {
      details.put("required", String.valueOf(after.required()));
    }
    if (before.retired() != after.retired()) {
      details.put("retired", String.valueOf(after.retired()));
    }
    if (!before.on().equals(after.on())) {
      details.put("on", String.join(", ", after.on()));
    }
    if (!before.options().equals(after.options())) {
      details.put(
          "options", String.join(", ", after.options().stream().map(OptionDesign::key).toList()));
    }
    return details;
  }
}
