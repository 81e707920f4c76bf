/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.talka.cmdb.internal.graph.Graph;
import org.talka.cmdb.internal.graph.Graph.Need;
import org.talka.cmdb.internal.graph.Impacts;
import org.talka.cmdb.internal.graph.Limits;
import org.talka.cmdb.internal.graph.Node;
import org.talka.cmdb.internal.graph.Reach;
import org.talka.cmdb.internal.graph.Reach.Balance;
import org.talka.cmdb.internal.graph.Supplies;
import org.talka.cmdb.internal.item.Sight;

/**
 * What walks through the graph found, in the form that clients get, without what they may not see.
 */
final class ReachViews {
  private ReachViews() {}

  static ImpactView impact(Graph graph, Collection<Long> start, Limits limits, Sight sight) {
    Reach reach = Impacts.of(graph, start, limits);
    Map<Long, Reach.Reached> reached = reach.reached();
    List<ImpactedView> impacted = new ArrayList<>();
    int services = 0;
    for (Reach.Reached one : reached.values()) {
      Node node = graph.node(one.id()).orElseThrow();
      if (!visible(sight, node)) {
        continue;
      }
      boolean service = graph.schema().service(node.classKey());
      services += service ? 1 : 0;
      impacted.add(
          new ImpactedView(
              Views.ref(node),
              one.depth(),
              service,
              balance(one.why()),
              causes(graph, one.causes(), sight),
              path(graph, one, reached, sight)));
    }
    List<HeldView> held = new ArrayList<>();
    for (Reach.Hold hold : reach.held()) {
      Node node = graph.node(hold.id()).orElseThrow();
      if (visible(sight, node)) {
        held.add(
            new HeldView(
                Views.ref(node), balance(hold.why()), causes(graph, hold.failed(), sight)));
      }
    }
    return new ImpactView(impacted, held, services, reach.limit().orElse(null));
  }

  static SuppliesView supplies(Graph graph, long start, Limits limits, Sight sight) {
    Supplies.Found found = Supplies.of(graph, start, limits);
    Map<Long, Supplies.Supplier> byId = new HashMap<>();
    found.reached().forEach(supplier -> byId.put(supplier.id(), supplier));
    List<SupplierView> suppliers = new ArrayList<>();
    for (Supplies.Supplier supplier : found.reached()) {
      Node node = graph.node(supplier.id()).orElseThrow();
      if (visible(sight, node)) {
        List<Views.Ref> path = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (Supplies.Supplier s = supplier; s != null && seen.add(s.id()); ) {
          graph.node(s.id()).filter(n -> visible(sight, n)).map(Views::ref).ifPresent(path::add);
          s = byId.get(s.by().dependent());
        }
        graph.node(start).map(Views::ref).ifPresent(path::add);
        Collections.reverse(path);
        suppliers.add(
            new SupplierView(
                Views.ref(node),
                supplier.depth(),
                supplier.by().edge().type(),
                supplier.alone().orElse(null),
                path));
      }
    }
    return new SuppliesView(suppliers, found.limit().orElse(null));
  }

  /** How it stands with the suppliers of an item, by type. */
  static List<GroupView> rules(Graph graph, long item) {
    Map<String, Integer> counts = new TreeMap<>();
    List<GroupView> groups = new ArrayList<>();
    graph
        .node(item)
        .ifPresent(
            node -> {
              for (Need need : graph.suppliers(node)) {
                String type = need.edge().type();
                int units = graph.rule(node, type).units(need.edge().weight());
                counts.merge(type, units, Integer::sum);
              }
              node.rules().keySet().forEach(type -> counts.putIfAbsent(type, 0));
              counts.forEach(
                  (type, suppliers) ->
                      groups.add(
                          new GroupView(
                              type,
                              suppliers,
                              graph.rule(node, type).needed(suppliers),
                              Views.rule(graph.rule(node, type)),
                              node.rules().containsKey(type))));
            });
    return groups;
  }

  private static boolean visible(Sight sight, Node node) {
    return sight.covers(node.owner(), node.team());
  }

  private static List<CauseView> causes(Graph graph, List<Need> needs, Sight sight) {
    List<CauseView> causes = new ArrayList<>();
    for (Need need : needs) {
      graph
          .node(need.supplier())
          .filter(node -> visible(sight, node))
          .ifPresent(node -> causes.add(new CauseView(need.edge().type(), Views.ref(node))));
    }
    return causes;
  }

  /** From what failed to the item, always by the first cause. */
  private static List<Views.Ref> path(
      Graph graph, Reach.Reached end, Map<Long, Reach.Reached> reached, Sight sight) {
    Map<Long, Views.Ref> path = new LinkedHashMap<>();
    Reach.Reached at = end;
    while (at != null && !path.containsKey(at.id())) {
      add(graph, at.id(), path, sight);
      long cause = nearest(at, reached);
      at = reached.get(cause);
      if (at == null) {
        add(graph, cause, path, sight);
      }
    }
    List<Views.Ref> refs = new ArrayList<>(path.values());
    refs.removeIf(java.util.Objects::isNull);
    Collections.reverse(refs);
    return refs;
  }

  private static void add(Graph graph, long id, Map<Long, Views.Ref> path, Sight sight) {
    path.put(id, graph.node(id).filter(n -> visible(sight, n)).map(Views::ref).orElse(null));
  }

  private static long nearest(Reach.Reached at, Map<Long, Reach.Reached> reached) {
    return at.causes().stream()
        .map(Need::supplier)
        .min(
            java.util.Comparator.comparingInt(
                id -> reached.containsKey(id) ? reached.get(id).depth() : 0))
        .orElse(-1L);
  }

  private static BalanceView balance(Balance balance) {
    return new BalanceView(
        balance.type(),
        Views.rule(balance.rule()),
        balance.suppliers(),
        balance.failed(),
        balance.needed());
  }

  /**
   * What a failure takes down.
   *
   * @param held what lost suppliers and works on
   * @param services how many of them are services
   * @param limit what ended the walk early: {@code depth}, {@code nodes} or {@code time}
   */
  public record ImpactView(
      List<ImpactedView> items, List<HeldView> held, int services, String limit) {}

  /**
   * An item that goes down.
   *
   * @param depth how many relations away
   * @param causes what of its suppliers had failed when it did
   * @param path the shortest way from what failed, both ends included
   */
  public record ImpactedView(
      Views.Ref item,
      int depth,
      boolean service,
      BalanceView why,
      List<CauseView> causes,
      List<Views.Ref> path) {}

  /** An item that has enough suppliers left. */
  public record HeldView(Views.Ref item, BalanceView why, List<CauseView> failed) {}

  /**
   * How it stood with its suppliers by one type of relations. Where a number or a share of them is
   * needed, each counts as many times as its relation weighs, otherwise once.
   */
  public record BalanceView(
      String type, Views.RuleView rule, int suppliers, int failed, int needed) {}

  /** A supplier that failed. */
  public record CauseView(String type, Views.Ref item) {}

  /** What an item needs. */
  public record SuppliesView(List<SupplierView> items, String limit) {}

  /**
   * A supplier, near or far.
   *
   * @param alone whether its failure alone takes the item down; absent when that took too long
   * @param path from the item to it
   */
  public record SupplierView(
      Views.Ref item, int depth, String type, Boolean alone, List<Views.Ref> path) {}

  /**
   * The suppliers of an item by one type, counted likewise.
   *
   * @param own whether the rule is the item's own
   */
  public record GroupView(
      String type, int suppliers, int needed, Views.RuleView rule, boolean own) {}
}
