/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.security.Callers;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.item.Origin;
import org.talka.cmdb.internal.schema.Redundancy;
import org.talka.cmdb.internal.schema.RelationType;
import org.talka.cmdb.internal.schema.RelationTypes;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Ties items together and parts them, as their relation types allow. */
@Component(service = Relations.class)
public class Relations {
  /** How many relations of one item are shown. */
  public static final int MOST = 500;

  private final RelationStore store;
  private final SchemaStore schema;
  private final Items items;
  private final ItemStore itemStore;
  private final Database database;
  private final Callers callers;

  @Activate
  public Relations(
      @Reference RelationStore store,
      @Reference SchemaStore schema,
      @Reference Items items,
      @Reference ItemStore itemStore,
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Callers callers) {
    this.store = store;
    this.schema = schema;
    this.items = items;
    this.itemStore = itemStore;
    this.database = database;
    this.callers = callers;
  }

  /** The relations of an item that the caller may see, to items that the caller may see. */
  public List<Relation> of(Item item) {
    List<Relation> all = store.of(item.id(), MOST);
    Map<Long, Item> others = items.visible(all.stream().map(r -> other(r, item.id())).toList());
    return all.stream().filter(r -> others.containsKey(other(r, item.id()))).toList();
  }

  /** The item at the other end. */
  public static long other(Relation relation, long item) {
    return relation.source() == item ? relation.target() : relation.source();
  }

  public Relation add(String type, Item source, Item target) {
    return add(type, source, target, Weight.USUAL);
  }

  /**
   * @param weight as how many suppliers it counts, see {@link Weight}
   */
  public Relation add(String type, Item source, Item target, int weight) {
    items.requireChange(source, target);
    String by = callers.current().username();
    return add(type, source, target, Weight.checked(weight), Origin.hand(by, ""));
  }

  private Relation add(String type, Item source, Item target, int weight, Origin origin) {
    Schema now = schema.current();
    RelationType known = now.relationType(type == null ? "" : type).orElse(null);
    if (known == null || known.retired()) {
      throw DomainException.invalid(
          "type", "error.cmdb.relationType.unknown", "value", String.valueOf(type));
    }
    return database.write(
        em -> {
          // what is checked must still be so when this is committed
          itemStore.lock(List.of(source.id(), target.id()));
          check(now, known, source, target);
          return store.add(type, source.id(), target.id(), weight, origin);
        });
  }

  /** Whether the items could be related so. */
  public boolean fits(String type, Item source, Item target) {
    Schema now = schema.current();
    try {
      check(now, RelationTypes.get(now, type), source, target);
      return true;
    } catch (DomainException no) {
      return false;
    }
  }

  private void check(Schema now, RelationType type, Item source, Item target) {
    if (source.id() == target.id()) {
      throw DomainException.invalid("item", "error.cmdb.relation.self");
    }
    if (!now.isA(source.classKey(), type.source()) || !now.isA(target.classKey(), type.target())) {
      throw DomainException.invalid("item", "error.cmdb.relation.class");
    }
    if (store.present(type.key(), source.id(), target.id()).isPresent()) {
      throw DomainException.invalid("item", "error.cmdb.relation.twice");
    }
    if (type.cardinality().oneTarget() && store.taken(type.key(), source.id(), true)) {
      throw DomainException.invalid("item", "error.cmdb.relation.taken", "name", source.name());
    }
    if (type.cardinality().oneSource() && store.taken(type.key(), target.id(), false)) {
      throw DomainException.invalid("item", "error.cmdb.relation.taken", "name", target.name());
    }
  }

  public void end(Item item, long id) {
    change(
        item,
        id,
        relation -> {
          store.end(id, callers.current().username());
          return relation;
        });
  }

  /**
   * Gives a relation another weight. What held up to now is kept: the relation is ended, and one
   * that differs in nothing else takes its place, which its type therefore allows.
   *
   * @param id of a relation of the item
   * @return what is in its place; the relation itself if it weighs so already
   */
  public Relation reweigh(Item item, long id, int weight) {
    Weight.checked(weight);
    return change(
        item,
        id,
        relation ->
            relation.weight() == weight
                ? relation
                : store.reweigh(relation, weight, Origin.hand(callers.current().username(), "")));
  }

  private Relation change(Item item, long id, UnaryOperator<Relation> work) {
    Item other = items.get(other(present(item, id), item.id()));
    items.requireChange(item, other);
    return database.write(
        em -> {
          // somebody else may end or change it at the same time
          itemStore.lock(List.of(item.id(), other.id()));
          return work.apply(present(item, id));
        });
  }

  private Relation present(Item item, long id) {
    return store
        .find(id)
        .filter(r -> r.source() == item.id() || r.target() == item.id())
        .orElseThrow(() -> DomainException.notFound("error.cmdb.relation.unknown"));
  }

  /** How many of its suppliers of a type the item needs; with a null policy as the type says. */
  public void rule(Item item, String type, String policy, Integer amount) {
    items.requireChange(item);
    RelationTypes.get(schema.current(), type);
    if (policy == null) {
      store.rule(item.id(), type, null);
      return;
    }
    List<FieldError> errors = new ArrayList<>();
    Redundancy rule = Redundancy.of(policy, amount, errors);
    if (!errors.isEmpty()) {
      throw DomainException.invalid(errors);
    }
    store.rule(item.id(), type, rule);
  }
}
