/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.item.Sight;
import org.talka.cmdb.internal.schema.Identity;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Finds items that an identity key of their class can't tell apart. */
@Component(service = Duplicates.class)
public class Duplicates {
  private static final int MOST = 100;
  private static final int MOST_ALIKE = 20;

  private final ItemStore store;
  private final Items items;
  private final SchemaStore schema;

  @Activate
  public Duplicates(
      @Reference ItemStore store, @Reference Items items, @Reference SchemaStore schema) {
    this.store = store;
    this.items = items;
    this.schema = schema;
  }

  /**
   * Items that are alike.
   *
   * @param key the identity key that they share
   */
  public record Alike(String key, List<Item> items) {}

  /** Looks at every item that the caller may see; at most {@value #MOST} groups. */
  public List<Alike> find() {
    Map<String, List<Long>> byIdentity = byIdentity(items.sight());
    Map<List<Long>, String> groups = new LinkedHashMap<>();
    byIdentity.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .sorted(Comparator.comparing(entry -> entry.getValue().get(0)))
        .limit(MOST)
        .forEach(
            entry ->
                groups.merge(
                    entry.getValue().stream().limit(MOST_ALIKE).toList(),
                    keyOf(entry.getKey()),
                    (a, b) -> a + ", " + b));
    Map<Long, Item> all = store.find(groups.keySet().stream().flatMap(List::stream).toList());
    List<Alike> found = new ArrayList<>();
    groups.forEach(
        (ids, key) ->
            found.add(
                new Alike(
                    key, ids.stream().sorted().filter(all::containsKey).map(all::get).toList())));
    return found;
  }

  /** All items that have a twin, whoever may see them. */
  public Set<Long> ids() {
    Set<Long> ids = new HashSet<>();
    byIdentity(Sight.EVERYTHING).values().stream()
        .filter(alike -> alike.size() > 1)
        .forEach(ids::addAll);
    return ids;
  }

  private Map<String, List<Long>> byIdentity(Sight sight) {
    Schema now = schema.current();
    Map<String, List<Long>> byIdentity = new HashMap<>();
    store.each(
        new TreeSet<>(now.classes().stream().map(c -> c.key()).toList()),
        item -> {
          if (sight.covers(item)) {
            for (List<String> key : now.identities(item.classKey())) {
              Identity.of(key, item.fields())
                  .ifPresent(
                      identity ->
                          byIdentity
                              .computeIfAbsent(
                                  item.classKey() + "\n" + identity, none -> new ArrayList<>(1))
                              .add(item.id()));
            }
          }
        });
    return byIdentity;
  }

  /** The fields out of “class, then field=value lines”. */
  private static String keyOf(String identity) {
    List<String> fields = new ArrayList<>();
    String[] lines = identity.split("\n");
    for (int i = 1; i < lines.length; i++) {
      fields.add(lines[i].substring(0, lines[i].indexOf('=')));
    }
    return String.join(" + ", fields);
  }
}
