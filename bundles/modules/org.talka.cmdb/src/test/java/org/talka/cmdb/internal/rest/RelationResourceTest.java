/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.graph.PastGraph;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class RelationResourceTest {
  private final TestDatabase database;
  private Desk desk;
  private RelationResource resource;
  private Item mail;
  private Item big;
  private Item small;

  RelationResourceTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    resource =
        new RelationResource(
            desk.items,
            desk.relations,
            desk.graph,
            new PastGraph(desk.store, desk.relationStore, desk.schema),
            desk.relationStore);
    mail = desk.item("service", "Mail");
    big = desk.item("server", "mx1");
    small = desk.item("server", "mx2");
  }

  private String relate(Item supplier, int weight) {
    return Long.toString(desk.relations.add("depends-on", mail, supplier, weight).id());
  }

  private ReachViews.GroupView group() {
    return resource.list(mail.key(), null).rules().get(0);
  }

  @Test
  void figuresAreSumsOfWeightsWhereTheyAreCounted() {
    relate(big, 3);
    relate(small, 1);
    assertEquals(2, group().suppliers());
    desk.relations.rule(mail, "depends-on", "percent", 50);
    assertEquals(4, group().suppliers());
    assertEquals(2, group().needed());
    ReachViews.BalanceView why = resource.impact(big.key(), 6, 100).items().get(0).why();
    assertEquals(List.of(4, 3, 2), List.of(why.suppliers(), why.failed(), why.needed()));
    assertEquals(
        List.of(4, 1, 2),
        resource.impact(small.key(), 6, 100).held().stream()
            .map(ReachViews.HeldView::why)
            .flatMap(b -> List.of(b.suppliers(), b.failed(), b.needed()).stream())
            .toList());
  }

  @Test
  void aWeightIsChangedFromEitherEnd() {
    String id = relate(big, 1);
    RelationResource.RelationView changed =
        resource.change(big.key(), id, new RelationResource.RelationChange(7));
    assertEquals(7, changed.weight());
    assertEquals("Mail", changed.item().name());
    assertEquals(
        List.of(changed.id() + " 7"),
        resource.list(mail.key(), null).items().stream()
            .map(one -> one.id() + " " + one.weight())
            .toList());
  }

  @Test
  void whatIsNoWeightAndNoRelationIsSaid() {
    String id = relate(big, 1);
    for (Integer weight : new Integer[] {null, 0, 1_001}) {
      DomainException refused =
          assertThrows(
              DomainException.class,
              () -> resource.change(mail.key(), id, new RelationResource.RelationChange(weight)));
      assertEquals(ErrorKind.INVALID, refused.kind());
      assertEquals("weight", refused.fieldErrors().get(0).field());
    }
    for (String unknown : List.of("x", "99999", small.key())) {
      assertEquals(
          ErrorKind.NOT_FOUND,
          assertThrows(
                  DomainException.class,
                  () ->
                      resource.change(mail.key(), unknown, new RelationResource.RelationChange(2)))
              .kind());
    }
  }
}
