/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.talka.cmdb.internal.graph.Graph.Need;
import org.talka.cmdb.internal.graph.Reach.Balance;
import org.talka.cmdb.internal.graph.Reach.Hold;
import org.talka.cmdb.internal.graph.Reach.Reached;
import org.talka.cmdb.internal.schema.Redundancy;

/**
 * What fails when some items fail. An item fails as soon as, of the suppliers that it has by one
 * relation type, fewer work than it needs, each counted by its weight where a number or a share is
 * needed. Level by level: what fails at one depth is known before the next is looked at, so that
 * the answer depends on the graph alone, whatever circles it has.
 */
public final class Impacts {
  private static final int LOOK_AT_THE_CLOCK = 128;

  private final Graph graph;
  private final Limits limits;
  private final long deadline;
  private final Map<Group, Losses> groups = new LinkedHashMap<>();
  private final Map<Long, Reached> reached = new LinkedHashMap<>();
  private final Set<Long> failed = new LinkedHashSet<>();
  private String limit;
  private int looked;

  private Impacts(Graph graph, Limits limits) {
    this.graph = graph;
    this.limits = limits;
    this.deadline = System.nanoTime() + limits.time().toNanos();
  }

  /** What the failure of {@code start} gets to; ids that are no items are left out. */
  public static Reach of(Graph graph, Collection<Long> start, Limits limits) {
    return new Impacts(graph, limits).run(start);
  }

  /** The suppliers of one item by one relation type. */
  private record Group(long dependent, String type) {}

  /** Which of them have failed, counted as their rule does. */
  private static final class Losses {
    private final Redundancy rule;
    private final int suppliers;
    private final int needed;
    private final List<Need> failed = new ArrayList<>();
    private int lost;

    Losses(Redundancy rule, int suppliers) {
      this.rule = rule;
      this.suppliers = suppliers;
      this.needed = rule.needed(suppliers);
    }

    void lose(Need need) {
      failed.add(need);
      lost += rule.units(need.edge().weight());
    }

    boolean works() {
      return suppliers - lost >= needed;
    }

    Balance balance(String type) {
      return new Balance(type, rule, suppliers, lost, needed);
    }
  }

  private Reach run(Collection<Long> start) {
    List<Node> level = new ArrayList<>();
    for (long id : new TreeSet<>(start)) {
      graph.node(id).filter(Node::counts).ifPresent(level::add);
      failed.add(id);
    }
    for (int depth = 1; !level.isEmpty() && limit == null; depth++) {
      Map<Long, Group> next = next(level);
      if (limit == null && depth > limits.depth()) {
        limit = next.isEmpty() ? null : "depth";
        break;
      }
      level = take(next, depth);
    }
    return new Reach(reached, limit == null ? held() : List.of(), Optional.ofNullable(limit));
  }

  /** Those that fail with this level, each with the group that decides it. */
  private Map<Long, Group> next(List<Node> level) {
    Map<Long, Group> next = new TreeMap<>();
    for (Node supplier : level) {
      if (++looked % LOOK_AT_THE_CLOCK == 0 && System.nanoTime() > deadline) {
        limit = "time";
        return Map.of();
      }
      for (Need need : graph.dependents(supplier)) {
        if (failed.contains(need.dependent())) {
          continue;
        }
        Group group = new Group(need.dependent(), need.edge().type());
        Losses losses = groups.computeIfAbsent(group, this::losses);
        losses.lose(need);
        if (!losses.works()) {
          // of several that fail with the same level the first by name decides
          next.merge(need.dependent(), group, (a, b) -> a.type().compareTo(b.type()) <= 0 ? a : b);
        }
      }
    }
    return next;
  }

  private List<Node> take(Map<Long, Group> next, int depth) {
    List<Node> level = new ArrayList<>();
    for (Map.Entry<Long, Group> entry : next.entrySet()) {
      if (reached.size() >= limits.nodes()) {
        limit = "nodes";
        return List.of();
      }
      long id = entry.getKey();
      Losses losses = groups.get(entry.getValue());
      List<Need> causes = new ArrayList<>(losses.failed);
      causes.sort(java.util.Comparator.comparingLong(need -> need.edge().relation()));
      reached.put(id, new Reached(id, depth, losses.balance(entry.getValue().type()), causes));
      failed.add(id);
      graph.node(id).ifPresent(level::add);
    }
    return level;
  }

  private Losses losses(Group group) {
    Node dependent = graph.node(group.dependent()).orElseThrow();
    Redundancy rule = graph.rule(dependent, group.type());
    int suppliers =
        graph.suppliers(dependent).stream()
            .filter(need -> need.edge().type().equals(group.type()))
            .mapToInt(need -> rule.units(need.edge().weight()))
            .sum();
    return new Losses(rule, suppliers);
  }

  private List<Hold> held() {
    List<Hold> held = new ArrayList<>();
    groups.forEach(
        (group, losses) -> {
          if (!failed.contains(group.dependent())) {
            held.add(
                new Hold(
                    group.dependent(), losses.balance(group.type()), List.copyOf(losses.failed)));
          }
        });
    held.sort(
        java.util.Comparator.comparingLong(Hold::id).thenComparing(hold -> hold.why().type()));
    return held;
  }
}
