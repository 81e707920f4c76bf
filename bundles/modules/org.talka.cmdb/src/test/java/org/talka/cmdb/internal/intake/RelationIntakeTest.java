/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.graph.Relation;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class RelationIntakeTest {
  private final TestDatabase database;
  private Desk desk;
  private IntakeDesk intake;
  private Item mail;
  private Item first;
  private Item second;

  RelationIntakeTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    intake = desk.intake();
    mail = desk.item("service", "Mail");
    first =
        desk.items.create(Map.of("classKey", "server", "name", "mx1", "serialNumber", "S1"), "");
    second =
        desk.items.create(Map.of("classKey", "server", "name", "mx2", "serialNumber", "S2"), "");
  }

  private Importer.Result csv(boolean dry, String... lines) {
    return intake.importer.run(
        new ImportRequest(
            "relations",
            "scan",
            "item",
            null,
            null,
            null,
            "depends-on",
            null,
            List.of(String.join("\n", lines)),
            null,
            null,
            dry));
  }

  private static String counts(Importer.Result result) {
    Run.Counts c = result.counts();
    return "new %d, same %d, quarantine %d, refused %d"
        .formatted(c.created(), c.same(), c.quarantined(), c.refused());
  }

  private List<Relation> of(Item item) {
    return desk.relationStore.of(item.id(), 100);
  }

  @Test
  void endsAreKnownByTheirKeysAndTheSameAgainChangesNothing() {
    String[] file = {
      "source.name,type,target.serialNumber,target.name",
      "mail,depends-on,s1,",
      "Mail,,,MX2",
      // read from its other end
      "mx1,runs,,Mail",
      "Mail,depends on,S1,"
    };
    assertEquals("new 3, same 1, quarantine 0, refused 0", counts(csv(false, file)));
    assertEquals(3, of(mail).size());
    Relation runsOn =
        of(first).stream().filter(r -> r.type().equals("runs-on")).findFirst().orElseThrow();
    assertEquals(mail.id(), runsOn.source());
    assertEquals("scan", runsOn.origin());
    assertEquals("new 0, same 4, quarantine 0, refused 0", counts(csv(false, file)));
    assertEquals(3, of(mail).size());
  }

  @Test
  void aTrialTellsTheSameAndKeepsNothing() {
    String[] file = {
      "source.key,type,target.name", mail.key() + ",depends-on,mx1", mail.key() + ",depends-on,mx1"
    };
    assertEquals("new 1, same 1, quarantine 0, refused 0", counts(csv(true, file)));
    assertEquals(List.of(), of(mail));
    assertEquals("new 1, same 1, quarantine 0, refused 0", counts(csv(false, file)));
  }

  @Test
  void whatIsNotCertainIsSetAsideUntilSomebodySaysWhatItIs() {
    desk.item("server", "MX1");
    long run =
        csv(false, "source.name,target.name", "Mail,mx1", "Mail,nobody", ",mx2")
            .run()
            .orElseThrow()
            .id();
    List<HeldRow.Held> held = intake.store.held(run, 10);
    assertEquals(3, held.size());
    assertEquals(List.of(mail.id()), held.get(0).candidates());
    assertEquals(2, held.get(0).others().size());
    assertEquals(List.of(), held.get(1).others());
    intake.importer.settle(run, 1, mail, first);
    assertEquals(first.id(), of(mail).get(0).target());
    assertThrows(DomainException.class, () -> intake.importer.settle(run, 2, mail, null));
    intake.importer.dismiss(run, 2);
    assertEquals(1, intake.store.held(run, 10).size());
  }

  @Test
  void aWeightIsTakenInAndWhatIsNoneIsRefused() {
    Importer.Result result =
        csv(
            false,
            "source.name,target.name,weight",
            "Mail,mx1,3",
            "Mail,mx2,",
            "mx1,mx2,0",
            "mx2,mx1,much");
    assertEquals("new 2, same 0, quarantine 0, refused 2", counts(result));
    assertEquals(
        List.of("weight error.cmdb.range", "weight error.cmdb.range"),
        result.outcomes().stream()
            .flatMap(o -> o.errors().stream())
            .map(e -> e.field() + " " + e.message().key())
            .toList());
    assertEquals(List.of(3, 1), of(mail).stream().map(Relation::weight).toList());
    // what is there already keeps the weight that it has
    assertEquals(
        "new 0, same 1, quarantine 0, refused 0",
        counts(csv(false, "source.name,target.name,weight", "Mail,mx1,5")));
    assertEquals(List.of(3, 1), of(mail).stream().map(Relation::weight).toList());
  }

  @Test
  void whatTypesDoNotAllowIsRefused() {
    Importer.Result result =
        csv(
            false,
            "source.name,type,target.name",
            "mx1,hosts,Mail",
            "mx2,hosts,Mail",
            "mx1,unheard,Mail",
            "mx1,uses,mx1");
    assertEquals("new 1, same 0, quarantine 0, refused 3", counts(result));
    assertEquals(
        List.of(
            "error.cmdb.relation.taken",
            "error.cmdb.relationType.unknown",
            "error.cmdb.relation.self"),
        result.outcomes().stream()
            .flatMap(o -> o.errors().stream())
            .map(e -> e.message().key())
            .toList());
    assertEquals(
        "new 0, same 0, quarantine 0, refused 1",
        counts(csv(true, "source.name,type,target.name", "mx2,hosts,Mail")));
  }

  @Test
  void anImportOfRelationsIsTakenBack() {
    desk.relations.add("uses", mail, first);
    long run =
        csv(false, "source.name,type,target.name", "Mail,uses,mx1", "Mail,uses,mx2")
            .run()
            .orElseThrow()
            .id();
    assertEquals(2, of(mail).size());
    assertEquals(Run.State.UNDONE, intake.importer.undo(run).state());
    assertEquals(List.of(first.id()), of(mail).stream().map(Relation::target).toList());
    assertTrue(of(second).isEmpty());
  }

  @Test
  void fieldsOfEndsAreChecked() {
    assertThrows(
        DomainException.class,
        () ->
            intake.importer.run(
                new ImportRequest(
                    "relations",
                    "scan",
                    "server",
                    List.of(List.of("status")),
                    null,
                    null,
                    null,
                    Map.of("a", "source.name"),
                    List.of("a\nx"),
                    null,
                    null,
                    false)));
    assertThrows(
        DomainException.class,
        () ->
            intake.importer.run(
                new ImportRequest(
                    "relations",
                    "scan",
                    "server",
                    null,
                    null,
                    null,
                    "nothing",
                    null,
                    List.of("a\nx"),
                    null,
                    null,
                    false)));
  }
}
