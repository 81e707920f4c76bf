/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Sight;
import org.talka.cmdb.internal.merge.Duplicates;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class HealthTest {
  private final TestDatabase database;
  private Desk desk;

  HealthTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
  }

  private Health in(Duration later) {
    return new Health(
        desk.database,
        desk.store,
        desk.graph,
        desk.schema,
        new Duplicates(desk.store, desk.items, desk.schema),
        Clock.fixed(desk.now.plus(later), ZoneOffset.UTC));
  }

  @Test
  void itemsAreCountedByOwner() {
    Item mail =
        desk.items.create(Map.of("classKey", "service", "name", "Mail", "owner", "person2"), "");
    Item server =
        desk.items.create(Map.of("classKey", "server", "name", "mx1", "owner", "person2"), "");
    desk.relations.add("depends-on", mail, server);
    desk.item("server", "MX1");
    Item old = desk.item("server", "old");
    desk.items.change(old.id(), old.version(), Map.of("status", "retired"), "");
    assertEquals(
        List.of(new Figures(Figures.NOBODY, 1, 0, 0, 1, 1), new Figures(2, 2, 2, 0, 0, 1)),
        in(Duration.ofDays(1)).now(Sight.EVERYTHING));
  }

  @Test
  void whatNobodyHasLookedAtForHalfAYearIsStale() {
    Item one = desk.item("server", "one");
    desk.item("server", "two");
    desk.now = desk.now.plus(Duration.ofDays(100));
    desk.items.verify(one.id(), one.version());
    assertEquals(1, in(Duration.ofDays(100)).now(Sight.EVERYTHING).get(0).stale());
    assertEquals(2, in(Duration.ofDays(200)).now(Sight.EVERYTHING).get(0).stale());
  }

  @Test
  void eachDayThatSomebodyAsksIsKeptOnce() {
    desk.item("server", "one");
    in(Duration.ofDays(1)).now(Sight.EVERYTHING);
    desk.item("server", "two");
    in(Duration.ofDays(1)).now(Sight.EVERYTHING);
    in(Duration.ofDays(2)).now(Sight.EVERYTHING);
    // who sees less leaves the figures of all alone
    in(Duration.ofDays(2)).now(new Sight(false, 5, java.util.Set.of()));
    assertEquals(
        List.of(2, 2),
        in(Duration.ofDays(2)).days().stream().map(day -> day.figures().items()).toList());
  }
}
