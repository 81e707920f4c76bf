/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.cmdb.internal.schema.Impact;
import org.talka.cmdb.internal.schema.Redundancy;
import org.talka.cmdb.internal.schema.RelationType;
import org.talka.cmdb.internal.schema.Schema;

/**
 * Items and relations, and which of them need which: a failure goes from a supplier to those that
 * depend on it. It must not change while it is walked.
 */
public final class Graph {
  private final Map<Long, Node> nodes;
  private final Schema schema;

  public Graph(Map<Long, Node> nodes, Schema schema) {
    this.nodes = nodes;
    this.schema = schema;
  }

  public Optional<Node> node(long id) {
    return Optional.ofNullable(nodes.get(id));
  }

  public Set<Long> ids() {
    return Set.copyOf(nodes.keySet());
  }

  /** The items that are related to anything. */
  public Set<Long> tied() {
    Set<Long> tied = new HashSet<>();
    nodes.forEach(
        (id, node) -> {
          if (!node.edges().isEmpty()) {
            tied.add(id);
          }
        });
    return tied;
  }

  /** The items that are related to anything by that type, at either end. */
  public Set<Long> tied(String type) {
    Set<Long> tied = new HashSet<>();
    nodes.forEach(
        (id, node) -> {
          if (node.edges().stream().anyMatch(edge -> edge.type().equals(type))) {
            tied.add(id);
          }
        });
    return tied;
  }

  public Schema schema() {
    return schema;
  }

  /** One that needs another. */
  public record Need(Edge edge, long dependent, long supplier) {}

  /** Who suffers when the item fails, by relation. */
  public List<Need> dependents(Node node) {
    return needs(node, false);
  }

  /** What the item needs, by relation. */
  public List<Need> suppliers(Node node) {
    return needs(node, true);
  }

  private List<Need> needs(Node node, boolean up) {
    List<Need> needs = new ArrayList<>();
    for (Edge edge : node.edges()) {
      Impact impact = impact(edge.type());
      if (impact == Impact.NONE) {
        continue;
      }
      boolean toSource = impact == Impact.TO_SOURCE;
      long dependent = toSource ? edge.source() : edge.target();
      long supplier = toSource ? edge.target() : edge.source();
      if ((up ? dependent : supplier) != node.id()) {
        continue;
      }
      Node other = nodes.get(up ? supplier : dependent);
      if (other != null && other.counts()) {
        needs.add(new Need(edge, dependent, supplier));
      }
    }
    needs.sort(Comparator.comparingLong(need -> need.edge().relation()));
    return needs;
  }

  /** How many of its suppliers of that type the item needs, its own rule before the type's. */
  public Redundancy rule(Node node, String type) {
    Redundancy own = node.rules().get(type);
    return own != null
        ? own
        : schema.relationType(type).map(RelationType::rule).orElse(Redundancy.ALL);
  }

  private Impact impact(String type) {
    return schema.relationType(type).map(RelationType::impact).orElse(Impact.NONE);
  }
}
