/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.talka.cmdb.internal.schema.Identity;

/**
 * Finds the item that a row means: identity keys are asked in their order, and the first that the
 * row has values for and that finds anything decides. More than one find is no decision.
 */
final class Matcher {
  private final List<List<String>> keys;

  /** Knows more of them; null for nobody. */
  private final Matcher other;

  /** For each key, the items by what identifies them. */
  private final List<Map<String, Set<Long>>> known = new ArrayList<>();

  Matcher(List<List<String>> keys) {
    this(keys, null);
  }

  /**
   * @param other what is known besides, by the same keys; null for nothing
   */
  Matcher(List<List<String>> keys, Matcher other) {
    this.keys = keys;
    this.other = other;
    keys.forEach(key -> known.add(new HashMap<>()));
  }

  /** An item that the rows after it may mean as well. */
  void add(long id, Map<String, String> fields) {
    for (int i = 0; i < keys.size(); i++) {
      Map<String, Set<Long>> byIdentity = known.get(i);
      Identity.of(keys.get(i), fields)
          .ifPresent(
              identity -> byIdentity.computeIfAbsent(identity, none -> new TreeSet<>()).add(id));
    }
  }

  /**
   * @param key what decided, as its fields are named; empty when nothing did
   * @param items one when it is certain, several when it is not
   * @param identified whether the row has values for any key at all
   */
  record Match(String key, List<Long> items, boolean identified) {}

  Match match(Map<String, String> row) {
    boolean identified = false;
    for (int i = 0; i < keys.size(); i++) {
      Optional<String> identity = Identity.of(keys.get(i), row);
      if (identity.isPresent()) {
        identified = true;
        Set<Long> found = found(i, identity.get());
        if (!found.isEmpty()) {
          return new Match(String.join(" + ", keys.get(i)), List.copyOf(found), true);
        }
      }
    }
    return new Match("", List.of(), identified);
  }

  private Set<Long> found(int key, String identity) {
    Set<Long> own = known.get(key).getOrDefault(identity, Set.of());
    if (other == null) {
      return own;
    }
    Set<Long> all = new TreeSet<>(own);
    all.addAll(other.found(key, identity));
    return all;
  }
}
