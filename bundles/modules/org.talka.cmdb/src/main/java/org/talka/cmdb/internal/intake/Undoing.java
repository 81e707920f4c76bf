/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.cmdb.internal.graph.RelationStore;
import org.talka.cmdb.internal.item.Draft;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Origin;

/**
 * Takes imports back, some items or relations at a time: what was made goes, what was changed
 * becomes what it was, and what somebody changed since stays.
 */
@Component(service = Undoing.class)
public class Undoing {
  private final IntakeStore store;
  private final ItemStore items;
  private final RelationStore relations;
  private final Database database;
  private final Audit audit;

  @Activate
  public Undoing(
      @Reference IntakeStore store,
      @Reference ItemStore items,
      @Reference RelationStore relations,
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Audit audit) {
    this.store = store;
    this.items = items;
    this.relations = relations;
    this.database = database;
    this.audit = audit;
  }

  /**
   * Takes some of an import back that is being undone.
   *
   * @return whether something may be left
   */
  boolean portion(long id) {
    return database.write(
        em -> {
          record Place(long after, String by, boolean relations) {}
          Place place =
              store
                  .locked(
                      id,
                      row -> {
                        Run run = row.value();
                        return run.state() != Run.State.UNDOING
                            ? null
                            : new Place(row.undoneTo(), run.undoneBy().orElse(""), run.relations());
                      })
                  .orElse(null);
          if (place == null) {
            return false;
          }
          List<Long> next =
              place.relations()
                  ? relations.ofRun(id, place.after(), ImportFiles.PART)
                  : items.ofRun(id, place.after(), ImportFiles.PART);
          if (next.isEmpty()) {
            end(id);
            return false;
          }
          int kept = 0;
          if (place.relations()) {
            relations.endAll(next, place.by());
          } else {
            kept = back(id, next, place.by());
          }
          int left = kept;
          store.locked(
              id,
              row -> {
                row.undone(next.get(next.size() - 1), left);
                return row;
              });
          return true;
        });
  }

  private void end(long id) {
    Instant now = items.now();
    Optional<Run> undone =
        store.locked(
            id,
            row -> {
              row.undone(now);
              return row.value();
            });
    audit.record(
        "cmdb.import.undone",
        "cmdb-import:" + id,
        Map.of("kept", String.valueOf(undone.map(Run::kept).orElse(0))));
  }

  /** How many of these items are left as they are. */
  private int back(long run, List<Long> ids, String by) {
    Map<Long, List<Edition>> editions = new LinkedHashMap<>();
    items
        .sinceRun(run, ids)
        .forEach(e -> editions.computeIfAbsent(e.item(), i -> new ArrayList<>()).add(e));
    Map<Long, Item> present = items.find(ids);
    List<Draft> drafts = new ArrayList<>();
    for (long id : ids) {
      back(run, present.get(id), editions.getOrDefault(id, List.of())).ifPresent(drafts::add);
    }
    items.write(drafts, new Origin(by, Origin.HAND, "", OptionalLong.empty()));
    return ids.size() - drafts.size();
  }

  /** What an item is to be again; nothing when somebody changed it since. */
  private static Optional<Draft> back(long run, Item item, List<Edition> editions) {
    List<Edition> made =
        editions.stream().filter(e -> e.run().equals(OptionalLong.of(run))).toList();
    if (item == null
        || item.away()
        || made.isEmpty()
        || item.edition() != made.get(made.size() - 1).number()) {
      return Optional.empty();
    }
    int first = made.get(0).number();
    return Optional.of(
        editions.stream()
            .filter(e -> e.number() == first - 1)
            .findFirst()
            .map(
                e -> new Draft(item.id(), Optional.of(item), e.fields(), e.sources(), false, false))
            .orElseGet(
                () ->
                    new Draft(
                        item.id(), Optional.of(item), item.fields(), item.sources(), true, false)));
  }
}
