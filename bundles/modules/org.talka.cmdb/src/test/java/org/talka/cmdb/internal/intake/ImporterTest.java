/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.talka.api.error.DomainException;
import org.talka.api.security.GrantScope;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class ImporterTest {
  private final TestDatabase database;
  private Desk desk;
  private IntakeStore store;
  private Importer importer;

  ImporterTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    IntakeDesk intake = desk.intake();
    store = intake.store;
    importer = intake.importer;
  }

  private Importer.Result csv(String source, boolean dry, String... lines) {
    return importer.run(
        ImportRequest.items(
            source, "server", null, null, List.of(String.join("\n", lines)), null, dry));
  }

  private static String counts(Importer.Result result) {
    Run.Counts c = result.counts();
    return "new %d, changed %d, same %d, quarantine %d, refused %d"
        .formatted(c.created(), c.changed(), c.same(), c.quarantined(), c.refused());
  }

  private Item only(Importer.Result result) {
    return desk.store.find(result.outcomes().get(0).item().orElseThrow()).orElseThrow();
  }

  @Test
  void importingTheSameTwiceChangesNothing() {
    String[] file = {
      "name;serialNumber;operatingSystem;owner",
      "mx1;SN-1;Debian 13;person2",
      "\"mx2; the other\";SN-2;\"Debian \"\"13\"\"\";"
    };
    assertEquals(
        "new 2, changed 0, same 0, quarantine 0, refused 0", counts(csv("ad", false, file)));
    Importer.Result again = csv("ad", false, file);
    assertEquals("new 0, changed 0, same 2, quarantine 0, refused 0", counts(again));
    Item item = only(again);
    assertEquals(1, item.edition());
    assertEquals("ad", item.sources().get("operatingSystem"));
    assertTrue(item.seenAt().isPresent());
  }

  @Test
  void aDryRunTellsAllAndKeepsNothing() {
    Importer.Result dry =
        csv("ad", true, "name,serialNumber", "mx1,SN-1", "mx1 renamed,SN-1", "x,");
    // the second row means the item that the first one makes, and a name decides on the third
    assertEquals("new 2, changed 1, same 0, quarantine 0, refused 0", counts(dry));
    assertTrue(dry.run().isEmpty());
    assertEquals(List.of(), store.runs(Long.MAX_VALUE, 10));
    assertEquals(
        "new 2, changed 1, same 0, quarantine 0, refused 0",
        counts(csv("ad", false, "name,serialNumber", "mx1,SN-1", "mx1 renamed,SN-1", "x,")));
  }

  @Test
  void theSurestKeyDecidesBeforeTheName() {
    Item one =
        desk.items.create(Map.of("classKey", "server", "name", "mx1", "serialNumber", "SN-1"), "");
    desk.item("server", "mx2");
    Importer.Result result = csv("scan", false, "name,serialNumber", "MX2,sn-1");
    assertEquals(one.id(), result.outcomes().get(0).item().orElseThrow());
    assertEquals("serialNumber", result.outcomes().get(0).key());
  }

  @Test
  void ambiguousRowsAndRowsWithoutIdentityAreSetAside() {
    desk.item("server", "twin");
    Item other = desk.item("server", "Twin");
    Importer.Result result =
        csv("scan", false, "name,serialNumber,ipAddress", "twin,,10.0.0.1", ",unknown,10.0.0.2");
    assertEquals("new 0, changed 0, same 0, quarantine 2, refused 0", counts(result));
    long run = result.run().orElseThrow().id();
    assertEquals(2, store.held(run, 10).size());
    assertEquals(2, store.held(run, 10).get(0).candidates().size());
    importer.settle(run, 1, other, null);
    importer.dismiss(run, 2);
    assertEquals(List.of(), store.held(run, 10));
    assertEquals("10.0.0.1", desk.store.find(other.id()).orElseThrow().fields().get("ipAddress"));
    assertThrows(DomainException.class, () -> importer.settle(run, 1, other, null));
  }

  @Test
  void weakKeysAreRefused() {
    DomainException refused =
        assertThrows(
            DomainException.class,
            () ->
                importer.run(
                    ImportRequest.items(
                        "ad",
                        "server",
                        List.of(List.of("status")),
                        null,
                        List.of("name\nx"),
                        null,
                        false)));
    assertEquals("error.cmdb.identity.weak", refused.fieldErrors().get(0).message().key());
  }

  @Test
  void aSourceChangesOnlyWhatItsWordIsEnoughFor() {
    store.weigh(new DataSource("scan", 80, Map.of("location", 10), 0));
    csv("ad", false, "name,serialNumber,location,operatingSystem", "mx1,SN-1,Rīga,Debian 12");
    Importer.Result scanned =
        csv("scan", false, "serialNumber,location,operatingSystem", "SN-1,Liepāja,Debian 13");
    Item item = only(scanned);
    assertEquals("Rīga", item.fields().get("location"));
    assertEquals("Debian 13", item.fields().get("operatingSystem"));
    assertEquals(Map.of("location", "ad"), scanned.outcomes().get(0).held());
    // what people say weighs more than a source that nobody weighed
    desk.items.change(item.id(), item.version(), Map.of("location", "Cēsis"), "");
    Item after = only(csv("ad", false, "serialNumber,location", "SN-1,Rīga"));
    assertEquals("Cēsis", after.fields().get("location"));
  }

  @Test
  void aBadImportIsTakenBackExceptForWhatWasChangedSince() {
    Item old =
        desk.items.create(Map.of("classKey", "server", "name", "mx1", "serialNumber", "SN-1"), "");
    store.weigh(new DataSource("bad", 90, Map.of(), 0));
    Importer.Result bad =
        csv("bad", false, "name,serialNumber", "nonsense,SN-1", "mx9,SN-9", "mx8,SN-8");
    Item touched = desk.store.find(bad.outcomes().get(2).item().orElseThrow()).orElseThrow();
    desk.items.change(touched.id(), touched.version(), Map.of("location", "Rīga"), "");
    Run undone = importer.undo(bad.run().orElseThrow().id());
    assertEquals(1, undone.kept());
    Item back = desk.store.find(old.id()).orElseThrow();
    assertEquals("mx1", back.name());
    assertEquals("hand", back.sources().get("name"));
    assertTrue(desk.store.find(bad.outcomes().get(1).item().orElseThrow()).orElseThrow().away());
    assertThrows(DomainException.class, () -> importer.undo(bad.run().orElseThrow().id()));
  }

  @Test
  void wrongValuesRefuseTheirRowAndNoOther() {
    Importer.Result result =
        csv("ad", false, "name,status,owner", "a,burning,", "b,inService,nobody", "c,planned,");
    assertEquals("new 1, changed 0, same 0, quarantine 0, refused 2", counts(result));
    assertEquals("status", result.outcomes().get(0).errors().get(0).field());
  }

  @Test
  void columnsAreMappedAndJsonIsReadAsCsvIs() {
    Importer.Result result =
        importer.run(
            ImportRequest.items(
                "api",
                "device",
                null,
                Map.of("host", "name", "sn", "serialNumber", "kind", "classKey"),
                null,
                List.of(Map.of("host", "p1", "sn", 4711, "kind", "printer", "colour", "red")),
                false));
    assertEquals("printer", only(result).classKey());
    assertEquals("4711", only(result).fields().get("serialNumber"));
  }

  @Test
  void aFileThatIsNoneIsRefusedWithItsPlace() {
    assertThrows(DomainException.class, () -> csv("ad", false, "name,name", "a,b"));
    assertThrows(DomainException.class, () -> csv("ad", false, "name", "a,b"));
    assertThrows(DomainException.class, () -> csv("ad", false, "name", "\"open"));
  }

  @Test
  void onlyWhoSeesAllItemsImports() {
    long run = csv("ad", false, "name,serialNumber", "mx1,SN-1").run().orElseThrow().id();
    desk.grants.put(Items.READ, GrantScope.TEAM);
    List<Executable> all =
        List.of(
            () -> csv("ad", true, "name,serialNumber", "mx2,SN-1"),
            () -> importer.held(run, 10),
            () -> importer.settle(run, 1, null, null),
            () -> importer.dismiss(run, 1),
            () -> importer.undo(run));
    for (Executable one : all) {
      assertEquals(
          "error.cmdb.import.sight", assertThrows(DomainException.class, one).text().key());
    }
    assertTrue(importer.get(run).undoneAt().isEmpty());
  }

  @Test
  void anImportIsTakenBackOnceOnly() throws Exception {
    long run = csv("ad", false, "name,serialNumber", "mx1,SN-1").run().orElseThrow().id();
    assertEquals(
        "error.cmdb.import.undone",
        desk.whileUncommitted(() -> importer.undo(run), () -> importer.undo(run)).text().key());
  }

  @Test
  void aRowInQuarantineIsSettledOnceOnly() throws Exception {
    long run = csv("ad", false, "location", "Rīga", "Cēsis").run().orElseThrow().id();
    Item item = desk.item("server", "mx1");
    assertEquals(
        "error.cmdb.import.row",
        desk.whileUncommitted(
                () -> importer.settle(run, 1, item, null),
                () -> importer.settle(run, 1, item, null))
            .text()
            .key());
    Item again = desk.store.find(item.id()).orElseThrow();
    assertEquals(
        "error.cmdb.import.row",
        desk.whileUncommitted(
                () -> importer.settle(run, 2, again, null), () -> importer.dismiss(run, 2))
            .text()
            .key());
  }
}
