/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.depend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who needs whom among modules. Pure; the same for the same needs, whatever order they come in. */
public final class NeedGraph {
  private final Map<String, Set<String>> needs = new TreeMap<>();

  /**
   * @param needs of each module the ids that it needs; ids that have no entry are passed over
   */
  public NeedGraph(Map<String, ? extends Collection<String>> needs) {
    needs.forEach(
        (module, others) -> {
          Set<String> known = new TreeSet<>(others);
          known.retainAll(needs.keySet());
          known.remove(module);
          this.needs.put(module, known);
        });
  }

  /** Each after everything that it needs, as far as needs do not go round in a circle. */
  public List<String> order() {
    Set<String> order = new LinkedHashSet<>();
    needs.keySet().forEach(module -> visit(module, new LinkedHashSet<>(), order));
    return List.copyOf(order);
  }

  private void visit(String module, Set<String> way, Set<String> order) {
    if (order.contains(module) || !way.add(module)) {
      return;
    }
    needs.get(module).forEach(need -> visit(need, way, order));
    way.remove(module);
    order.add(module);
  }

  /** All that need it, directly or not, each before everything that it needs itself. */
  public List<String> dependents(String module) {
    Set<String> found = new TreeSet<>();
    collect(module, found);
    found.remove(module);
    List<String> order = new ArrayList<>(order());
    order.retainAll(found);
    java.util.Collections.reverse(order);
    return List.copyOf(order);
  }

  private void collect(String module, Set<String> found) {
    needs.forEach(
        (other, theirs) -> {
          if (theirs.contains(module) && found.add(other)) {
            collect(other, found);
          }
        });
  }
}
