/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.schema.Redundancy;
import org.talka.cmdb.internal.schema.SchemaStore;

/**
 * The present graph in memory: every impact question is answered from it without a query. It is
 * read when it is first asked for. After a commit the items that changed are marked, and read again
 * before the next question, so that a question always sees what was committed before it.
 */
@Component(service = ItemGraph.class)
public class ItemGraph {
  /** With more changed items than this, reading everything is quicker. */
  private static final int MOST_CHANGED = 20_000;

  private final Database database;
  private final Transactions transactions;
  private final SchemaStore schema;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Guarded by {@link #lock}. */
  private Map<Long, Node> nodes = new HashMap<>();

  /** Guarded by {@link #lock}. */
  private boolean loaded;

  /** Items that are to be read again. */
  private final Set<Long> changed = ConcurrentHashMap.newKeySet();

  @Activate
  public ItemGraph(
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Transactions transactions,
      @Reference SchemaStore schema) {
    this.database = database;
    this.transactions = transactions;
    this.schema = schema;
  }

  /**
   * Tells, inside the transaction that changes them, that these items or their relations change.
   */
  public void changed(Collection<Long> ids) {
    List<Long> copy = List.copyOf(ids);
    transactions.afterCommit(() -> changed.addAll(copy));
  }

  /** Asks the present graph; it does not change meanwhile. */
  public <T> T ask(Function<Graph, T> question) {
    refresh();
    lock.readLock().lock();
    try {
      return question.apply(new Graph(nodes, schema.current()));
    } finally {
      lock.readLock().unlock();
    }
  }

  private void refresh() {
    lock.readLock().lock();
    boolean fresh = loaded && changed.isEmpty();
    lock.readLock().unlock();
    if (fresh) {
      return;
    }
    lock.writeLock().lock();
    // whoever changes something from here on marks it once more
    List<Long> ids = new ArrayList<>(changed);
    ids.forEach(changed::remove);
    boolean read = false;
    try {
      if (!loaded || ids.size() > MOST_CHANGED) {
        nodes = committed(em -> read(em, List.of()));
        loaded = true;
      } else {
        for (List<Long> batch : ItemStore.batches(ids)) {
          Map<Long, Node> again = committed(em -> read(em, batch));
          batch.forEach(nodes::remove);
          nodes.putAll(again);
        }
      }
      read = true;
    } finally {
      if (!read) {
        changed.addAll(ids);
      }
      lock.writeLock().unlock();
    }
  }

  /** What a transaction of this thread has not committed yet must not get into the graph. */
  private <T> T committed(Function<EntityManager, T> work) {
    return transactions.active()
        ? transactions.separate(() -> database.read(work))
        : database.read(work);
  }

  /** These items with their relations; all when none are named. */
  private static Map<Long, Node> read(EntityManager em, List<Long> ids) {
    boolean all = ids.isEmpty();
    Map<Long, List<Edge>> edges = new HashMap<>();
    for (Object[] row :
        rows(
            em,
            "select r.id, r.type, r.source, r.target, r.weight from RelationRow r"
                + " where r.present = true"
                + (all ? "" : " and (r.source in :ids or r.target in :ids)"),
            ids)) {
      Edge edge =
          new Edge(
              (Long) row[0],
              ((String) row[1]).intern(),
              (Long) row[2],
              (Long) row[3],
              (Integer) row[4]);
      edges.computeIfAbsent(edge.source(), id -> new ArrayList<>(4)).add(edge);
      edges.computeIfAbsent(edge.target(), id -> new ArrayList<>(4)).add(edge);
    }
    Map<Long, Map<String, Redundancy>> rules = new HashMap<>();
    for (Object[] row :
        rows(
            em,
            "select r.item, r.type, r.policy, r.amount from RuleRow r"
                + (all ? "" : " where r.item in :ids"),
            ids)) {
      rules
          .computeIfAbsent((Long) row[0], id -> new HashMap<>(2))
          .put(
              (String) row[1], Redundancy.of((String) row[2], (Integer) row[3], new ArrayList<>()));
    }
    Map<Long, Node> nodes = new HashMap<>();
    for (Object[] row :
        rows(
            em,
            "select i.id, i.name, i.classKey, i.status, i.owner, i.team from ItemRow i"
                + " where i.away = false"
                + (all ? "" : " and i.id in :ids"),
            ids)) {
      long id = (Long) row[0];
      List<Edge> own = edges.getOrDefault(id, List.of());
      nodes.put(
          id,
          new Node(
              id,
              (String) row[1],
              ((String) row[2]).intern(),
              ((String) row[3]).intern(),
              row[4] == null ? -1 : (Long) row[4],
              row[5] == null ? -1 : (Long) row[5],
              own.stream().sorted(Comparator.comparingLong(Edge::relation)).toList(),
              Map.copyOf(rules.getOrDefault(id, Map.of()))));
    }
    return nodes;
  }

  private static List<Object[]> rows(EntityManager em, String query, List<Long> ids) {
    var typed = em.createQuery(query, Object[].class);
    if (!ids.isEmpty()) {
      typed.setParameter("ids", ids);
    }
    return typed.getResultList();
  }
}
