/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.cmdb.internal.item.EditionRow;
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

  /** The present relations of a type between any of these and any of those. */
  public List<Relation> present(String type, Collection<Long> sources, Collection<Long> targets) {
    List<Relation> found = new ArrayList<>();
    for (List<Long> from : ItemStore.batches(sources)) {
      for (List<Long> to : ItemStore.batches(targets)) {
        database
            .read(
                em ->
                    em.createQuery(
                            "select r from RelationRow r where r.present = true and r.type = :type"
                                + " and r.source in :from and r.target in :to",
                            RelationRow.class)
                        .setParameter("type", type)
                        .setParameter("from", from)
                        .setParameter("to", to)
                        .getResultList())
            .forEach(row -> found.add(row.value()));
      }
    }
    return found;
  }

  /** Those of these items that have a present relation of the type at this end. */
  public Set<Long> taken(String type, Collection<Long> items, boolean asSource) {
    String end = asSource ? "source" : "target";
    Set<Long> found = new HashSet<>();
    for (List<Long> batch : ItemStore.batches(items)) {
      found.addAll(
          database.read(
              em ->
                  em.createQuery(
                          "select distinct r."
                              + end
                              + " from RelationRow r where r.present = true and r.type = :type"
                              + " and r."
                              + end
                              + " in :ids",
                          Long.class)
                      .setParameter("type", type)
                      .setParameter("ids", batch)
                      .getResultList()));
    }
    return found;
  }

  /** The number of a relation that is about to be made. */
  public long reserve() {
    return next();
  }

  /** Makes many relations at once. */
  public void addAll(Collection<Edge> edges, Origin origin) {
    Instant now = now();
    database.write(
        em -> {
          Set<Long> ends = new HashSet<>();
          for (Edge edge : edges) {
            em.persist(new RelationRow(edge, now, origin));
            ends.add(edge.source());
            ends.add(edge.target());
          }
          graph.changed(ends);
          return null;
        });
  }

  /** The relations that an import made, by their numbers. */
  public List<Long> ofRun(long run, long after, int limit) {
    return database.read(
        em ->
            em.createQuery(
                    "select r.id from RelationRow r where r.run = :run and r.id > :after"
                        + " order by r.id",
                    Long.class)
                .setParameter("run", run)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList());
  }

  /** Ends those of these relations that still hold. */
  public void endAll(Collection<Long> ids, String by) {
    Instant now = now();
    Set<Long> ends = new HashSet<>();
    for (List<Long> batch : ItemStore.batches(ids)) {
      database.write(
          em -> {
            for (RelationRow row :
                em.createQuery(
                        "select r from RelationRow r where r.present = true and r.id in :ids",
                        RelationRow.class)
                    .setParameter("ids", batch)
                    .getResultList()) {
              row.end(now, by);
              ends.add(row.value().source());
              ends.add(row.value().target());
            }
            return null;
          });
    }
    graph.changed(ends);
  }

  /**
   * Makes one.
   *
   * @param weight see {@link Weight}
   */
  public Relation add(String type, long source, long target, int weight, Origin origin) {
    return database.write(
        em -> add(em, new Edge(next(), type, source, target, weight), now(), origin));
  }

  private Relation add(EntityManager em, Edge edge, Instant now, Origin origin) {
    RelationRow row = new RelationRow(edge, now, origin);
    em.persist(row);
    graph.changed(List.of(edge.source(), edge.target()));
    return row.value();
  }

  /**
   * Ends a present relation and begins another that differs in its weight alone: at no moment in
   * between were the items unrelated.
   *
   * @return the new one
   */
  public Relation reweigh(Relation relation, int weight, Origin origin) {
    return database.write(
        em -> {
          Instant now = now();
          em.find(RelationRow.class, relation.id()).end(now, origin.by());
          Edge edge =
              new Edge(next(), relation.type(), relation.source(), relation.target(), weight);
          return add(em, edge, now, origin);
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
          edition(em, item, type, rule);
          graph.changed(List.of(item));
          return null;
        });
  }

  /** Ends the present edition of a rule and begins another, unless it is taken back. */
  private void edition(EntityManager em, long item, String type, Redundancy rule) {
    Instant now = now();
    for (RuleEditionRow row :
        em.createQuery(
                "select e from RuleEditionRow e where e.item = :item and e.type = :type"
                    + " and e.to = :open",
                RuleEditionRow.class)
            .setParameter("item", item)
            .setParameter("type", type)
            .setParameter("open", EditionRow.OPEN)
            .getResultList()) {
      now = now.isAfter(row.from()) ? now : row.from().plus(1, ChronoUnit.MICROS);
      row.end(now);
    }
    if (rule != null) {
      em.persist(new RuleEditionRow(item, type, now, rule));
    }
  }

  /** The rules that these items had of their own at that moment, by type. */
  public Map<Long, Map<String, Redundancy>> rulesAt(Collection<Long> items, Instant at) {
    Map<Long, Map<String, Redundancy>> found = new HashMap<>();
    for (List<Long> batch : ItemStore.batches(items)) {
      database
          .read(
              em ->
                  em.createQuery(
                          "select e from RuleEditionRow e where e.item in :ids and e.from <= :at"
                              + " and e.to > :at",
                          RuleEditionRow.class)
                      .setParameter("ids", batch)
                      .setParameter("at", at)
                      .getResultList())
          .forEach(
              row ->
                  found
                      .computeIfAbsent(row.item(), i -> new HashMap<>())
                      .put(row.type(), row.rule()));
    }
    return found;
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
