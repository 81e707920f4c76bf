/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.graph.Graph;
import org.talka.cmdb.internal.graph.Impacts;
import org.talka.cmdb.internal.graph.Limits;
import org.talka.cmdb.internal.graph.PastGraph;
import org.talka.cmdb.internal.graph.Relation;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class ComparisonTest {
  private final TestDatabase database;
  private Desk desk;
  private Baselines baselines;
  private Comparison comparison;

  ComparisonTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    baselines = new Baselines(desk.database, desk.store, desk, desk);
    comparison = new Comparison(desk.store, desk.relationStore, desk.items);
  }

  private static List<String> said(Comparison.Result result) {
    return result.items().stream()
        .map(
            d ->
                d.name()
                    + (d.before() == null
                        ? " new"
                        : d.after() == null ? " gone" : " " + d.fields()))
        .toList();
  }

  @Test
  void twoBaselinesDifferInWhatChangedBetweenThem() {
    Item mail = desk.item("service", "Mail");
    Item server = desk.item("server", "mx1");
    Item other = desk.item("server", "mx2");
    Relation old = desk.relations.add("depends-on", mail, server);
    Baseline first = baselines.take("Before the move");
    desk.items.change(server.id(), server.version(), Map.of("location", "Rīga"), "");
    desk.item("printer", "Printer");
    desk.relations.end(mail, old.id());
    desk.relations.add("depends-on", mail, other);
    Baseline second = baselines.take("After the move");
    desk.items.change(other.id(), other.version(), Map.of("location", "Cēsis"), "");
    Comparison.Result result = comparison.between(first.at(), second.at());
    assertEquals(List.of("Printer new", "mx1 [location]"), said(result));
    assertEquals(
        Set.of("mx1 false", "mx2 true"),
        Set.copyOf(
            result.relations().stream().map(r -> r.target().name() + " " + r.added()).toList()));
    assertEquals(List.of(), said(comparison.between(first.at(), first.at())));
    assertEquals(List.of(second, first), baselines.all());
  }

  @Test
  void whatWasChangedAndChangedBackDoesNotDiffer() {
    Item server = desk.item("server", "mx1");
    Baseline first = baselines.take("One");
    Item changed = desk.items.change(server.id(), server.version(), Map.of("name", "mx9"), "");
    desk.items.change(server.id(), changed.version(), Map.of("name", "mx1"), "");
    assertEquals(List.of(), said(comparison.between(first.at(), desk.store.now())));
  }

  @Test
  void theGraphOfThenIsWhatItWas() {
    Item mail = desk.item("service", "Mail");
    Item server = desk.item("server", "mx1");
    Relation relation = desk.relations.add("depends-on", mail, server);
    Baseline then = baselines.take("Then");
    desk.relations.end(mail, relation.id());
    Graph graph =
        new PastGraph(desk.store, desk.relationStore, desk.schema)
            .around(server.id(), 3, then.at());
    assertEquals(
        Set.of(mail.id()),
        Impacts.of(graph, List.of(server.id()), Limits.USUAL).reached().keySet());
  }

  @Test
  void aBaselineNeedsANameAndCanBeForgotten() {
    assertThrows(DomainException.class, () -> baselines.take(" "));
    Baseline taken = baselines.take("Now");
    baselines.forget(taken.id());
    assertThrows(DomainException.class, () -> baselines.get(taken.id()));
  }
}
