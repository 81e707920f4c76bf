/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.graph.PastGraph;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class PastViewTest {
  private final TestDatabase database;

  PastViewTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void anItemIsShownWithTheValuesAndRelationsOfItsDay() {
    Desk desk = new Desk(database);
    Item mail = desk.item("service", "Mail");
    Item server =
        desk.items.create(
            Map.of("classKey", "server", "name", "mx1", "operatingSystem", "Debian 12"), "");
    long relation = desk.relations.add("depends-on", mail, server).id();
    Instant then = desk.now;
    desk.items.change(
        server.id(), server.version(), Map.of("name", "mx9", "operatingSystem", ""), "CHG-1");
    desk.relations.end(mail, relation);
    Item now = desk.store.find(server.id()).orElseThrow();
    Edition edition = desk.store.at(List.of(server.id()), then).get(server.id());
    Views.ItemView view = new Views(desk.items, desk.schema, desk).past(now, edition, then);
    assertEquals("mx1", view.name());
    assertEquals(Map.of("operatingSystem", "Debian 12"), view.attributes());
    assertFalse(view.away());
    assertFalse(view.canChange());
    RelationResource relations =
        new RelationResource(
            desk.items,
            desk.relations,
            desk.graph,
            new PastGraph(desk.store, desk.relationStore, desk.schema),
            desk.relationStore);
    assertEquals(List.of(), relations.list(mail.key(), null).items());
    assertEquals(
        List.of(1),
        relations.list(mail.key(), then.toString()).items().stream()
            .map(RelationResource.RelationView::weight)
            .toList());
    assertEquals(
        List.of("mx1"),
        relations.list(mail.key(), then.toString()).items().stream()
            .map(one -> one.item().name())
            .toList());
  }
}
