/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.job.Job;
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
        new AuditRules(
            desk.database,
            desk.store,
            desk.graph,
            desk.schema,
            desk,
            Clock.fixed(desk.now.plus(later), ZoneOffset.UTC)),
        Clock.fixed(desk.now.plus(later), ZoneOffset.UTC));
  }

  private List<Figures> counted(Duration later) {
    Health health = in(later);
    health.count();
    return health.last(Sight.EVERYTHING);
  }

  @Test
  void theyAreCountedWhenNobodyHasYetAndReadAfterwards() {
    desk.item("server", "one");
    assertEquals(1, in(Duration.ofDays(1)).last(Sight.EVERYTHING).get(0).items());
    desk.item("server", "two");
    assertEquals(1, in(Duration.ofDays(2)).last(Sight.EVERYTHING).get(0).items());
    new HealthJob(in(Duration.ofDays(2))).run(new Said());
    assertEquals(2, in(Duration.ofDays(2)).last(Sight.EVERYTHING).get(0).items());
  }

  @Test
  void everybodyIsToldOfTheItemsThatTheySee() {
    item("one", "person2", "team20");
    item("two", "person2", "team30");
    item("three", "person3", "team30");
    counted(Duration.ofDays(1));
    Health health = in(Duration.ofDays(1));
    assertEquals(List.of("2x2"), told(health, new Sight(false, 2, Set.of())));
    assertEquals(List.of("2x1", "3x1"), told(health, new Sight(false, 9, Set.of(30L))));
    assertEquals(List.of("2x1"), told(health, new Sight(false, 9, Set.of(20L))));
    assertEquals(List.of(), told(health, new Sight(false, 9, Set.of())));
  }

  private void item(String name, String owner, String team) {
    desk.items.create(Map.of("classKey", "server", "name", name, "owner", owner, "team", team), "");
  }

  private static List<String> told(Health health, Sight sight) {
    return health.last(sight).stream().map(f -> f.owner() + "x" + f.items()).toList();
  }

  private static final class Said implements Job.Context {
    @Override
    public Instant due() {
      return Instant.EPOCH;
    }

    @Override
    public Optional<Instant> lastSuccess() {
      return Optional.empty();
    }

    @Override
    public boolean stopping() {
      return false;
    }

    @Override
    public void report(String done) {
      assertEquals("2", done);
    }
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
        List.of(new Figures(Figures.NOBODY, 1, 0, 0, 1, 1, 0), new Figures(2, 2, 2, 0, 0, 1, 0)),
        counted(Duration.ofDays(1)));
  }

  @Test
  void whatNobodyHasLookedAtForHalfAYearIsStale() {
    Item one = desk.item("server", "one");
    desk.item("server", "two");
    desk.now = desk.now.plus(Duration.ofDays(100));
    desk.items.verify(one.id(), one.version());
    assertEquals(1, counted(Duration.ofDays(100)).get(0).stale());
    assertEquals(2, counted(Duration.ofDays(200)).get(0).stale());
  }

  @Test
  void eachDayIsKeptOnce() {
    desk.item("server", "one");
    counted(Duration.ofDays(1));
    desk.item("server", "two");
    counted(Duration.ofDays(1));
    counted(Duration.ofDays(2));
    // who sees less leaves the figures of all alone
    in(Duration.ofDays(2)).last(new Sight(false, 5, Set.of()));
    assertEquals(
        List.of(2, 2),
        in(Duration.ofDays(2)).days().stream().map(day -> day.figures().items()).toList());
  }

  @Test
  void theDaysOfAnOwnerAreThoseThatTheCallerMaySee() {
    desk.items.create(
        Map.of("classKey", "server", "name", "a", "owner", "person2", "team", "team20"), "");
    desk.items.create(Map.of("classKey", "server", "name", "b", "owner", "person2"), "");
    desk.item("server", "c");
    counted(Duration.ofDays(1));
    Health health = in(Duration.ofDays(1));
    assertEquals(2, health.days(Sight.EVERYTHING, 2).get(0).figures().items());
    assertEquals(1, health.days(Sight.EVERYTHING, Figures.NOBODY).get(0).figures().items());
    assertEquals(1, health.days(new Sight(false, 5, Set.of(20L)), 2).get(0).figures().items());
    assertEquals(List.of(), health.days(new Sight(false, 5, Set.of()), 2));
  }
}
