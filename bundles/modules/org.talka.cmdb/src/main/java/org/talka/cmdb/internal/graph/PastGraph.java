/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.schema.Redundancy;
import org.talka.cmdb.internal.schema.SchemaStore;

/**
 * The surroundings of an item as they were at a moment, out of the history, with the classes,
 * relation types and rules of that moment.
 */
@Component(service = PastGraph.class)
public class PastGraph {
  private static final int MOST = 2_000;

  private final int most;
  private final ItemStore items;
  private final RelationStore relations;
  private final SchemaStore schema;

  @Activate
  public PastGraph(
      @Reference ItemStore items,
      @Reference RelationStore relations,
      @Reference SchemaStore schema) {
    this(items, relations, schema, MOST);
  }

  PastGraph(ItemStore items, RelationStore relations, SchemaStore schema, int most) {
    this.most = most;
    this.items = items;
    this.relations = relations;
    this.schema = schema;
  }

  /**
   * What is at most {@code depth} relations away from the item, {@value #MOST} items of it at most;
   * empty when it was not yet.
   */
  public Graph around(long start, int depth, Instant at) {
    Map<Long, Edition> editions = new HashMap<>(items.at(List.of(start), at));
    Map<Long, Edge> edges = new HashMap<>();
    Set<Long> level = new HashSet<>(editions.keySet());
    for (int d = 0; d < depth && !level.isEmpty() && editions.size() < most; d++) {
      Set<Long> next = new HashSet<>();
      for (Relation relation : relations.at(level, at)) {
        edges.put(
            relation.id(),
            new Edge(
                relation.id(),
                relation.type(),
                relation.source(),
                relation.target(),
                relation.weight()));
        next.add(relation.source());
        next.add(relation.target());
      }
      next.removeAll(editions.keySet());
      Map<Long, Edition> found =
          items.at(next.stream().sorted().limit(most - editions.size()).toList(), at);
      editions.putAll(found);
      level = new HashSet<>(found.keySet());
    }
    Map<Long, Map<String, Redundancy>> rules = relations.rulesAt(editions.keySet(), at);
    return new Graph(nodes(editions, edges, rules), schema.at(at));
  }

  private static Map<Long, Node> nodes(
      Map<Long, Edition> editions,
      Map<Long, Edge> edges,
      Map<Long, Map<String, Redundancy>> rules) {
    Map<Long, List<Edge>> byItem = new HashMap<>();
    for (Edge edge : edges.values()) {
      byItem.computeIfAbsent(edge.source(), id -> new ArrayList<>()).add(edge);
      byItem.computeIfAbsent(edge.target(), id -> new ArrayList<>()).add(edge);
    }
    Map<Long, Node> nodes = new HashMap<>();
    editions.forEach(
        (id, edition) -> {
          Map<String, String> fields = edition.fields();
          nodes.put(
              id,
              new Node(
                  id,
                  fields.getOrDefault(Field.NAME, ""),
                  fields.getOrDefault(Field.CLASS, ""),
                  fields.getOrDefault(Field.STATUS, ""),
                  Long.parseLong(fields.getOrDefault(Field.OWNER, "-1")),
                  Long.parseLong(fields.getOrDefault(Field.TEAM, "-1")),
                  byItem.getOrDefault(id, List.of()).stream()
                      .sorted(Comparator.comparingLong(Edge::relation))
                      .toList(),
                  rules.getOrDefault(id, Map.of())));
        });
    return nodes;
  }
}
