/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.cmdb.internal.Folded;
import org.talka.cmdb.internal.graph.Edge;
import org.talka.cmdb.internal.graph.RelationStore;
import org.talka.cmdb.internal.graph.Weight;
import org.talka.cmdb.internal.intake.Outcome.Kind;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemKey;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Origin;
import org.talka.cmdb.internal.schema.RelationType;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/**
 * Takes relations in: each end is an item by its number or its identity keys, the type by its key
 * or its name read either way. Whatever names no item for certain is set aside.
 */
@Component(service = RelationIntake.class)
public class RelationIntake implements Intake {
  public static final String SOURCE = "source.";
  public static final String TARGET = "target.";
  public static final String TYPE = "type";
  public static final String WEIGHT = "weight";

  /** In place of a field: the item's number. */
  public static final String NUMBER = "key";

  private final IntakeStore store;
  private final ItemStore items;
  private final RelationStore relations;
  private final SchemaStore schema;

  @Activate
  public RelationIntake(
      @Reference IntakeStore store,
      @Reference ItemStore items,
      @Reference RelationStore relations,
      @Reference SchemaStore schema) {
    this.store = store;
    this.items = items;
    this.relations = relations;
    this.schema = schema;
  }

  @Override
  public List<Outcome> take(
      Spec spec, long run, int first, List<Map<String, String>> rows, Overlay overlay) {
    Schema now = schema.current();
    Ends sources = new Ends(now, spec.classKey(), spec.keys(), side(rows, SOURCE));
    Ends targets = new Ends(now, spec.targetClass(), spec.targetKeys(), side(rows, TARGET));
    Portion portion = new Portion(now, spec, overlay);
    for (int i = 0; i < rows.size(); i++) {
      portion.row(first + i, rows.get(i), sources.of(i), targets.of(i));
    }
    List<Outcome> outcomes = portion.decide(run);
    if (overlay == null) {
      store.hold(run, outcomes);
    }
    return outcomes;
  }

  /** Takes one row in whose ends are these. */
  Outcome settle(Spec spec, long run, HeldRow.Held held, Item source, Item target) {
    Portion portion = new Portion(schema.current(), spec, null);
    portion.row(held.number(), held.values(), List.of(source), List.of(target));
    return portion.decide(run).get(0);
  }

  private static List<Map<String, String>> side(List<Map<String, String>> rows, String prefix) {
    List<Map<String, String>> ends = new ArrayList<>();
    for (Map<String, String> row : rows) {
      Map<String, String> end = new TreeMap<>();
      row.forEach(
          (field, value) -> {
            if (field.startsWith(prefix)) {
              end.put(field.substring(prefix.length()), value);
            }
          });
      ends.add(end);
    }
    return ends;
  }

  /** What one end of the rows may mean. */
  private final class Ends {
    private final List<Map<String, String>> rows;
    private final Map<Long, Item> known;
    private final Matcher matcher;

    Ends(Schema now, String classKey, List<List<String>> keys, List<Map<String, String>> rows) {
      this.rows = rows;
      this.matcher = new Matcher(keys);
      this.known = new Candidates(items, now).of(classKey, keys, rows);
      known.forEach((id, item) -> matcher.add(id, item.fields()));
      Set<Long> numbers = new HashSet<>();
      rows.forEach(row -> number(row).ifPresent(numbers::add));
      items
          .find(numbers)
          .forEach(
              (id, item) -> {
                if (!item.away()) {
                  known.put(id, item);
                }
              });
    }

    private OptionalLong number(Map<String, String> row) {
      return ItemKey.id(row.getOrDefault(NUMBER, ""));
    }

    /** The items that the end of a row may mean. */
    List<Item> of(int row) {
      OptionalLong number = number(rows.get(row));
      List<Long> ids =
          number.isPresent() ? List.of(number.getAsLong()) : matcher.match(rows.get(row)).items();
      return ids.stream().filter(known::containsKey).map(known::get).toList();
    }
  }

  /** A row whose ends are certain. */
  private record Tie(
      int place,
      int number,
      Map<String, String> row,
      RelationType type,
      Item source,
      Item target,
      int weight) {
    String text() {
      return type.key() + "\n" + source.id() + "\n" + target.id();
    }
  }

  /** Some rows: first what they mean, then, together, what becomes of them. */
  private final class Portion {
    private final Schema now;
    private final Spec spec;
    private final Set<String> taken;
    private final boolean dry;
    private final Map<String, Way> ways = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Tie> ties = new ArrayList<>();

    /** Relations that there are already, and ends that can have no other. */
    private final Set<String> present = new HashSet<>();

    /** A type, read from its source or from its target. */
    private record Way(RelationType type, boolean forward) {}

    Portion(Schema now, Spec spec, Overlay overlay) {
      this.now = now;
      this.spec = spec;
      this.dry = overlay != null;
      this.taken = overlay == null ? new HashSet<>() : overlay.ties();
      for (RelationType type : now.relationTypes()) {
        if (!type.retired()) {
          type.inverse().values().forEach(n -> ways.put(Folded.text(n), new Way(type, false)));
          type.names().values().forEach(n -> ways.put(Folded.text(n), new Way(type, true)));
        }
      }
      now.relationTypes().stream()
          .filter(type -> !type.retired())
          .forEach(type -> ways.put(type.key(), new Way(type, true)));
    }

