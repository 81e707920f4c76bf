/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.cmdb.internal.intake.Outcome.Kind;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.item.Sight;
import org.talka.cmdb.internal.schema.SchemaStore;

/**
 * Brings items and relations in from other systems. Few rows are one transaction, at once; those of
 * a {@linkplain ImportFiles file} are taken in part by part, in the background, by the {@link
 * ImportWorker}. A trial goes the same way and writes nothing.
 */
@Component(service = Importer.class)
public class Importer {
  /** So many rows at once, without a file. */
  public static final int MOST_ROWS = 5_000;

  private final IntakeStore store;
  private final ImportFiles files;
  private final ItemIntake itemIntake;
  private final RelationIntake relationIntake;
  private final Undoing undoing;
  private final SchemaStore schema;
  private final Callers callers;
  private final Database database;
  private final Audit audit;

  /** Of two imports at a time each would make what the other makes. */
  private final ReentrantLock turn = new ReentrantLock(true);

  @Activate
  public Importer(
      @Reference IntakeStore store,
      @Reference ImportFiles files,
      @Reference ItemIntake itemIntake,
      @Reference RelationIntake relationIntake,
      @Reference Undoing undoing,
      @Reference SchemaStore schema,
      @Reference Callers callers,
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Audit audit) {
    this.store = store;
    this.files = files;
    this.itemIntake = itemIntake;
    this.relationIntake = relationIntake;
    this.undoing = undoing;
    this.schema = schema;
    this.callers = callers;
    this.database = database;
    this.audit = audit;
  }

  /**
   * @param run absent for a trial of few rows
   */
  public record Result(Optional<Run> run, Run.Counts counts, List<Outcome> outcomes) {}

  /** Imports what was asked for; a file only begins to be imported. */
  public Result run(ImportRequest request) {
    requireSight();
    return request.file() == null ? now(request) : later(request);
  }

  private Result later(ImportRequest request) {
    FileRow.Sent file =
        known(request.file())
            .flatMap(files::find)
            .filter(f -> f.by().equals(callers.current().username()))
            .orElseThrow(() -> DomainException.invalid("file", "error.cmdb.file.unknown"));
    Spec spec = spec(request, file.columns());
    boolean dry = Boolean.TRUE.equals(request.dryRun());
    long id = store.begin(spec, dry, file.rows(), file.id());
    return new Result(store.run(id), Run.Counts.NONE, List.of());
  }

  private static Optional<Long> known(String file) {
    try {
      return Optional.of(Long.valueOf(file));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private Spec spec(ImportRequest request, Iterable<String> columns) {
    Set<String> all = new LinkedHashSet<>();
    columns.forEach(all::add);
    return new SpecRules(schema.current(), request).spec(callers.current().username(), all);
  }

  private Result now(ImportRequest request) {
    List<Map<String, String>> read = rows(request);
    Set<String> columns = new LinkedHashSet<>();
    read.forEach(row -> columns.addAll(row.keySet()));
    Spec spec = spec(request, columns);
    turn.lock();
    try {
      if (Boolean.TRUE.equals(request.dryRun())) {
        List<Outcome> outcomes = take(spec, 0, read, new Overlay(spec.keys()));
        return new Result(Optional.empty(), counts(outcomes), outcomes);
      }
      return database.write(
          em -> {
            long run = store.begin(spec, false, read.size(), null);
            List<Outcome> outcomes = take(spec, run, read, null);
            Run.Counts counts = counts(outcomes);
            store.keep(run, Run.Counts.NONE, outcomes);
            Run ended = store.end(run, counts);
            recordEnd(ended);
            return new Result(Optional.of(ended), counts, outcomes);
          });
    } finally {
      turn.unlock();
    }
  }

  void recordEnd(Run run) {
    audit.record(
        "cmdb.imported",
        "cmdb-import:" + run.id(),
        Map.of(
            "source", run.source(), "rows", String.valueOf(run.counts().read()), "by", run.by()));
  }

  private List<Outcome> take(Spec spec, long run, List<Map<String, String>> rows, Overlay overlay) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += ImportFiles.PART) {
      int to = Math.min(rows.size(), from + ImportFiles.PART);
      outcomes.addAll(portion(spec, run, from + 1, rows.subList(from, to), overlay));
    }
    return outcomes;
  }

  /** Takes some rows in, in the transaction of the thread. */
  List<Outcome> portion(
      Spec spec, long run, int first, List<Map<String, String>> rows, Overlay overlay) {
    return intake(spec).take(spec, run, first, rows.stream().map(spec::fields).toList(), overlay);
  }

