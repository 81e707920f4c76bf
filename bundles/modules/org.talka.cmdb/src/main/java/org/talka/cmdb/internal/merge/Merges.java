/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.merge;

import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.cmdb.internal.graph.Relation;
import org.talka.cmdb.internal.graph.RelationStore;
import org.talka.cmdb.internal.graph.Relations;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.item.Origin;
import org.talka.cmdb.internal.schema.Attribute;
import org.talka.cmdb.internal.schema.SchemaStore;
import org.talka.cmdb.internal.ticket.Entry;
import org.talka.cmdb.internal.ticket.EntryStore;

/**
 * Makes one item of two: relations and tickets of the one that goes are those of the one that
 * stays, which also gets the values that it had none of. It can be taken back.
 */
@Component(service = Merges.class)
public class Merges {
  private final Database database;
  private final ItemStore items;
  private final Items seen;
  private final RelationStore relations;
  private final Relations ties;
  private final EntryStore entries;
  private final SchemaStore schema;
  private final Callers callers;
  private final Audit audit;

  @Activate
  public Merges(
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference ItemStore items,
      @Reference Items seen,
      @Reference RelationStore relations,
      @Reference Relations ties,
      @Reference EntryStore entries,
      @Reference SchemaStore schema,
      @Reference Callers callers,
      @Reference Audit audit) {
    this.database = database;
    this.items = items;
    this.seen = seen;
    this.relations = relations;
    this.ties = ties;
    this.entries = entries;
    this.schema = schema;
    this.callers = callers;
    this.audit = audit;
  }

  /** The latest first. */
  public List<Merge> all(int limit) {
    return database.read(
        em ->
            em
                .createQuery("select m from MergeRow m order by m.id desc", MergeRow.class)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(MergeRow::value)
                .toList());
  }

  public Merge merge(Item kept, Item merged) {
    if (kept.id() == merged.id()) {
      throw DomainException.invalid("merge", "error.cmdb.merge.self");
    }
    for (Item item : List.of(kept, merged)) {
      if (item.away()) {
        throw DomainException.conflict("error.cmdb.item.away", "key", item.key());
      }
    }
    String by = callers.current().username();
    Origin origin = Origin.hand(by, "");
    return database.write(
        em -> {
          Item after = fill(kept, merged, origin);
          List<Long> ended = new ArrayList<>();
          List<Long> added = new ArrayList<>();
          move(after, merged, origin, ended, added);
          List<String> tickets = tickets(kept, merged);
          items.away(merged, true, kept.id(), origin);
          Long last =
              em.createQuery("select max(m.id) from MergeRow m", Long.class).getSingleResult();
          Merge merge =
              new Merge(
                  last == null ? 1 : last + 1,
                  kept.id(),
                  merged.id(),
                  by,
                  items.now(),
                  kept.edition(),
                  after.edition(),
                  ended,
                  added,
                  tickets,
                  Optional.empty());
          em.persist(new MergeRow(merge));
          audit.record("cmdb.item.merged", "cmdb-item:" + merged.key(), Map.of("into", kept.key()));
          return merge;
        });
  }

  private Item fill(Item kept, Item merged, Origin origin) {
    Map<String, String> fields = new TreeMap<>(kept.fields());
    Map<String, String> sources = new HashMap<>(kept.sources());
    Map<String, Attribute> own = schema.current().attributes(kept.classKey());
    merged
        .fields()
        .forEach(
            (field, value) -> {
              boolean has =
                  own.containsKey(field)
                      || org.talka.cmdb.internal.item.Field.BUILT_IN.contains(field);
              if (has && fields.putIfAbsent(field, value) == null) {
                sources.put(field, merged.sources().getOrDefault(field, Origin.HAND));
              }
            });
    return fields.equals(kept.fields())
        ? kept
        : items.change(kept.id(), kept.version(), fields, sources, origin, false);
  }

