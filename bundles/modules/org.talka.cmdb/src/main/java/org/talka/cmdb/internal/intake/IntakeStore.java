/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Origin;

/** Imports, what waits in quarantine, and the sources of data, in the database. */
@Component(service = IntakeStore.class)
public class IntakeStore {
  private final Database database;
  private final ItemStore items;

  @Activate
  public IntakeStore(
      @Reference(target = "(talka.unit=cmdb)") Database database, @Reference ItemStore items) {
    this.database = database;
    this.items = items;
  }

  public long begin(String source, String classKey, String by) {
    return database.write(
        em -> {
          Long last =
              em.createQuery("select max(r.id) from RunRow r", Long.class).getSingleResult();
          long id = last == null ? 1 : last + 1;
          em.persist(new RunRow(id, source, classKey, by, items.now()));
          em.flush();
          return id;
        });
  }

  public Run end(long id, Run.Counts counts) {
    return database.write(
        em -> {
          RunRow row = em.find(RunRow.class, id);
          row.counted(counts);
          return row.value();
        });
  }

  public void undone(long id, String by, int kept) {
    Instant now = items.now();
    database.write(
        em -> {
          em.find(RunRow.class, id).undone(now, by, kept);
          return null;
        });
  }

  public Optional<Run> run(long id) {
    return database.read(em -> Optional.ofNullable(em.find(RunRow.class, id)).map(RunRow::value));
  }

  /** The latest first. */
  public List<Run> runs(long before, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select r from RunRow r where r.id < :before order by r.id desc", RunRow.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(RunRow::value)
                .toList());
  }

  public void hold(long run, Outcome outcome) {
    database.write(
        em -> {
          em.persist(new HeldRow(run, outcome.number(), outcome.row(), outcome.candidates()));
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

  /** An import that nobody else changes before the transaction of this thread ends. */
  public Optional<Run> lock(long id) {
    return database.write(
        em ->
            Optional.ofNullable(em.find(RunRow.class, id, LockModeType.PESSIMISTIC_WRITE))
                .map(RunRow::value));
  }

  /** The same of a row in quarantine. */
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

  /** The editions that an import made, by item. */
  public List<Edition> editions(long run) {
    return items.ofRun(run);
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

  /** The item as it is now. */
  Optional<Item> item(long id) {
    return items.find(id);
  }
}
