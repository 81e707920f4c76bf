/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.ArrayList;
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
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.cmdb.internal.intake.Outcome.Change;
import org.talka.cmdb.internal.intake.Outcome.Kind;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemRules;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.item.Origin;
import org.talka.cmdb.internal.item.Sight;
import org.talka.cmdb.internal.schema.Identity;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/**
 * Brings items in from other systems: knows them again by identity keys, lets a source change only
 * what it may, sets aside what is ambiguous, and can take all of it back. A run is one transaction;
 * a dry run is the same one, rolled back, so that it tells exactly what would happen.
 */
@Component(service = Importer.class)
public class Importer {
  public static final int MOST_ROWS = 5_000;
  private static final Pattern SOURCE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,59}");

  /** So many rows are held in the persistence context at most. */
  private static final int PORTION = 100;

  private final IntakeStore store;
  private final ItemStore items;
  private final SchemaStore schema;
  private final People people;
  private final Callers callers;
  private final Database database;
  private final Audit audit;

  @Activate
  public Importer(
      @Reference IntakeStore store,
      @Reference ItemStore items,
      @Reference SchemaStore schema,
      @Reference People people,
      @Reference Callers callers,
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Audit audit) {
    this.store = store;
    this.items = items;
    this.schema = schema;
    this.people = people;
    this.callers = callers;
    this.database = database;
    this.audit = audit;
  }

  /**
   * @param run absent for a dry run
   */
  public record Result(Optional<Run> run, Run.Counts counts, List<Outcome> outcomes) {}

  /** Carries the result of a dry run out of the transaction that it rolls back. */
  private static final class Dry extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Result result;

    Dry(Result result) {
      super("a dry run", null, false, false);
      this.result = result;
    }
  }

  public Result run(ImportRequest request) {
    requireSight();
    String source = source(request.source());
    Schema now = schema.current();
    String classKey = request.classKey() == null ? "" : request.classKey();
    if (now.itemClass(classKey).isEmpty()) {
      throw DomainException.invalid("classKey", "error.cmdb.class.unknown", "value", classKey);
    }
    List<List<String>> keys = keys(now, classKey, request.keys());
    List<Map<String, String>> rows = rows(now, classKey, request);
    Work work = new Work(now, source, classKey, keys);
    try {
      return database.write(
          em -> {
            long run = store.begin(source, classKey, callers.current().username());
            work.begin(run);
            for (int i = 0; i < rows.size(); i++) {
              work.row(i + 1, rows.get(i));
              if ((i + 1) % PORTION == 0) {
                em.flush();
                em.clear();
              }
            }
            Run.Counts counts = work.counts();
            Run ended = store.end(run, counts);
            if (Boolean.TRUE.equals(request.dryRun())) {
              throw new Dry(new Result(Optional.empty(), counts, work.outcomes));
            }
            audit.record(
                "cmdb.imported",
                "cmdb-import:" + run,
                Map.of("source", source, "rows", String.valueOf(counts.read())));
            return new Result(Optional.of(ended), counts, work.outcomes);
          });
    } catch (Dry dry) {
      return dry.result;
    }
  }

  /**
   * Says what a row in quarantine means.
   *
   * @param item the item; null to make a new one of it
   */
  public Outcome settle(long run, int number, Item item) {
    requireSight();
    return database.write(
        em -> {
          Run known = lock(run);
          HeldRow.Held held = lock(run, number);
          Work work = new Work(schema.current(), known.source(), known.classKey(), List.of());
          work.run = run;
          Outcome outcome =
              item == null
                  ? work.create(number, held.values(), "")
                  : work.change(number, held.values(), item, "");
          if (outcome.kind() == Kind.REFUSED) {
            throw DomainException.invalid(outcome.errors());
          }
          store.settle(run, number);
          return outcome;
        });
  }

  /** Leaves a row in quarantine out for good. */
  public void dismiss(long run, int number) {
    requireSight();
    get(run);
    database.write(
        em -> {
          lock(run, number);
          store.settle(run, number);
          return null;
        });
  }

  /** The rows of an import that wait in quarantine. */
  public List<HeldRow.Held> held(long run, int limit) {
    requireSight();
    return store.held(get(run).id(), limit);
  }

  /**
   * What is imported is compared with all items, and what comes of it tells of them. Whoever may
   * not see all would learn of the others here.
   */
  private void requireSight() {
    if (!Sight.of(callers.current(), Items.READ).all()) {
      throw DomainException.forbidden("error.cmdb.import.sight");
    }
  }

  /** The import, which stays as it is until the transaction ends. */
  private Run lock(long id) {
    Run run =
        store.lock(id).orElseThrow(() -> DomainException.notFound("error.cmdb.import.unknown"));
    if (run.undoneAt().isPresent()) {
      throw DomainException.conflict("error.cmdb.import.undone");
    }
    return run;
  }

  /** A row in quarantine, which nobody else settles meanwhile. */
  private HeldRow.Held lock(long run, int number) {
    return store
        .lock(run, number)
        .filter(held -> !held.settled())
        .orElseThrow(() -> DomainException.notFound("error.cmdb.import.row"));
  }

  /** Takes an import back, except for what was changed since. */
  public Run undo(long id) {
    requireSight();
    String by = callers.current().username();
    database.write(
        em -> {
          lock(id);
          Map<Long, List<Edition>> byItem = new LinkedHashMap<>();
          store
              .editions(id)
              .forEach(e -> byItem.computeIfAbsent(e.item(), i -> new ArrayList<>()).add(e));
          Map<Long, Item> present = items.find(byItem.keySet());
          int kept = 0;
          int done = 0;
          for (Map.Entry<Long, List<Edition>> entry : byItem.entrySet()) {
            kept += back(present.get(entry.getKey()), entry.getValue(), id, by) ? 0 : 1;
            if (++done % PORTION == 0) {
              em.flush();
              em.clear();
            }
          }
          store.undone(id, by, kept);
          audit.record(
              "cmdb.import.undone", "cmdb-import:" + id, Map.of("kept", String.valueOf(kept)));
          return null;
        });
    return get(id);
  }

  private boolean back(Item item, List<Edition> made, long run, String by) {
    Edition last = made.get(made.size() - 1);
    if (item == null || item.edition() != last.number() || item.away()) {
      return false;
    }
    int first = made.get(0).number();
    Origin origin = new Origin(by, Origin.HAND, "", OptionalLong.empty());
    Optional<Edition> before = items.edition(item.id(), first - 1);
    if (before.isEmpty()) {
      items.away(item, true, null, origin);
    } else {
      items.change(
          item.id(), item.version(), before.get().fields(), before.get().sources(), origin, false);
    }
    return true;
  }

  public Run get(long id) {
    return store.run(id).orElseThrow(() -> DomainException.notFound("error.cmdb.import.unknown"));
  }

  private static String source(String name) {
    String source = name == null ? "" : name.strip();
    if (!SOURCE.matcher(source).matches() || source.equals(Origin.HAND)) {
      throw DomainException.invalid("source", "error.cmdb.source.name", "value", source);
    }
    return source;
  }

  private static List<List<String>> keys(Schema schema, String classKey, List<List<String>> asked) {
    List<List<String>> keys =
        asked == null || asked.isEmpty() ? schema.identities(classKey) : asked;
    if (keys.isEmpty()) {
      throw DomainException.invalid("keys", "error.cmdb.required");
    }
    for (List<String> key : keys) {
      if (key == null
          || key.isEmpty()
          || key.stream().anyMatch(java.util.Objects::isNull)
          || !Identity.strong(schema, classKey, key)) {
        throw DomainException.invalid(
            "keys", "error.cmdb.identity.weak", "value", String.valueOf(key));
      }
    }
    return keys;
  }

  private static List<Map<String, String>> rows(
      Schema schema, String classKey, ImportRequest request) {
    boolean file = request.parts() != null && !request.parts().isEmpty();
    if (!file && request.rows() == null) {
      throw DomainException.invalid("parts", "error.cmdb.required");
    }
    List<Map<String, String>> read = file ? csv(request.parts()) : json(request.rows());
    Map<String, String> mapping = mapping(schema, classKey, request.mapping(), read);
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map<String, String> row : read) {
      Map<String, String> values = new TreeMap<>();
      row.forEach(
          (column, value) -> {
            if (mapping.containsKey(column)) {
              values.put(mapping.get(column), value);
            }
          });
      rows.add(values);
    }
    return rows;
  }

  private static List<Map<String, String>> csv(List<String> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part == null ? "" : part));
    return Csv.read(text.toString(), MOST_ROWS);
  }

  private static List<Map<String, String>> json(List<Map<String, Object>> given) {
    if (given.size() > MOST_ROWS) {
      throw DomainException.invalid("rows", "error.cmdb.many", "max", MOST_ROWS);
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map<String, Object> row : given) {
      Map<String, String> values = new LinkedHashMap<>();
      if (row == null) {
        throw DomainException.invalid("rows", "error.cmdb.required");
      }
      row.forEach(
          (column, value) -> {
            if (value instanceof Map || value instanceof List) {
              throw DomainException.invalid(
                  "rows[" + rows.size() + "]." + column, "error.cmdb.text");
            }
            if (value != null && !String.valueOf(value).isBlank()) {
              values.put(column, String.valueOf(value).strip());
            }
          });
      rows.add(values);
    }
    return rows;
  }

  /** What was said, or else columns that are called like fields. */
  private static Map<String, String> mapping(
      Schema schema, String classKey, Map<String, String> asked, List<Map<String, String>> rows) {
    Set<String> fields = new TreeSet<>(Field.BUILT_IN);
    schema.beneath(classKey).forEach(c -> fields.addAll(schema.attributes(c).keySet()));
    Map<String, String> mapping = new HashMap<>();
    if (asked != null && !asked.isEmpty()) {
      asked.forEach(
          (column, field) -> {
            if (field != null && !field.isBlank()) {
              if (!fields.contains(field)) {
                throw DomainException.invalid(
                    "mapping", "error.cmdb.attribute.unknown", "value", field);
              }
              if (mapping.containsValue(field)) {
                throw DomainException.invalid("mapping", "error.cmdb.twice", "value", field);
              }
              mapping.put(column, field);
            }
          });
      return mapping;
    }
    Set<String> columns = new HashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    columns.stream().filter(fields::contains).forEach(c -> mapping.put(c, c));
    return mapping;
  }

  /** One run. */
  private final class Work {
    private final Schema now;
    private final String source;
    private final String classKey;
    private final Matcher matcher;
    private final Map<String, DataSource> sources = store.sources();
    private final List<Outcome> outcomes = new ArrayList<>();
    private long run;

    Work(Schema now, String source, String classKey, List<List<String>> keys) {
      this.now = now;
      this.source = source;
      this.classKey = classKey;
      this.matcher = new Matcher(keys);
    }

    void begin(long id) {
      run = id;
      items.each(now.beneath(classKey), item -> matcher.add(item.id(), item.fields()));
    }

    void row(int number, Map<String, String> row) {
      Matcher.Match match = matcher.match(row);
      Outcome outcome;
      if (match.items().size() == 1) {
        Item item = items.find(match.items().get(0)).orElseThrow();
        outcome = change(number, row, item, match.key());
      } else if (match.items().isEmpty() && match.identified()) {
        outcome = create(number, row, match.key());
      } else {
        outcome = outcome(number, Kind.QUARANTINED, row, Optional.empty(), match.key(), match);
        store.hold(run, outcome);
      }
      outcomes.add(outcome);
    }

    Outcome create(int number, Map<String, String> row, String key) {
      Map<String, Object> asked = new TreeMap<>(row);
      asked.putIfAbsent(Field.CLASS, classKey);
      try {
        Map<String, String> fields = rules().merged(Map.of(), asked);
        Map<String, String> said = new TreeMap<>();
        fields.keySet().forEach(field -> said.put(field, source));
        Item made = items.create(fields, said, origin());
        matcher.add(made.id(), fields);
        return new Outcome(
            number,
            Kind.CREATED,
            row,
            Optional.of(made.id()),
            List.of(),
            key,
            changes(Map.of(), fields),
            Map.of(),
            List.of());
      } catch (DomainException refused) {
        return refused(number, row, Optional.empty(), key, refused);
      }
    }

    Outcome change(int number, Map<String, String> row, Item item, String key) {
      try {
        Map<String, String> fields = rules().merged(item.fields(), new TreeMap<>(row));
        Map<String, String> held = lighter(item, fields);
        if (fields.equals(item.fields())) {
          items.seen(item.id());
          return new Outcome(
              number,
              Kind.SAME,
              row,
              Optional.of(item.id()),
              List.of(),
              key,
              List.of(),
              held,
              List.of());
        }
        Map<String, String> said = new TreeMap<>(item.sources());
        fields.forEach(
            (field, value) -> {
              if (!value.equals(item.fields().get(field))) {
                said.put(field, source);
              }
            });
        said.keySet().retainAll(fields.keySet());
        boolean drift = ItemRules.controlled(now, item.fields(), fields);
        Item changed = items.change(item.id(), item.version(), fields, said, origin(), drift);
        matcher.add(changed.id(), fields);
        return new Outcome(
            number,
            Kind.CHANGED,
            row,
            Optional.of(item.id()),
            List.of(),
            key,
            changes(item.fields(), fields),
            held,
            List.of());
      } catch (DomainException refused) {
        return refused(number, row, Optional.of(item.id()), key, refused);
      }
    }

    /** Puts back what a source of more weight has said. */
    private Map<String, String> lighter(Item item, Map<String, String> fields) {
      Map<String, String> held = new TreeMap<>();
      Set<String> all = new TreeSet<>(fields.keySet());
      all.addAll(item.fields().keySet());
      for (String field : all) {
        String was = item.fields().get(field);
        if (was == null || was.equals(fields.get(field))) {
          continue;
        }
        String other = item.sources().getOrDefault(field, Origin.HAND);
        if (weight(source, field) < weight(other, field)) {
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

    private Outcome outcome(
        int number,
        Kind kind,
        Map<String, String> row,
        Optional<Long> item,
        String key,
        Matcher.Match match) {
      return new Outcome(
          number, kind, row, item, match.items(), key, List.of(), Map.of(), List.of());
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
      return new Outcome(
          number,
          Kind.REFUSED,
          row,
          item,
          List.of(),
          key,
          List.of(),
          Map.of(),
          refused.fieldErrors());
    }

    private ItemRules rules() {
      return new ItemRules(now, people, id -> items.find(id).filter(i -> !i.away()).isPresent());
    }

    private Origin origin() {
      return new Origin(callers.current().username(), source, "", OptionalLong.of(run));
    }

    private List<Change> changes(Map<String, String> was, Map<String, String> is) {
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

    Run.Counts counts() {
      int[] counts = new int[Kind.values().length];
      outcomes.forEach(outcome -> counts[outcome.kind().ordinal()]++);
      return new Run.Counts(outcomes.size(), counts[0], counts[1], counts[2], counts[3], counts[4]);
    }
  }
}
