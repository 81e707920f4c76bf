/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.talka.api.security.GrantScope;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.graph.PastGraph;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class MapResourceTest {
  private final TestDatabase database;

  MapResourceTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void thePastShowsWhatTheCallerMaySeeNow() {
    Desk desk = new Desk(database);
    Item service = item(desk, "service", "Mail", "person1");
    Item given = item(desk, "server", "given away", "person1");
    Item got = item(desk, "server", "got", "person2");
    desk.relations.add("depends-on", service, given);
    desk.relations.add("depends-on", service, got);
    String then = desk.now.toString();
    desk.items.change(given.id(), given.version(), Map.of("owner", "person2"), "");
    desk.items.change(got.id(), got.version(), Map.of("owner", "person1"), "");
    desk.grants.put(Items.READ, GrantScope.OWN);
    MapResource maps =
        new MapResource(
            desk.items, desk.graph, new PastGraph(desk.store, desk.relationStore, desk.schema));
    for (String at : new String[] {null, then}) {
      assertEquals(
          List.of("Mail", "got"),
          maps.map(service.key(), 3, "both", at, List.of()).items().stream()
              .map(place -> place.item().name())
              .sorted()
              .toList());
    }
  }

  private static Item item(Desk desk, String classKey, String name, String owner) {
    return desk.items.create(Map.of("classKey", classKey, "name", name, "owner", owner), "");
  }
}
