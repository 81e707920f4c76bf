/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.talka.cmdb.internal.item.IdentityRow;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.schema.Identity;
import org.talka.cmdb.internal.schema.Schema;

/**
 * The items that rows may mean, read for many rows at once: by the field of each identity key that
 * differs most among them, since the others would find too many.
 */
final class Candidates {
  /** A key of one field that finds more is no decision anyway. */
  private static final int MOST_ALIKE = 25;

  private final ItemStore items;
  private final Schema schema;

  Candidates(ItemStore items, Schema schema) {
    this.items = items;
    this.schema = schema;
  }

  /** Items of the class and those beneath it that a key may find, and some that it does not. */
  Map<Long, Item> of(
      String classKey, List<List<String>> keys, Collection<Map<String, String>> rows) {
    Set<Long> ids = new HashSet<>();
    for (List<String> key : keys) {
      ids.addAll(ids(key, rows));
    }
    Set<String> classes = schema.beneath(classKey);
    Map<Long, Item> found = new HashMap<>(items.find(ids));
    found.values().removeIf(item -> item.away() || !classes.contains(item.classKey()));
    return found;
  }

  private Set<Long> ids(List<String> key, Collection<Map<String, String>> rows) {
    String lead = "";
    Set<String> values = Set.of();
    List<Map<String, String>> identified =
        rows.stream().filter(row -> Identity.of(key, row).isPresent()).toList();
    for (String field : key) {
      Set<String> different = new HashSet<>();
      if (schema.tells(field)) {
        identified.forEach(row -> different.add(IdentityRow.key(row.get(field))));
      }
      if (different.size() > values.size()) {
        lead = field;
        values = different;
      }
    }
    return values.isEmpty()
        ? Set.of()
        : items.identified(lead, values, key.size() == 1 ? MOST_ALIKE : Integer.MAX_VALUE);
  }
}
