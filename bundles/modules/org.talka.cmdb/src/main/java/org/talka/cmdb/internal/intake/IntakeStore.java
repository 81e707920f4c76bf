/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Origin;

/** Imports, what waits in quarantine, and the sources of data, in the database. */
@Component(service = IntakeStore.class)
public class IntakeStore {
  /** So many rows of each kind are told of afterwards. */
  public static final int MOST_KEPT = 200;

  private final Database database;
  private final ItemStore items;

  /** The last number given to an import. */
  private final AtomicLong last = new AtomicLong();

  @Activate
  public IntakeStore(
      @Reference(target = "(talka.unit=cmdb)") Database database, @Reference ItemStore items) {
    this.database = database;
    this.items = items;
  }

  /**
   * Notes an import that is about to begin.
   *
   * @param file what it reads; null when its rows are at hand
   */
  public long begin(Spec spec, boolean dry, int total, Long file) {
    return database.write(
        em -> {
          long id = next(em);
          em.persist(new RunRow(id, spec, dry, total, file, items.now()));
          em.flush();
          return id;
        });
  }

  private long next(EntityManager em) {
    Long highest = em.createQuery("select max(r.id) from RunRow r", Long.class).getSingleResult();
    return last.updateAndGet(known -> Math.max(known, highest == null ? 0 : highest) + 1);
  }

  /** Does something with an import that nobody else changes before the transaction ends. */
  public <T> Optional<T> locked(long id, Function<RunRow, T> work) {
    return database.write(
        em -> {
          RunRow row = em.find(RunRow.class, id, LockModeType.PESSIMISTIC_WRITE);
          if (row == null) {
            return Optional.empty();
          }
          T result = work.apply(row);
          em.flush();
          return Optional.ofNullable(result);
        });
  }

  public Run end(long id, Run.Counts counts) {
    Instant now = items.now();
    return locked(
            id,
            row -> {
              row.counted(counts);
              row.ended(Run.State.DONE, now, "");
              return row.value();
            })
        .orElseThrow();
  }

  Optional<Spec> spec(long id) {
    return database.read(em -> Optional.ofNullable(em.find(RunRow.class, id)).map(RunRow::spec));
  }

  /** Imports that wait for somebody to work on them, the oldest first. */
  List<Long> idle() {
    Instant now = items.now();
    return database.read(
        em ->
            em.createQuery(
                    "select r.id from RunRow r where r.state in :open"
                        + " and (r.owner is null or r.ownedUntil < :now) order by r.id",
                    Long.class)
                .setParameter(
                    "open",
                    Stream.of(Run.State.values())
                        .filter(Run.State::open)
                        .map(Run.State::word)
                        .toList())
                .setParameter("now", now)
                .getResultList());
  }

  /** Keeps what became of rows, the first of each kind. */
  void keep(long run, Run.Counts before, List<Outcome> outcomes) {
    Map<Outcome.Kind, Integer> kept = new EnumMap<>(Outcome.Kind.class);
    kept.put(Outcome.Kind.CREATED, before.created());
    kept.put(Outcome.Kind.CHANGED, before.changed());
    kept.put(Outcome.Kind.SAME, before.same());
    kept.put(Outcome.Kind.QUARANTINED, before.quarantined());
    kept.put(Outcome.Kind.REFUSED, before.refused());
    database.write(
        em -> {
          for (Outcome outcome : outcomes) {
            if (kept.merge(outcome.kind(), 1, Integer::sum) <= MOST_KEPT) {
              em.persist(new OutcomeRow(run, outcome));
            }
          }
          return null;
        });
  }

  public List<Outcome> outcomes(long run) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select o from OutcomeRow o where o.run = :run order by o.number",
                    OutcomeRow.class)
                .setParameter("run", run)
                .getResultList()
                .stream()
                .map(OutcomeRow::value)
                .toList());
  }

  /** Forgets what became of the rows of a trial that begins once more. */
  void forget(long run) {
    database.write(
        em ->
            em.createQuery("delete from OutcomeRow o where o.run = :run")
                .setParameter("run", run)
                .executeUpdate());
  }

  /** Forgets trials that ended before that moment. */
  void forgetTrials(Instant before) {
    List<Long> old =
        database.read(
            em ->
                em.createQuery(
                        "select r.id from RunRow r where r.dry = true and r.endedAt < :before",
                        Long.class)
                    .setParameter("before", before)
                    .getResultList());
    for (long run : old) {
      database.write(
          em -> {
            forget(run);
            em.remove(em.find(RunRow.class, run));
            return null;
          });
    }
  }

  public Optional<Run> run(long id) {
    return database.read(em -> Optional.ofNullable(em.find(RunRow.class, id)).map(RunRow::value));
  }

  /** The latest first; a trial only while it goes on. */
  public List<Run> runs(long before, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select r from RunRow r where r.id < :before and (r.dry = false"
                        + " or r.endedAt is null) order by r.id desc",
                    RunRow.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(RunRow::value)
                .toList());
  }

  /** Sets those aside that are in quarantine. */
  public void hold(long run, List<Outcome> outcomes) {
    database.write(
        em -> {
          outcomes.stream()
              .filter(outcome -> outcome.kind() == Outcome.Kind.QUARANTINED)
              .forEach(outcome -> em.persist(new HeldRow(run, outcome)));
          return null;
        });
  }

  public List<HeldRow.Held> held(long run, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select h from HeldRow h where h.run = :run and h.settled = false"
                        + " order by h.number",
                    HeldRow.class)
                .setParameter("run", run)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(HeldRow::value)
                .toList());
  }

  /** A row in quarantine that nobody else settles before the transaction ends. */
  public Optional<HeldRow.Held> lock(long run, int number) {
    return database.write(
        em ->
            Optional.ofNullable(
                    em.find(
                        HeldRow.class,
                        new HeldRow.Key(run, number),
                        LockModeType.PESSIMISTIC_WRITE))
                .map(HeldRow::value));
  }

  public void settle(long run, int number) {
    database.write(
        em -> {
          em.find(HeldRow.class, new HeldRow.Key(run, number)).settle();
          return null;
        });
  }

  /** All sources that somebody weighed, by name. */
  public Map<String, DataSource> sources() {
    Map<String, DataSource> sources = new HashMap<>();
    database
        .read(em -> em.createQuery("select s from SourceRow s", SourceRow.class).getResultList())
        .forEach(row -> sources.put(row.value().name(), row.value()));
    sources.putIfAbsent(Origin.HAND, new DataSource(Origin.HAND, DataSource.HAND, Map.of(), 0));
    return sources;
  }

  public DataSource weigh(DataSource source) {
    return database.write(
        em -> {
          SourceRow row = em.find(SourceRow.class, source.name());
          if ((row == null ? 0 : row.version()) != source.version()) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          if (row == null) {
            row = new SourceRow(source.name());
            row.take(source);
            em.persist(row);
          } else {
            row.take(source);
          }
          em.flush();
          return row.value();
        });
  }
}