  private void move(Item kept, Item merged, Origin origin, List<Long> ended, List<Long> added) {
    for (Relation relation : relations.of(merged.id(), Integer.MAX_VALUE)) {
      relations.end(relation.id(), origin.by());
      ended.add(relation.id());
      long other = Relations.other(relation, merged.id());
      Item end = items.find(other).orElseThrow();
      boolean out = relation.source() == merged.id();
      Item source = out ? kept : end;
      Item target = out ? end : kept;
      // where it may not be related so, its own relations count
      if (ties.fits(relation.type(), source, target)) {
        added.add(
            relations
                .add(relation.type(), source.id(), target.id(), relation.weight(), origin)
                .id());
      }
    }
  }

  private List<String> tickets(Item kept, Item merged) {
    List<String> moved = new ArrayList<>();
    List<Entry> present = entries.ofItem(kept.id());
    for (Entry entry : entries.ofItem(merged.id())) {
      entries.remove(entry);
      if (present.stream().noneMatch(e -> e.ticket().equals(entry.ticket()))) {
        entries.put(
            new Entry(
                entry.ticket(),
                entry.kind(),
                kept.id(),
                entry.computed(),
                entry.excluded(),
                entry.label(),
                entry.by(),
                entry.at()));
      }
      moved.add(
          entry.ticket()
              + " "
              + entry.computed()
              + " "
              + entry.excluded()
              + " "
              + present.stream().noneMatch(e -> e.ticket().equals(entry.ticket())));
    }
    return moved;
  }

  /** Takes a merge back; values that the kept item got stay if somebody changed it since. */
  public Merge undo(long id) {
    Origin origin = Origin.hand(callers.current().username(), "");
    return database.write(
        em -> {
          MergeRow row = em.find(MergeRow.class, id, LockModeType.PESSIMISTIC_WRITE);
          Merge merge = undoable(row);
          Item merged = items.find(merge.merged()).orElseThrow();
          Item back = items.away(merged, false, null, origin);
          merge.added().forEach(relation -> relations.end(relation, origin.by()));
          merge.ended().forEach(relation -> again(relation, origin));
          merge.tickets().forEach(ticket -> back(ticket, merge, back, origin));
          Item kept = items.find(merge.kept()).orElseThrow();
          if (merge.editionAfter() != merge.editionBefore()
              && kept.edition() == merge.editionAfter()) {
            Edition before = items.edition(kept.id(), merge.editionBefore()).orElseThrow();
            items.change(
                kept.id(), kept.version(), before.fields(), before.sources(), origin, false);
          }
          row.undone(items.now());
          audit.record("cmdb.merge.undone", "cmdb-item:" + back.key(), Map.of());
          return row.value();
        });
  }

  private Merge undoable(MergeRow row) {
    if (row == null) {
      throw DomainException.notFound("error.cmdb.merge.unknown");
    }
    Merge merge = row.value();
    if (seen.visible(List.of(merge.kept(), merge.merged())).size() < 2) {
      throw DomainException.notFound("error.cmdb.merge.unknown");
    }
    if (merge.undoneAt().isPresent()) {
      throw DomainException.conflict("error.cmdb.merge.undone");
    }
    return merge;
  }

  private void again(long id, Origin origin) {
    Relation relation = relations.any(id).orElseThrow();
    if (relations.present(relation.type(), relation.source(), relation.target()).isEmpty()) {
      relations.add(
          relation.type(), relation.source(), relation.target(), relation.weight(), origin);
    }
  }

  private void back(String moved, Merge merge, Item item, Origin origin) {
    String[] parts = moved.split(" ");
    Entry entry =
        new Entry(
            parts[0],
            Entry.Kind.ITEM,
            item.id(),
            Boolean.parseBoolean(parts[1]),
            Boolean.parseBoolean(parts[2]),
            item.name(),
            origin.by(),
            items.now());
    entries.put(entry);
    if (Boolean.parseBoolean(parts[3])) {
      entries.ofItem(merge.kept()).stream()
          .filter(e -> e.ticket().equals(parts[0]))
          .forEach(entries::remove);
    }
  }
}
