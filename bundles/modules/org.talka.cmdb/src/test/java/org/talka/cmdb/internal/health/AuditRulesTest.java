/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Sight;
import org.talka.cmdb.internal.merge.Duplicates;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class AuditRulesTest {
  private final TestDatabase database;
  private Desk desk;

  AuditRulesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
  }

  private AuditRules rules() {
    return new AuditRules(
        desk.database,
        desk.store,
        desk.graph,
        desk.schema,
        desk,
        Clock.fixed(desk.now, ZoneOffset.UTC));
  }

  private List<String> broken(AuditRule rule) {
    return rules().breaches(rule, Sight.EVERYTHING, 10).stream().map(Item::name).toList();
  }

  @Test
  void itemsAreJudgedByTheRulesOfTheirClassAndThoseAboveIt() {
    Item mail = desk.item("service", "Mail");
    Item owned =
        desk.items.create(Map.of("classKey", "server", "name", "a", "owner", "person2"), "");
    Item old = desk.item("server", "old");
    desk.items.change(old.id(), old.version(), Map.of("status", "retired"), "");
    desk.item("server", "b");
    desk.relations.add("depends-on", mail, owned);
    AuditRule owner = rules().create("Somebody owns it", "device", "field", "owner", null);
    AuditRule used = rules().create("It is needed", "server", "relation", "depends-on", null);
    AuditRule fresh = rules().create("It was looked at", "item", "fresh", null, 30);
    assertEquals(List.of("b"), broken(owner));
    assertEquals(List.of("b"), broken(used));
    desk.items.verify(owned.id(), owned.version());
    assertEquals(List.of("Mail", "b"), broken(fresh));
    desk.now = desk.now.plus(Duration.ofDays(31));
    assertEquals(List.of("Mail", "a", "b"), broken(fresh));
    assertEquals(List.of(), rules().breaches(owner, new Sight(false, 2, Set.of()), 10));
    // one that breaks several is counted once
    Health health =
        new Health(
            desk.database,
            desk.store,
            desk.graph,
            desk.schema,
            new Duplicates(desk.store, desk.items, desk.schema),
            rules(),
            Clock.fixed(desk.now, ZoneOffset.UTC));
    health.count();
    assertEquals(
        List.of(2, 1), health.last(Sight.EVERYTHING).stream().map(Figures::breaches).toList());
    rules().remove(fresh.id());
    assertEquals(List.of(owner, used), rules().all());
    assertThrows(DomainException.class, () -> rules().remove(fresh.id()));
  }

  @Test
  void aRuleThatSaysNothingIsRefused() {
    for (Object[] wrong :
        new Object[][] {
          {"", "server", "field", "owner", null},
          {"x".repeat(81), "server", "field", "owner", null},
          {"x", "nothing", "field", "owner", null},
          {"x", "server", "field", "nothing", null},
          {"x", "server", "relation", "nothing", null},
          {"x", "server", "fresh", null, 0},
          {"x", "server", "never", "owner", null},
        }) {
      assertThrows(
          DomainException.class,
          () ->
              rules()
                  .create(
                      (String) wrong[0],
                      (String) wrong[1],
                      (String) wrong[2],
                      (String) wrong[3],
                      (Integer) wrong[4]));
    }
    assertEquals(List.of(), rules().all());
  }

  @Test
  void driftIsToldToThoseWhoMaySeeTheItem() {
    Item one = desk.items.create(Map.of("classKey", "server", "name", "a", "owner", "person2"), "");
    Item first = desk.items.change(one.id(), one.version(), Map.of("operatingSystem", "10"), "");
    desk.items.change(one.id(), first.version(), Map.of("operatingSystem", "11"), "CHG-1");
    List<Edition> drift = desk.store.drift(Sight.EVERYTHING, 10);
    assertEquals(List.of(2), drift.stream().map(Edition::number).toList());
    assertEquals(1, desk.store.before(drift).get(one.id()).get(1).number());
    assertEquals(1, desk.store.drift(new Sight(false, 2, Set.of()), 10).size());
    assertEquals(List.of(), desk.store.drift(new Sight(false, 3, Set.of(9L)), 10));
  }
}
