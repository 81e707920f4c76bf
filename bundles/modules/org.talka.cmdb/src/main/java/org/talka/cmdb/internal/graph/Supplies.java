/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.talka.cmdb.internal.graph.Graph.Need;

/**
 * What an item needs, directly and through others, and which of it is enough to take the item down
 * alone. The latter is not guessed from the path: two redundant suppliers may need the same third.
 */
public final class Supplies {
  /** As long as this is asked which single failure is enough. */
  private static final Duration ALONE = Duration.ofMillis(400);

  private Supplies() {}

  /**
   * @param reached by depth and id
   * @param limit as {@link Reach#limit()}
   */
  public record Found(List<Supplier> reached, Optional<String> limit) {}

  /**
   * @param by the need through which it was found, that of an item one step nearer
   * @param alone whether its failure alone takes the item down; absent when there was no time left
   *     to find out
   */
  public record Supplier(long id, int depth, Need by, Optional<Boolean> alone) {}

  public static Found of(Graph graph, long start, Limits limits) {
    long deadline = System.nanoTime() + limits.time().toNanos();
    Map<Long, Supplier> found = new LinkedHashMap<>();
    Optional<Node> node = graph.node(start);
    List<Node> level = node.map(List::of).orElse(List.of());
    String limit = null;
    for (int depth = 1; !level.isEmpty() && limit == null; depth++) {
      Map<Long, Need> next = new TreeMap<>();
      for (Node dependent : level) {
        for (Need need : graph.suppliers(dependent)) {
          if (need.supplier() != start && !found.containsKey(need.supplier())) {
            next.putIfAbsent(need.supplier(), need);
          }
        }
      }
      if (System.nanoTime() > deadline) {
        limit = "time";
      } else if (depth > limits.depth() && !next.isEmpty()) {
        limit = "depth";
      } else {
        level = new ArrayList<>();
        for (Map.Entry<Long, Need> entry : next.entrySet()) {
          if (found.size() >= limits.nodes()) {
            limit = "nodes";
            break;
          }
          long id = entry.getKey();
          found.put(id, new Supplier(id, depth, entry.getValue(), Optional.empty()));
          graph.node(id).ifPresent(level::add);
        }
      }
    }
    return new Found(judged(graph, start, found), Optional.ofNullable(limit));
  }

  private static List<Supplier> judged(Graph graph, long start, Map<Long, Supplier> found) {
    long deadline = System.nanoTime() + ALONE.toNanos();
    Limits walk = new Limits(Limits.DEEPEST, Limits.MOST, Duration.ofMillis(100));
    List<Supplier> judged = new ArrayList<>();
    for (Supplier supplier : found.values()) {
      Optional<Boolean> alone = Optional.empty();
      if (System.nanoTime() < deadline) {
        Reach reach = Impacts.of(graph, List.of(supplier.id()), walk);
        boolean down = reach.reached().containsKey(start);
        alone = down || reach.limit().isEmpty() ? Optional.of(down) : Optional.empty();
      }
      judged.add(new Supplier(supplier.id(), supplier.depth(), supplier.by(), alone));
    }
    return judged;
  }
}
