/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.module.SampleData;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.graph.Impacts;
import org.talka.cmdb.internal.graph.Limits;
import org.talka.cmdb.internal.graph.Relations;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.merge.Duplicates;
import org.talka.cmdb.internal.schema.Classes;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class CmdbSamplesTest {
  private final TestDatabase database;
  private final Map<String, Item> byName = new HashMap<>();
  private final List<Runnable> rest = new ArrayList<>();
  private Desk desk;
  private Items items;

  CmdbSamplesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void fill() {
    desk = new Desk(database);
    items = new Items(desk.store, desk.schema, everybody(), desk, desk.database);
    Relations relations =
        new Relations(desk.relationStore, desk.schema, items, desk.store, desk.database, desk);
    Classes classes = new Classes(desk.schema, desk.database, desk);
    desk.transactions.required(
        () -> {
          new CmdbSamples(classes, items, relations, null).fill(new Story());
          return null;
        });
    Set<String> all =
        desk.schema.current().classes().stream().map(c -> c.key()).collect(Collectors.toSet());
    desk.store.each(all, item -> byName.put(item.name(), item));
  }

  /** Whoever is named exists. */
  private People everybody() {
    return (People)
        Proxy.newProxyInstance(
            People.class.getClassLoader(),
            new Class<?>[] {People.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "personByUsername" -> desk.person(new PersonId(2));
                  case "teamByKey" -> desk.team(new TeamId(20));
                  default -> method.invoke(desk, args);
                });
  }

  private final class Story implements SampleData.Context {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public Optional<String> ticket(String subject) {
      return Optional.empty();
    }

    @Override
    public <T> T as(String username, Instant when, Supplier<T> work) {
      return work.get();
    }

    @Override
    public void afterwards(Runnable work) {
      rest.add(work);
    }
  }

  private Set<String> reach(String... names) {
    List<Long> start = List.of(names).stream().map(name -> byName.get(name).id()).toList();
    return desk.graph.ask(
        graph ->
            Impacts.of(graph, start, Limits.USUAL).reached().keySet().stream()
                .map(id -> graph.node(id).orElseThrow().name())
                .collect(Collectors.toSet()));
  }

  @Test
  void thereIsEnoughToLookAt() {
    assertEquals(Lines.of("items.txt").size(), byName.size());
    assertTrue(byName.size() >= 40, byName.size() + " items");
    assertEquals(4, byName.values().stream().filter(i -> i.classKey().equals("service")).count());
    assertEquals("degraded", byName.get("AP-H-22").status());
    assertEquals(Lines.of("tickets.txt").size(), rest.size());
    for (List<String> line : Lines.of("tickets.txt")) {
      line.subList(2, line.size()).forEach(name -> assertTrue(byName.containsKey(name), name));
    }
  }

  @Test
  void whatIsThereTwiceMayFailOnce() {
    assertFalse(reach("vpn-gw-1").contains("Remote access"));
    assertTrue(reach("vpn-gw-1", "vpn-gw-2").contains("Remote access"));
    assertFalse(reach("harbour-esx-3").contains("Cargo planning"));
    assertTrue(reach("harbour-core-1").contains("Cargo planning"));
    assertTrue(reach("H-SRV-03").contains("Weighbridge and gates"));
  }

  @Test
  void oneIsWrittenDownTwice() {
    List<Duplicates.Alike> alike = new Duplicates(desk.store, items, desk.schema).find();
    assertEquals(1, alike.size(), alike.toString());
    assertEquals(
        Set.of("NL-2240", "NL-2240-old"),
        alike.get(0).items().stream().map(Item::name).collect(Collectors.toSet()));
  }
}
