/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.cmdb.internal.graph.Relation;
import org.talka.cmdb.internal.graph.RelationStore;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Items;

/** What differs between two moments: only what changed meanwhile is read. */
@Component(service = Comparison.class)
public class Comparison {
  /** So many items, and so many relations, are compared at most. */
  public static final int MOST = 500;

  private final ItemStore store;
  private final RelationStore relations;
  private final Items items;

  @Activate
  public Comparison(
      @Reference ItemStore store, @Reference RelationStore relations, @Reference Items items) {
    this.store = store;
    this.relations = relations;
    this.items = items;
  }

  /**
   * @param more whether there is more than is compared at once
   */
  public record Result(
      List<ItemDifference> items, List<RelationDifference> relations, boolean more) {}

  /**
   * An item that differs.
   *
   * @param before null when it was not there; likewise {@code after}
   */
  public record ItemDifference(Item item, Edition before, Edition after) {
    /** The fields that differ. */
    public Set<String> fields() {
      Map<String, String> was = before == null ? Map.of() : before.fields();
      Map<String, String> is = after == null ? Map.of() : after.fields();
      Set<String> fields = new TreeSet<>(was.keySet());
      fields.addAll(is.keySet());
      fields.removeIf(f -> java.util.Objects.equals(was.get(f), is.get(f)));
      return fields;
    }

    public String name() {
      return (after == null ? before : after).fields().getOrDefault(Field.NAME, "");
    }
  }

  /** A relation that is there at one of the moments alone. */
  public record RelationDifference(Relation relation, Item source, Item target, boolean added) {}

  public Result between(Instant from, Instant to) {
    Instant first = from.isBefore(to) ? from : to;
    Instant second = from.isBefore(to) ? to : from;
    List<Long> changed = store.changedBetween(first, second, MOST + 1);
    Set<Long> ids = new HashSet<>(changed.subList(0, Math.min(MOST, changed.size())));
    Map<Long, Edition> was = store.at(ids, first);
    Map<Long, Edition> is = store.at(ids, second);
    Map<Long, Item> visible = items.visible(ids);
    List<ItemDifference> differences = new ArrayList<>();
    for (long id : ids) {
      ItemDifference difference = new ItemDifference(visible.get(id), was.get(id), is.get(id));
      boolean both = difference.before() != null || difference.after() != null;
      if (difference.item() != null && both && !difference.fields().isEmpty()) {
        differences.add(difference);
      }
    }
    differences.sort(Comparator.comparing(ItemDifference::name).thenComparing(d -> d.item().id()));
    List<Relation> ties = relations.changedBetween(first, second, MOST + 1);
    return new Result(
        differences,
        ties(ties.subList(0, Math.min(MOST, ties.size())), first, second),
        changed.size() > MOST || ties.size() > MOST);
  }

  private List<RelationDifference> ties(List<Relation> ties, Instant first, Instant second) {
    Set<Long> ends = new HashSet<>();
    ties.forEach(
        relation -> {
          ends.add(relation.source());
          ends.add(relation.target());
        });
    Map<Long, Item> visible = items.visible(ends);
    List<RelationDifference> differences = new ArrayList<>();
    for (Relation relation : ties) {
      boolean before = !relation.from().isAfter(first) && relation.to().isAfter(first);
      boolean after = !relation.from().isAfter(second) && relation.to().isAfter(second);
      Item source = visible.get(relation.source());
      Item target = visible.get(relation.target());
      if (before != after && source != null && target != null) {
        differences.add(new RelationDifference(relation, source, target, after));
      }
    }
    return differences;
  }
}