  /** Nobody else imports meanwhile. */
  void inTurn(Runnable work) {
    turn.lock();
    try {
      work.run();
    } finally {
      turn.unlock();
    }
  }

  private Intake intake(Spec spec) {
    return spec.relations() ? relationIntake : itemIntake;
  }

  private static Run.Counts counts(List<Outcome> outcomes) {
    Run.Counts counts = Run.Counts.NONE;
    for (Outcome outcome : outcomes) {
      counts = counts.plus(outcome);
    }
    return counts;
  }

  /**
   * Says what a row in quarantine means.
   *
   * @param item the item, or the source of a relation; null to make a new item of it
   * @param target the target of a relation
   */
  public Outcome settle(long run, int number, Item item, Item target) {
    requireSight();
    Spec known =
        store.spec(run).orElseThrow(() -> DomainException.notFound("error.cmdb.import.unknown"));
    if (known.relations() && (item == null || target == null)) {
      throw DomainException.invalid(item == null ? "item" : "target", "error.cmdb.required");
    }
    // what is said from here on is said by whoever settles it
    Spec spec = known.by(callers.current().username());
    return database.write(
        em -> {
          requireEnded(run);
          HeldRow.Held held = lock(run, number);
          Outcome outcome =
              spec.relations()
                  ? relationIntake.settle(spec, run, held, item, target)
                  : itemIntake.settle(spec, run, held, item);
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

  /** What became of its rows, the first of each kind. */
  public List<Outcome> outcomes(long run) {
    requireSight();
    return store.outcomes(get(run).id());
  }

  /**
   * What is imported is compared with all items, and what comes of it tells of them. Whoever may
   * not see all would learn of the others here.
   */
  public void requireSight() {
    if (!Sight.of(callers.current(), Items.READ).all()) {
      throw DomainException.forbidden("error.cmdb.import.sight");
    }
  }

  /** The import stays ended until the transaction ends. */
  private void requireEnded(long id) {
    store
        .locked(id, RunRow::value)
        .map(Importer::ended)
        .orElseThrow(() -> DomainException.notFound("error.cmdb.import.unknown"));
  }

  private static Run ended(Run run) {
    switch (run.state()) {
      case UNDONE -> throw DomainException.conflict("error.cmdb.import.undone");
      case WAITING, RUNNING, UNDOING -> throw DomainException.conflict("error.cmdb.import.working");
      default -> {
        return run;
      }
    }
  }

  /** A row in quarantine, which nobody else settles meanwhile. */
  private HeldRow.Held lock(long run, int number) {
    return store
        .lock(run, number)
        .filter(held -> !held.settled())
        .orElseThrow(() -> DomainException.notFound("error.cmdb.import.row"));
  }

  /** Asks an import to end; what it has done by then stays. */
  public Run cancel(long id) {
    requireSight();
    return store
        .locked(
            id,
            row -> {
              Run run = row.value();
              if (!run.state().open() || run.state() == Run.State.UNDOING) {
                throw DomainException.conflict("error.cmdb.import.ended");
              }
              row.cancelling();
              return row.value();
            })
        .orElseThrow(() -> DomainException.notFound("error.cmdb.import.unknown"));
  }

  /**
   * Takes an import back, except for what was changed since. One of many rows only begins to be
   * taken back.
   */
  public Run undo(long id) {
    requireSight();
    String by = callers.current().username();
    database.write(
        em -> {
          Run run =
              store
                  .locked(
                      id,
                      row -> {
                        if (ended(row.value()).dry()) {
                          throw DomainException.conflict("error.cmdb.import.trial");
                        }
                        row.undoing(by);
                        return row.value();
                      })
                  .orElseThrow(() -> DomainException.notFound("error.cmdb.import.unknown"));
          if (run.counts().read() <= MOST_ROWS) {
            while (undoing.portion(id)) {
              // until nothing is left
            }
          }
          return null;
        });
    return get(id);
  }

  public Run get(long id) {
    return store.run(id).orElseThrow(() -> DomainException.notFound("error.cmdb.import.unknown"));
  }

  private static List<Map<String, String>> rows(ImportRequest request) {
    boolean file = request.parts() != null && !request.parts().isEmpty();
    if (!file && request.rows() == null) {
      throw DomainException.invalid("parts", "error.cmdb.required");
    }
    return file ? csv(request.parts()) : json(request.rows());
  }

  private static List<Map<String, String>> csv(List<String> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part == null ? "" : part));
    List<Map<String, String>> rows = new ArrayList<>();
    try {
      Csv.read(new StringReader(text.toString()), RowSink.into(rows, MOST_ROWS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
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
}
