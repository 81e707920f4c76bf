/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.GrantScope;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.graph.Relation;
import org.talka.cmdb.internal.graph.Relations;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.ticket.Entry;
import org.talka.cmdb.internal.ticket.EntryStore;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class MergesTest {
  private final TestDatabase database;
  private Desk desk;
  private EntryStore entries;
  private Merges merges;
  private Duplicates duplicates;
  private Item service;
  private Item kept;
  private Item twin;

  MergesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    entries = new EntryStore(desk.database);
    merges =
        new Merges(
            desk.database,
            desk.store,
            desk.items,
            desk.relationStore,
            desk.relations,
            entries,
            desk.schema,
            desk,
            desk);
    duplicates = new Duplicates(desk.store, desk.items, desk.schema);
    service = desk.item("service", "Mail");
    kept = desk.items.create(Map.of("classKey", "server", "name", "mx1", "location", "Rīga"), "");
    twin =
        desk.items.create(Map.of("classKey", "server", "name", "MX1", "serialNumber", "SN-1"), "");
  }

  private void entry(String ticket, Item item) {
    entries.put(
        new Entry(
            ticket, Entry.Kind.ITEM, item.id(), false, false, item.name(), "me", Instant.EPOCH));
  }

  private List<Long> others(Item item) {
    return desk.relations.of(item).stream()
        .map(relation -> Relations.other(relation, item.id()))
        .sorted()
        .toList();
  }

  private List<String> tickets(Item item) {
    return entries.tickets(item.id(), 10).stream().sorted().toList();
  }

  private Item now(Item item) {
    return desk.store.find(item.id()).orElseThrow();
  }

  @Test
  void itemsWithTheSameKeyAreFound() {
    List<Duplicates.Alike> found = duplicates.find();
    assertEquals(1, found.size());
    assertEquals("name", found.get(0).key());
    assertEquals(
        List.of(kept.id(), twin.id()), found.get(0).items().stream().map(Item::id).toList());
    merges.merge(kept, twin);
    assertEquals(List.of(), duplicates.find());
  }

  @Test
  void relationsAndTicketsMoveAndMissingValuesAreTaken() {
    Item site = desk.item("site", "Rīga");
    desk.relations.add("depends-on", service, twin);
    desk.relations.add("depends-on", service, kept);
    desk.relations.add("hosts", site, twin);
    entry("INC-000001", twin);
    entry("INC-000002", twin);
    entry("INC-000002", kept);
    merges.merge(kept, twin);
    assertEquals(List.of(service.id(), site.id()), others(kept));
    assertEquals(List.of("INC-000001", "INC-000002"), tickets(kept));
    assertEquals(List.of(), tickets(twin));
    assertEquals("SN-1", now(kept).fields().get("serialNumber"));
    assertEquals("mx1", now(kept).name());
    assertTrue(now(twin).away());
    assertEquals(kept.id(), now(twin).mergedInto().orElseThrow());
  }

  @Test
  void relationsThatMoveKeepTheirWeight() {
    desk.relations.add("depends-on", service, twin, 3);
    Merge merge = merges.merge(kept, twin);
    assertEquals(List.of(3), weights(kept));
    merges.undo(merge.id());
    assertEquals(List.of(3), weights(twin));
    assertEquals(List.of(), weights(kept));
  }

  private List<Integer> weights(Item item) {
    return desk.relations.of(item).stream().map(Relation::weight).toList();
  }

  @Test
  void aMergeThatIsTakenBackLeavesEverythingAsItWas() {
    Item site = desk.item("site", "Rīga");
    desk.relations.add("depends-on", service, twin);
    desk.relations.add("depends-on", service, kept);
    desk.relations.add("hosts", site, twin);
    entry("INC-000001", twin);
    entry("INC-000002", twin);
    entry("INC-000002", kept);
    Merge merge = merges.merge(kept, twin);
    merges.undo(merge.id());
    assertEquals(List.of(service.id()), others(kept));
    assertEquals(List.of(service.id(), site.id()), others(twin));
    assertEquals(List.of("INC-000002"), tickets(kept));
    assertEquals(List.of("INC-000001", "INC-000002"), tickets(twin));
    assertEquals(kept.fields(), now(kept).fields());
    assertEquals(twin.fields(), now(twin).fields());
    assertEquals(false, now(twin).away());
    assertThrows(DomainException.class, () -> merges.undo(merge.id()));
  }

  @Test
  void aMergeOfWhatTheCallerDoesNotSeeIsNotThere() {
    Merge merge = merges.merge(kept, twin);
    desk.grants.put(Items.READ, GrantScope.OWN);
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> merges.undo(merge.id())).kind());
    assertTrue(now(twin).away());
  }

  @Test
  void aMergeIsTakenBackOnceOnly() throws Exception {
    Merge merge = merges.merge(kept, twin);
    assertEquals(
        "error.cmdb.merge.undone",
        desk.whileUncommitted(() -> merges.undo(merge.id()), () -> merges.undo(merge.id()))
            .text()
            .key());
  }

  @Test
  void whatWasChangedSinceStays() {
    Merge merge = merges.merge(kept, twin);
    Item changed = desk.items.change(kept.id(), now(kept).version(), Map.of("model", "X"), "");
    merges.undo(merge.id());
    assertEquals(changed.fields(), now(kept).fields());
  }

  @Test
  void whatIsAwayIsNotMerged() {
    merges.merge(kept, twin);
    assertThrows(DomainException.class, () -> merges.merge(now(kept), now(twin)));
    assertThrows(DomainException.class, () -> merges.merge(now(kept), now(kept)));
  }
}
