/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Origin;
import org.talka.cmdb.internal.schema.Redundancy;

/** Relations and the rules of single items, in the database. */
@Component(service = RelationStore.class)
public class RelationStore {
  private final Database database;
  private final ItemGraph graph;
  private final Clock clock;

  /** The last number given; below 0 before the first. */
  private final AtomicLong last = new AtomicLong(-1);

  @Activate
  public RelationStore(
      @Reference(target = "(talka.unit=cmdb)") Database database, @Reference ItemGraph graph) {
    this(database, graph, Clock.systemUTC());
  }

  public RelationStore(Database database, ItemGraph graph, Clock clock) {
    this.database = database;
    this.graph = graph;
    this.clock = clock;
  }

  public Optional<Relation> present(String type, long source, long target) {
    return database.read(
        em ->
            em.createQuery(
                    "select r from RelationRow r where r.present = true and r.source = :source"
                        + " and r.type = :type and r.target = :target",
                    RelationRow.class)
                .setParameter("source", source)
                .setParameter("type", type)
                .setParameter("target", target)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(RelationRow::value));
  }

  public Optional<Relation> find(long id) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(RelationRow.class, id))
                .filter(RelationRow::present)
                .map(RelationRow::value));
  }

  /** The present relations of an item, at most so many. */
  public List<Relation> of(long item, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select r from RelationRow r where r.present = true"
                        + " and (r.source = :item or r.target = :item) order by r.id",
                    RelationRow.class)
                .setParameter("item", item)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(RelationRow::value)
                .toList());
  }

  /** The relations of these items that held at that moment. */
  public List<Relation> at(Collection<Long> items, Instant at) {
    List<Relation> found = new ArrayList<>();
    for (List<Long> batch : ItemStore.batches(items)) {
      database
          .read(
              em ->
                  em.createQuery(
                          "select r from RelationRow r where (r.source in :ids or r.target in :ids)"
                              + " and r.from <= :at and r.to > :at",
                          RelationRow.class)
                      .setParameter("ids", batch)
                      .setParameter("at", at)
                      .getResultList())
          .forEach(row -> found.add(row.value()));
    }
    return found.stream().distinct().toList();
  }

  /** A relation, whether it still holds or not. */
  public Optional<Relation> any(long id) {
    return database.read(
        em -> Optional.ofNullable(em.find(RelationRow.class, id)).map(RelationRow::value));
  }

  /** The relations that began or ended after the first moment, up to and with the second. */
  public List<Relation> changedBetween(Instant first, Instant second, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select r from RelationRow r where (r.from > :first and r.from <= :second)"
                        + " or (r.to > :first and r.to <= :second) order by r.id",
                    RelationRow.class)
                .setParameter("first", first)
                .setParameter("second", second)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(RelationRow::value)
                .toList());
  }

  /** Whether the item has a present relation of the type at this end. */
  public boolean taken(String type, long item, boolean asSource) {
    return database.read(
        em ->
            !em.createQuery(
                    "select r.id from RelationRow r where r.present = true and r."
                        + (asSource ? "source" : "target")
                        + " = :item and r.type = :type",
                    Long.class)
                .setParameter("item", item)
                .setParameter("type", type)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  public Relation add(String type, long source, long target, Origin origin) {
    return database.write(
        em -> {
          RelationRow row = new RelationRow(next(), type, source, target, now(), origin);
          em.persist(row);
          graph.changed(List.of(source, target));
          return row.value();
        });
  }

  public void end(long id, String by) {
    database.write(
        em -> {
          RelationRow row = em.find(RelationRow.class, id);
          if (row.present()) {
            row.end(now(), by);
            graph.changed(List.of(row.value().source(), row.value().target()));
          }
          return null;
        });
  }

  /** Gives an item a rule of its own for a type, or takes it back with null. */
  public void rule(long item, String type, Redundancy rule) {
    database.write(
        em -> {
          RuleRow row = em.find(RuleRow.class, new RuleRow.Key(item, type));
          if (rule == null) {
            if (row != null) {
              em.remove(row);
            }
          } else {
            keep(em, row, item, type, rule);
          }
          graph.changed(List.of(item));
          return null;
        });
  }

  private static void keep(EntityManager em, RuleRow row, long item, String type, Redundancy rule) {
    RuleRow kept = row == null ? new RuleRow(item, type) : row;
    kept.take(rule);
    if (row == null) {
      em.persist(kept);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private long next() {
    if (last.get() < 0) {
      Long highest =
          database.read(
              em ->
                  em.createQuery("select max(r.id) from RelationRow r", Long.class)
                      .getSingleResult());
      last.compareAndSet(-1, highest == null ? 0 : highest);
    }
    return last.incrementAndGet();
  }
}
