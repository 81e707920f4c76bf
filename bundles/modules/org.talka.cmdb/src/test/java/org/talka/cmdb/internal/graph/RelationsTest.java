/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class RelationsTest {
  private final TestDatabase database;
  private Desk desk;

  RelationsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
  }

  private Set<Long> impact(Item item) {
    return desk.graph.ask(
        graph ->
            Set.copyOf(Impacts.of(graph, List.of(item.id()), Limits.USUAL).reached().keySet()));
  }

  private static String fault(DomainException e) {
    return e.fieldErrors().get(0).message().key();
  }

  @Test
  void theGraphInMemoryFollowsEveryChange() {
    Item service = desk.item("service", "Mail");
    Item server = desk.item("server", "mx1");
    assertEquals(Set.of(), impact(server));
    Relation relation = desk.relations.add("depends-on", service, server);
    assertEquals(Set.of(service.id()), impact(server));
    Item second = desk.item("server", "mx2");
    desk.relations.add("depends-on", service, second);
    desk.relations.rule(service, "depends-on", "any", null);
    assertEquals(Set.of(), impact(server));
    desk.items.change(second.id(), second.version(), Map.of("status", "retired"), "");
    assertEquals(Set.of(service.id()), impact(server));
    desk.relations.rule(service, "depends-on", null, null);
    desk.relations.end(service, relation.id());
    assertEquals(Set.of(), impact(server));
    // and is read whole by whoever starts
    assertEquals(
        Set.of(),
        new Desk(database)
            .graph.ask(
                graph -> Impacts.of(graph, List.of(server.id()), Limits.USUAL).reached().keySet()));
  }

  @Test
  void whatIsRolledBackNeverGetsIntoTheGraph() {
    Item service = desk.item("service", "Mail");
    Item server = desk.item("server", "mx1");
    assertEquals(Set.of(), impact(server));
    AtomicReference<Set<Long>> inside = new AtomicReference<>();
    assertThrows(
        IllegalStateException.class,
        () ->
            desk.database.write(
                em -> {
                  desk.relations.add("depends-on", service, server);
                  inside.set(impact(server));
                  throw new IllegalStateException("rolled back");
                }));
    assertEquals(Set.of(), inside.get());
    assertEquals(Set.of(), impact(server));
  }

  @Test
  void cardinalityIsKept() {
    Item rack = desk.item("cluster", "Rack");
    Item other = desk.item("cluster", "Other rack");
    Item server = desk.item("server", "mx1");
    desk.relations.add("hosts", rack, server);
    assertEquals(
        "error.cmdb.relation.taken",
        fault(
            assertThrows(DomainException.class, () -> desk.relations.add("hosts", other, server))));
    assertEquals(
        "error.cmdb.relation.twice",
        fault(
            assertThrows(DomainException.class, () -> desk.relations.add("hosts", rack, server))));
    assertEquals(
        "error.cmdb.relation.self",
        fault(assertThrows(DomainException.class, () -> desk.relations.add("hosts", rack, rack))));
  }

  @Test
  void anEndedRelationCanBeSeenAtTheTimeWhenItHeld() {
    Item service = desk.item("service", "Mail");
    Item server = desk.item("server", "mx1");
    Relation relation = desk.relations.add("depends-on", service, server);
    Instant then = desk.now;
    desk.relations.end(server, relation.id());
    assertEquals(List.of(), desk.relations.of(service));
    assertEquals(1, desk.relationStore.at(List.of(server.id()), then).size());
    assertEquals(0, desk.relationStore.at(List.of(server.id()), desk.now).size());
    assertTrue(desk.relationStore.find(relation.id()).isEmpty());
  }
}
