/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.security.GrantScope;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
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
  void aWeightIsChangedByAnotherRelationInItsPlace() {
    Item service = desk.item("service", "Mail");
    Item big = desk.item("server", "mx1");
    Item small = desk.item("server", "mx2");
    Relation first = desk.relations.add("depends-on", service, big);
    desk.relations.add("depends-on", service, small);
    desk.relations.rule(service, "depends-on", "count", 2);
    assertEquals(Set.of(service.id()), impact(small));
    Instant before = desk.now;
    Relation changed = desk.relations.reweigh(service, first.id(), 2);
    assertEquals(2, changed.weight());
    assertEquals(Set.of(), impact(small));
    assertEquals(Set.of(service.id()), impact(big));
    // as of the day before it weighs what it did, and at no moment it was not there
    assertEquals(1, weight(service, big, before));
    assertEquals(2, weight(service, big, changed.from()));
    assertEquals(changed.from(), desk.relationStore.any(first.id()).orElseThrow().to());
    assertEquals(changed, desk.relations.reweigh(big, changed.id(), 2));
    assertEquals(2, desk.relations.of(service).size());
    // and is read so by whoever starts
    assertEquals(
        Set.of(),
        new Desk(database)
            .graph.ask(
                graph -> Impacts.of(graph, List.of(small.id()), Limits.USUAL).reached().keySet()));
  }

  private int weight(Item dependent, Item supplier, Instant at) {
    Graph then =
        new PastGraph(desk.store, desk.relationStore, desk.schema).around(dependent.id(), 1, at);
    return then.suppliers(then.node(dependent.id()).orElseThrow()).stream()
        .filter(need -> need.supplier() == supplier.id())
        .findFirst()
        .orElseThrow()
        .edge()
        .weight();
  }

  @Test
  void whatWeighsNothingOrTooMuchIsRefused() {
    Item service = desk.item("service", "Mail");
    Item server = desk.item("server", "mx1");
    for (int weight : new int[] {0, -1, 1_001}) {
      assertEquals(
          "error.cmdb.range",
          fault(
              assertThrows(
                  DomainException.class,
                  () -> desk.relations.add("depends-on", service, server, weight))));
    }
    long id = desk.relations.add("depends-on", service, server, 1_000).id();
    assertEquals(
        "error.cmdb.range",
        fault(
            assertThrows(DomainException.class, () -> desk.relations.reweigh(service, id, 1_001))));
    assertEquals(1_000, desk.relations.of(service).get(0).weight());
  }

  @Test
  void whoMayChangeNeitherEndChangesNoWeight() {
    Item service = desk.item("service", "Mail");
    Item server = desk.item("server", "mx1");
    long id = desk.relations.add("depends-on", service, server).id();
    desk.grants.put(Items.UPDATE, GrantScope.OWN);
    assertEquals(
        ErrorKind.FORBIDDEN,
        assertThrows(DomainException.class, () -> desk.relations.reweigh(service, id, 2)).kind());
    desk.grants.put(Items.UPDATE, GrantScope.ALL);
    Item other = desk.item("server", "mx2");
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> desk.relations.reweigh(other, id, 2)).kind());
    desk.relations.end(service, id);
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> desk.relations.reweigh(service, id, 2)).kind());
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> desk.relations.end(service, id)).kind());
  }

  @Test
  void ofTwoWhoWeighAtOnceTheSecondFindsItEnded() throws Exception {
    Item service = desk.item("service", "Mail");
    Item server = desk.item("server", "mx1");
    long id = desk.relations.add("depends-on", service, server).id();
    assertEquals(
        "error.cmdb.relation.unknown",
        desk.whileUncommitted(
                () -> desk.relations.reweigh(service, id, 2),
                () -> desk.relations.reweigh(server, id, 3))
            .text()
            .key());
    assertEquals(List.of(2), desk.relations.of(service).stream().map(Relation::weight).toList());
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
  void whatCouldNotBeReadIsReadWithTheNextQuestion() {
    AtomicBoolean down = new AtomicBoolean();
    ItemGraph graph = new ItemGraph(new Shaky(desk.database, down), desk.transactions, desk.schema);
    Item server = desk.item("server", "mx1");
    assertEquals("mx1", name(graph, server));
    desk.items.change(server.id(), server.version(), Map.of("name", "mx2"), "");
    graph.changed(List.of(server.id()));
    down.set(true);
    assertThrows(DatabaseUnavailableException.class, () -> name(graph, server));
    down.set(false);
    assertEquals("mx2", name(graph, server));
  }

  private static String name(ItemGraph graph, Item item) {
    return graph.ask(g -> g.node(item.id()).orElseThrow().name());
  }

  /** A database that is away for a while. */
  private record Shaky(Database database, AtomicBoolean down) implements Database {
    @Override
    public <T> T read(Function<EntityManager, T> work) {
      if (down.get()) {
        throw new DatabaseUnavailableException("down", null);
      }
      return database.read(work);
    }

    @Override
    public <T> T write(Function<EntityManager, T> work) {
      return database.write(work);
    }
  }

  @Test
  void ofTwoWhoRelateAtOnceTheSecondSeesWhatTheFirstDid() throws Exception {
    Item rack = desk.item("cluster", "Rack");
    Item other = desk.item("cluster", "Other rack");
    Item server = desk.item("server", "mx1");
    assertEquals(
        "error.cmdb.relation.taken",
        fault(
            desk.whileUncommitted(
                () -> desk.relations.add("hosts", rack, server),
                () -> desk.relations.add("hosts", other, server))));
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
  void soMuchOfThePastIsReadAndNoMore() {
    Item service = desk.item("service", "Mail");
    List<Item> servers =
        List.of(desk.item("server", "mx1"), desk.item("server", "mx2"), desk.item("server", "mx3"));
    servers.forEach(server -> desk.relations.add("depends-on", service, server));
    PastGraph past = new PastGraph(desk.store, desk.relationStore, desk.schema, 3);
    assertEquals(
        Set.of(service.id(), servers.get(0).id(), servers.get(1).id()),
        past.around(service.id(), 3, desk.now).ids());
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
