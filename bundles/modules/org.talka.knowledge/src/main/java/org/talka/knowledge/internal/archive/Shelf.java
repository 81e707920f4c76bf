/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.knowledge.internal.store.Category;

/** Categories by the names on the way to them: ids are another desk's. Not thread-safe. */
final class Shelf {
  private final Map<Long, Category> byId = new LinkedHashMap<>();
  private final Map<List<String>, Long> byPath = new HashMap<>();

  Shelf(List<Category> all) {
    all.forEach(category -> byId.put(category.id(), category));
    all.forEach(category -> byPath.putIfAbsent(path(category.id()), category.id()));
  }

  /** Names from the outermost category on; of a category that is no more, nothing. */
  List<String> path(long id) {
    List<String> names = new ArrayList<>();
    Optional<Category> at = Optional.ofNullable(byId.get(id));
    while (at.isPresent() && names.size() <= byId.size()) {
      names.add(at.get().name());
      at = at.get().parent().map(byId::get);
    }
    Collections.reverse(names);
    return names;
  }

  Optional<Long> find(List<String> path) {
    return Optional.ofNullable(byPath.get(path));
  }

  void add(Category category) {
    byId.put(category.id(), category);
    byPath.putIfAbsent(path(category.id()), category.id());
  }

  /** All of them, parents before their children and siblings in their order. */
  List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    byId.values().stream()
        .sorted(Comparator.comparingInt(category -> path(category.id()).size()))
        .forEach(
            category -> {
              Map<String, Object> line = new LinkedHashMap<>();
              line.put("path", path(category.id()));
              line.put("place", category.place());
              lines.add(line);
            });
    return lines;
  }
}