    void row(int number, Map<String, String> row, List<Item> sources, List<Item> targets) {
      String said = row.getOrDefault(TYPE, spec.relationType());
      Way way = ways.get(Folded.text(said));
      OptionalInt weight = Weight.of(row.getOrDefault(WEIGHT, ""));
      if (way == null) {
        outcomes.add(
            refused(
                number,
                row,
                TYPE,
                said.isEmpty()
                    ? Text.of("error.cmdb.required")
                    : Text.of("error.cmdb.relationType.unknown", "value", said)));
      } else if (weight.isEmpty()) {
        outcomes.add(
            refused(
                number, row, WEIGHT, Text.of("error.cmdb.range", "min", 1, "max", Weight.MOST)));
      } else if (sources.size() != 1 || targets.size() != 1) {
        outcomes.add(Outcome.held(number, row, ids(sources), ids(targets), ""));
      } else {
        Item source = way.forward() ? sources.get(0) : targets.get(0);
        Item target = way.forward() ? targets.get(0) : sources.get(0);
        ties.add(
            new Tie(outcomes.size(), number, row, way.type(), source, target, weight.getAsInt()));
        outcomes.add(null);
      }
    }

    private static List<Long> ids(List<Item> items) {
      return items.stream().map(Item::id).toList();
    }

    List<Outcome> decide(long run) {
      read();
      Set<Long> ends = new TreeSet<>();
      for (Tie tie : ties) {
        if (!present.contains(tie.text())) {
          ends.add(tie.source().id());
          ends.add(tie.target().id());
        }
      }
      if (!dry && !ends.isEmpty()) {
        // what is checked must still be so when this is committed
        items.lock(ends);
        read();
      }
      List<Edge> made = new ArrayList<>();
      for (Tie tie : ties) {
        outcomes.set(tie.place(), outcome(tie, made));
      }
      relations.addAll(made, new Origin(spec.by(), spec.source(), "", OptionalLong.of(run)));
      return outcomes;
    }

    /** Relations of these types between these items, and ends that are taken. */
    private void read() {
      present.clear();
      Map<RelationType, List<Tie>> byType = new HashMap<>();
      ties.forEach(tie -> byType.computeIfAbsent(tie.type(), t -> new ArrayList<>()).add(tie));
      byType.forEach(
          (type, all) -> {
            Set<Long> sources = new HashSet<>();
            Set<Long> targets = new HashSet<>();
            for (Tie tie : all) {
              sources.add(tie.source().id());
              targets.add(tie.target().id());
            }
            String key = type.key();
            relations
                .present(key, sources, targets)
                .forEach(pair -> present.add(key + "\n" + pair.source() + "\n" + pair.target()));
            if (type.cardinality().oneTarget()) {
              relations.taken(key, sources, true).forEach(id -> taken.add(end(key, id, true)));
            }
            if (type.cardinality().oneSource()) {
              relations.taken(key, targets, false).forEach(id -> taken.add(end(key, id, false)));
            }
          });
    }

    private static String end(String type, long item, boolean source) {
      return type + (source ? "\nfrom " : "\nto ") + item;
    }

    private Outcome outcome(Tie tie, List<Edge> made) {
      RelationType type = tie.type();
      Item source = tie.source();
      Item target = tie.target();
      if (present.contains(tie.text()) || taken.contains(tie.text())) {
        return done(tie, Kind.SAME);
      }
      Text wrong = wrong(type, source, target);
      if (wrong != null) {
        return refused(tie.number(), tie.row(), "item", wrong);
      }
      taken.add(tie.text());
      if (type.cardinality().oneTarget()) {
        taken.add(end(type.key(), source.id(), true));
      }
      if (type.cardinality().oneSource()) {
        taken.add(end(type.key(), target.id(), false));
      }
      if (!dry) {
        made.add(new Edge(relations.reserve(), type.key(), source.id(), target.id(), tie.weight()));
      }
      return done(tie, Kind.CREATED);
    }

    private Text wrong(RelationType type, Item source, Item target) {
      if (source.id() == target.id()) {
        return Text.of("error.cmdb.relation.self");
      }
      if (!now.isA(source.classKey(), type.source())
          || !now.isA(target.classKey(), type.target())) {
        return Text.of("error.cmdb.relation.class");
      }
      if (taken.contains(end(type.key(), source.id(), true))) {
        return Text.of("error.cmdb.relation.taken", "name", source.name());
      }
      if (taken.contains(end(type.key(), target.id(), false))) {
        return Text.of("error.cmdb.relation.taken", "name", target.name());
      }
      return null;
    }

    private static Outcome done(Tie tie, Kind kind) {
      return new Outcome(
          tie.number(),
          kind,
          tie.row(),
          Optional.of(tie.source().id()),
          List.of(),
          List.of(),
          tie.type().key(),
          List.of(),
          Map.of(),
          List.of());
    }

    private static Outcome refused(int number, Map<String, String> row, String field, Text text) {
      return Outcome.refused(
          number, row, Optional.empty(), "", List.of(new FieldError(field, text)));
    }
  }
}
