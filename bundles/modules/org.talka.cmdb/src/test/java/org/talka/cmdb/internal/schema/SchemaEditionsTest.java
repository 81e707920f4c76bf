/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.graph.Graph;
import org.talka.cmdb.internal.graph.PastGraph;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class SchemaEditionsTest {
  private final TestDatabase database;
  private Desk desk;

  SchemaEditionsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
  }

  private void rename(String key, String name, boolean retired) {
    ItemClass c = Classes.get(desk.schema.current(), key);
    List<Attribute> attributes =
        c.attributes().stream()
            .map(
                a ->
                    new Attribute(
                        a.key(),
                        Map.of("en", name + " " + a.key()),
                        a.type(),
                        a.options(),
                        a.required(),
                        a.controlled(),
                        retired))
            .toList();
    desk.schema.change(
        new ItemClass(
            key,
            c.parent(),
            Map.of("en", name),
            c.icon(),
            c.grouping(),
            c.service(),
            c.retired(),
            attributes,
            c.identities(),
            c.version()),
        c.version());
  }

  @Test
  void aMomentHasTheNamesAndAttributesOfItsDay() {
    Schema before = desk.schema.current();
    Instant then = desk.now;
    rename("server", "Host", true);
    Instant between = desk.now;
    rename("server", "Machine", false);
    Schema old = desk.schema.at(then);
    assertEquals(List.copyOf(before.relationTypes()), List.copyOf(old.relationTypes()));
    for (ItemClass c : before.classes()) {
      assertEquals(c, old.itemClass(c.key()).orElseThrow());
    }
    Attribute system = desk.schema.at(between).attributes("server").get("operatingSystem");
    assertEquals(Map.of("en", "Host operatingSystem"), system.names());
    assertTrue(system.retired());
    assertEquals(
        Map.of("en", "Machine"), desk.schema.current().itemClass("server").orElseThrow().names());
  }

  @Test
  void whatWasRemovedIsThereBeforeAndNotAfterwards() {
    Instant then = desk.now;
    desk.classes.remove("printer");
    desk.relationTypes.remove("uses");
    assertTrue(desk.schema.at(then).itemClass("printer").isPresent());
    assertTrue(desk.schema.at(then).relationType("uses").isPresent());
    assertFalse(desk.schema.at(desk.now).itemClass("printer").isPresent());
    assertFalse(desk.schema.at(desk.now).relationType("uses").isPresent());
  }

  @Test
  void theGraphOfAMomentHasTheRulesOfThatMoment() {
    Item mail = desk.item("service", "Mail");
    Item first = desk.item("server", "mx1");
    desk.relations.add("depends-on", mail, first);
    Instant none = desk.now;
    desk.relations.rule(mail, "depends-on", "any", null);
    Instant any = desk.now;
    desk.relations.rule(mail, "depends-on", "count", 2);
    desk.relations.rule(mail, "depends-on", null, null);
    PastGraph past = new PastGraph(desk.store, desk.relationStore, desk.schema);
    assertEquals(Redundancy.Policy.ALL, policy(past, mail, none));
    assertEquals(Redundancy.Policy.ANY, policy(past, mail, any));
    assertEquals(Redundancy.Policy.ALL, policy(past, mail, desk.now));
  }

  private static Redundancy.Policy policy(PastGraph past, Item item, Instant at) {
    Graph graph = past.around(item.id(), 1, at);
    return graph.rule(graph.node(item.id()).orElseThrow(), "depends-on").policy();
  }
}
