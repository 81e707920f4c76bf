/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.depend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NeedGraphTest {
  @Test
  void ordersEachAfterItsNeedsOnAnyGraphWithoutCircles() {
    Random random = new Random(7);
    for (int run = 0; run < 300; run++) {
      Map<String, Set<String>> needs = graph(random, 1 + random.nextInt(12));
      List<String> order = new NeedGraph(needs).order();
      assertEquals(needs.keySet(), new TreeSet<>(order));
      assertEquals(needs.size(), order.size());
      needs.forEach(
          (module, others) ->
              others.forEach(
                  other ->
                      assertTrue(
                          order.indexOf(other) < order.indexOf(module),
                          () -> needs + " " + order)));
    }
  }

  @Test
  void findsExactlyThoseFromWhomAWayLeadsToAModule() {
    Random random = new Random(11);
    for (int run = 0; run < 300; run++) {
      Map<String, Set<String>> needs = graph(random, 1 + random.nextInt(12));
      NeedGraph graph = new NeedGraph(needs);
      for (String module : needs.keySet()) {
        List<String> found = graph.dependents(module);
        Set<String> expected = new TreeSet<>();
        needs.keySet().stream()
            .filter(other -> !other.equals(module) && reaches(needs, other, module))
            .forEach(expected::add);
        assertEquals(expected, new TreeSet<>(found));
        for (String one : found) {
          Set<String> theirs = new HashSet<>(needs.get(one));
          theirs.retainAll(found);
          theirs.forEach(need -> assertTrue(found.indexOf(one) < found.indexOf(need)));
        }
      }
    }
  }

  @Test
  void isNotStuckInACircle() {
    NeedGraph graph =
        new NeedGraph(Map.of("a", Set.of("b"), "b", Set.of("a"), "c", Set.of("b", "unknown")));
    assertEquals(Set.of("a", "b", "c"), Set.copyOf(graph.order()));
    assertEquals(Set.of("b", "c"), Set.copyOf(graph.dependents("a")));
  }

  /** Needs go to smaller numbers only, so that there is no circle. */
  private static Map<String, Set<String>> graph(Random random, int n) {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      Set<String> mine = new TreeSet<>();
      for (int j = 0; j < i; j++) {
        if (random.nextInt(4) == 0) {
          mine.add(name(j, n));
        }
      }
      needs.put(name(i, n), mine);
    }
    return needs;
  }

  /** Not in the order of the alphabet. */
  private static String name(int i, int n) {
    return "m" + (i * 7 + 3) % 97 + "-" + n;
  }

  private static boolean reaches(Map<String, Set<String>> needs, String from, String to) {
    return needs.get(from).stream().anyMatch(need -> need.equals(to) || reaches(needs, need, to));
  }
}
