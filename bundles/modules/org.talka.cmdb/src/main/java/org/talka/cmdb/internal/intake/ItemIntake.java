/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.People;
import org.talka.cmdb.internal.intake.Outcome.Change;
import org.talka.cmdb.internal.intake.Outcome.Kind;
import org.talka.cmdb.internal.item.Draft;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemKey;
import org.talka.cmdb.internal.item.ItemRules;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Known;
import org.talka.cmdb.internal.item.Origin;
import org.talka.cmdb.internal.schema.AttributeType;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/**
 * Takes items in: knows them again by identity keys, lets a source change only what it may, and
 * sets aside what is ambiguous. Several rows about one item are one change of it.
 */
@Component(service = ItemIntake.class)
public class ItemIntake implements Intake {
  private final IntakeStore store;
  private final ItemStore items;
  private final SchemaStore schema;
  private final People people;

  @Activate
  public ItemIntake(
      @Reference IntakeStore store,
      @Reference ItemStore items,
      @Reference SchemaStore schema,
      @Reference People people) {
    this.store = store;
    this.items = items;
    this.schema = schema;
    this.people = people;
  }

  @Override
  public List<Outcome> take(
      Spec spec, long run, int first, List<Map<String, String>> rows, Overlay overlay) {
    Portion portion = new Portion(schema.current(), spec, overlay);
    portion.read(rows);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      outcomes.add(portion.row(first + i, rows.get(i)));
    }
    if (overlay == null) {
      portion.write(run);
      store.hold(run, outcomes);
    }
    return outcomes;
  }

  /**
   * Takes one row in that means this item.
   *
   * @param item the item; null for a new one
   */
  Outcome settle(Spec spec, long run, HeldRow.Held held, Item item) {
    Portion portion = new Portion(schema.current(), spec, null);
    portion.known.putAll(portion.references(List.of(held.values())));
    Outcome outcome =
        item == null
            ? portion.create(held.number(), held.values(), "")
            : portion.change(held.number(), held.values(), Portion.draft(item), "");
    portion.write(run);
    return outcome;
  }

  /** Some rows, with what they may mean. */
  private final class Portion {
    private final Schema now;
    private final Spec spec;
    private final Overlay overlay;
    private final Matcher matcher;
    private final Map<String, DataSource> sources = store.sources();

    /** What was read for these rows. */
    private final Map<Long, Item> known = new HashMap<>();

    private final Known names = new Known(people, known::containsKey);

    /** What becomes of items, by their numbers. */
    private final Map<Long, Draft> drafts = new LinkedHashMap<>();

    private final Set<Long> seen = new HashSet<>();

    Portion(Schema now, Spec spec, Overlay overlay) {
      this.now = now;
      this.spec = spec;
      this.overlay = overlay;
      this.matcher = new Matcher(spec.keys(), overlay == null ? null : overlay.matcher());
    }

    void read(List<Map<String, String>> rows) {
      Map<Long, Item> candidates =
          new Candidates(items, now).of(spec.classKey(), spec.keys(), rows);
      candidates.forEach((id, item) -> matcher.add(id, item.fields()));
      known.putAll(references(rows));
      known.putAll(candidates);
    }

    /** The items that rows name as values. */
    Map<Long, Item> references(List<Map<String, String>> rows) {
      Set<String> fields = new HashSet<>();
      now.classes()
          .forEach(
              c ->
                  c.attributes().stream()
                      .filter(a -> a.type() == AttributeType.ITEM)
                      .forEach(a -> fields.add(a.key())));
      Set<Long> ids = new HashSet<>();
      for (Map<String, String> row : rows) {
        for (String field : fields) {
          OptionalLong id = ItemKey.id(row.getOrDefault(field, ""));
          id.ifPresent(ids::add);
        }
      }
      Map<Long, Item> found = new HashMap<>(items.find(ids));
      found.values().removeIf(Item::away);
      return found;
    }

    Outcome row(int number, Map<String, String> row) {
      Matcher.Match match = matcher.match(row);
      if (match.items().size() == 1) {
        return change(number, row, draft(match.items().get(0)), match.key());
      }
      if (match.items().isEmpty() && match.identified()) {
        return create(number, row, match.key());
      }
      return Outcome.held(number, row, match.items(), List.of(), match.key());
    }

    /** The item as it is by now. */
    private Draft draft(long id) {
      Draft draft = drafts.get(id);
      if (draft != null) {
        return draft;
      }
      Optional<Item> item = Optional.ofNullable(known.get(id));
      return Optional.ofNullable(overlay)
          .flatMap(o -> o.get(id, item))
          .orElseGet(() -> draft(item.orElseThrow()));
    }

    static Draft draft(Item item) {
      return new Draft(item.id(), Optional.of(item), item.fields(), item.sources(), false, false);
    }

    Outcome create(int number, Map<String, String> row, String key) {
      Map<String, Object> asked = new TreeMap<>(row);
      asked.putIfAbsent(Field.CLASS, spec.classKey());
      try {
        Map<String, String> fields = new ItemRules(now, names).merged(Map.of(), asked);
        Map<String, String> said = new TreeMap<>();
        fields.keySet().forEach(field -> said.put(field, spec.source()));
        long id = overlay == null ? items.reserve() : overlay.reserve();
        put(id, Optional.empty(), fields, said);
        return outcome(number, Kind.CREATED, row, id, key, changes(Map.of(), fields), Map.of());
      } catch (DomainException refused) {
        return refused(number, row, Optional.empty(), key, refused);
      }
    }

    Outcome change(int number, Map<String, String> row, Draft draft, String key) {
      try {
        Map<String, String> fields =
            new ItemRules(now, names).merged(draft.fields(), new TreeMap<>(row));
        Map<String, String> held = lighter(draft, fields);
        if (fields.equals(draft.fields())) {
          seen.add(draft.id());
          return outcome(number, Kind.SAME, row, draft.id(), key, List.of(), held);
        }
        Map<String, String> said = new TreeMap<>(draft.sources());
        fields.forEach(
            (field, value) -> {
              if (!value.equals(draft.fields().get(field))) {
                said.put(field, spec.source());
              }
            });
        said.keySet().retainAll(fields.keySet());
        put(draft.id(), draft.before(), fields, said);
        return outcome(
            number, Kind.CHANGED, row, draft.id(), key, changes(draft.fields(), fields), held);
      } catch (DomainException refused) {
        return refused(number, row, Optional.of(draft.id()), key, refused);
      }
    }

    private void put(
        long id, Optional<Item> before, Map<String, String> fields, Map<String, String> said) {
      boolean drift =
          before.map(item -> ItemRules.controlled(now, item.fields(), fields)).orElse(false);
      Draft draft =
          new Draft(
              id,
              before,
              Collections.unmodifiableSortedMap(new TreeMap<>(fields)),
              said,
              false,
              drift);
      drafts.put(id, draft);
      matcher.add(id, fields);
      if (overlay != null) {
        overlay.put(draft);
      }
    }

    /** Puts back what a source of more weight has said. */
    private Map<String, String> lighter(Draft draft, Map<String, String> fields) {
      Map<String, String> held = new TreeMap<>();
      Set<String> all = new TreeSet<>(fields.keySet());
      all.addAll(draft.fields().keySet());
      for (String field : all) {
        String was = draft.fields().get(field);
        if (was == null || was.equals(fields.get(field))) {
          continue;
        }
        String other = draft.sources().getOrDefault(field, Origin.HAND);
        if (weight(spec.source(), field) < weight(other, field)) {
          held.put(field, other);
          fields.put(field, was);
        }
      }
      return held;
    }

    private int weight(String name, String field) {
      DataSource known = sources.get(name);
      return known == null ? DataSource.USUAL : known.weight(field);
    }

    void write(long run) {
      Origin origin = new Origin(spec.by(), spec.source(), "", OptionalLong.of(run));
      // what became what it was in the end is not written
      List<Draft> changed =
          drafts.values().stream()
              .filter(d -> d.before().map(b -> !b.fields().equals(d.fields())).orElse(true))
              .toList();
      items.write(changed, origin);
      changed.forEach(draft -> seen.remove(draft.id()));
      items.seen(seen);
    }

    private Outcome refused(
        int number,
        Map<String, String> row,
        Optional<Long> item,
        String key,
        DomainException refused) {
      if (refused.fieldErrors().isEmpty()) {
        throw refused;
      }
      return Outcome.refused(number, row, item, key, refused.fieldErrors());
    }

    private static Outcome outcome(
        int number,
        Kind kind,
        Map<String, String> row,
        long item,
        String key,
        List<Change> changes,
        Map<String, String> held) {
      return new Outcome(
          number,
          kind,
          row,
          Optional.of(item),
          List.of(),
          List.of(),
          key,
          changes,
          held,
          List.of());
    }

    private static List<Change> changes(Map<String, String> was, Map<String, String> is) {
      Set<String> all = new TreeSet<>(was.keySet());
      all.addAll(is.keySet());
      List<Change> changes = new ArrayList<>();
      for (String field : all) {
        String from = was.getOrDefault(field, "");
        String to = is.getOrDefault(field, "");
        if (!from.equals(to)) {
          changes.add(new Change(field, from, to));
        }
      }
      return changes;
    }
  }
}
