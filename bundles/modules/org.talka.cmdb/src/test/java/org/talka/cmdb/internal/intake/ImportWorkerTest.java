/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class ImportWorkerTest {
  private static final int ROWS = 1_203;

  private final TestDatabase database;
  private Desk desk;
  private IntakeDesk intake;
  private ImportWorker worker;

  ImportWorkerTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    intake = desk.intake();
    worker = intake.worker();
  }

  private FileRow.Sent send(String text) {
    return intake.files.receive(
        "hosts.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String hosts(int rows, String system) {
    StringBuilder text = new StringBuilder("name,serialNumber,operatingSystem\n");
    for (int i = 1; i <= rows; i++) {
      text.append("host-" + i + ",SN-" + i + "," + system + "\n");
    }
    return text.toString();
  }

  private long begin(FileRow.Sent file, boolean dry) {
    return intake
        .importer
        .run(
            new ImportRequest(
                null,
                "scan",
                "server",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Long.toString(file.id()),
                dry))
        .run()
        .orElseThrow()
        .id();
  }

  private long imported(String text) {
    long run = begin(send(text), false);
    worker.work();
    return run;
  }

  private String told(long id) {
    Run run = intake.importer.get(id);
    Run.Counts c = run.counts();
    return "%s: %d of %d, new %d, changed %d, same %d, quarantine %d, refused %d"
        .formatted(
            run.state().word(),
            c.read(),
            run.total(),
            c.created(),
            c.changed(),
            c.same(),
            c.quarantined(),
            c.refused());
  }

  private long editions() {
    return desk.database.read(
        em -> em.createQuery("select count(e) from EditionRow e", Long.class).getSingleResult());
  }

  private List<Item> all() {
    List<Item> all = new ArrayList<>();
    desk.store.each(List.of("server"), all::add);
    return all;
  }

  @Test
  void aLongFileIsImportedPartByPartAndTheSameAgainChangesNothing() {
    long run = begin(send(hosts(ROWS, "Debian 12")), false);
    assertEquals(
        "waiting: 0 of 1203, new 0, changed 0, same 0, quarantine 0, refused 0", told(run));
    worker.work();
    assertEquals(
        "done: 1203 of 1203, new 1203, changed 0, same 0, quarantine 0, refused 0", told(run));
    List<Item> before = all();
    assertEquals(ROWS, before.size());
    long editions = editions();
    long again = imported(hosts(ROWS, "Debian 12"));
    assertEquals(
        "done: 1203 of 1203, new 0, changed 0, same 1203, quarantine 0, refused 0", told(again));
    assertEquals(editions, editions());
    List<Item> after = all();
    for (int i = 0; i < ROWS; i++) {
      assertEquals(before.get(i).version(), after.get(i).version());
      assertEquals(before.get(i).updatedAt(), after.get(i).updatedAt());
    }
    assertTrue(after.get(0).seenAt().orElseThrow().isAfter(before.get(0).seenAt().orElseThrow()));
  }

  @Test
  void aServerThatEndsInTheMiddleLeavesTheRestToTheNext() {
    long run = begin(send(hosts(ROWS, "Debian 12")), false);
    // a server takes it up, takes one part in and is gone
    desk.database.write(
        em -> {
          RunRow row = em.find(RunRow.class, run);
          row.own("another", desk.now.plus(Duration.ofMinutes(1)), true);
          row.state(Run.State.RUNNING);
          return null;
        });
    Spec spec = intake.store.spec(run).orElseThrow();
    FileRow.Sent file =
        intake.files.find(intake.importer.get(run).file().orElseThrow()).orElseThrow();
    desk.database.write(
        em -> {
          intake.importer.portion(spec, run, 1, intake.files.part(file, 0), null);
          em.find(RunRow.class, run).counted(new Run.Counts(500, 500, 0, 0, 0, 0));
          return null;
        });
    worker.work();
    assertEquals(
        "running: 500 of 1203, new 500, changed 0, same 0, quarantine 0, refused 0", told(run));
    desk.now = desk.now.plus(Duration.ofMinutes(2));
    worker.work();
    assertEquals(
        "done: 1203 of 1203, new 1203, changed 0, same 0, quarantine 0, refused 0", told(run));
    assertEquals(ROWS, all().size());
  }

  @Test
  void whatEndsEveryServerThatTakesItUpIsSaidToHaveFailed() {
    long run = begin(send(hosts(3, "Debian 12")), false);
    for (int i = 0; i < 5; i++) {
      desk.database.write(
          em -> {
            RunRow row = em.find(RunRow.class, run);
            row.own("another", desk.now.minusSeconds(1), true);
            return null;
          });
    }
    worker.work();
    assertEquals(Run.State.FAILED, intake.importer.get(run).state());
    assertEquals("error.cmdb.import.stuck", intake.importer.get(run).failure());
  }

  @Test
  void anImportIsEndedAndWhatItDidIsTakenBack() {
    long run = begin(send(hosts(ROWS, "Debian 12")), false);
    intake.importer.cancel(run);
    worker.work();
    assertEquals(
        "cancelled: 0 of 1203, new 0, changed 0, same 0, quarantine 0, refused 0", told(run));
    assertThrows(DomainException.class, () -> intake.importer.cancel(run));
    assertEquals(Run.State.UNDONE, intake.importer.undo(run).state());
  }

  @Test
  void aLongImportIsTakenBackInTheBackgroundExceptForWhatWasChangedSince() {
    int rows = Importer.MOST_ROWS + 1;
    imported(hosts(1, "Debian 11"));
    long run = imported(hosts(rows, "Debian 12"));
    Item touched = all().get(5);
    desk.items.change(touched.id(), touched.version(), Map.of("location", "Rīga"), "");
    assertEquals(Run.State.UNDOING, intake.importer.undo(run).state());
    assertEquals(
        "error.cmdb.import.working",
        assertThrows(DomainException.class, () -> intake.importer.undo(run)).text().key());
    worker.work();
    Run undone = intake.importer.get(run);
    assertEquals(Run.State.UNDONE, undone.state());
    assertEquals(1, undone.kept());
    assertEquals(2, all().size());
    assertEquals("Debian 11", all().get(0).fields().get("operatingSystem"));
    assertTrue(desk.audited.contains("cmdb.import.undone cmdb-import:" + run));
  }

  @Test
  void aTrialOfAFileTellsWhatWouldHappenAcrossItsParts() {
    imported(hosts(2, "Debian 12"));
    String text =
        hosts(ROWS, "Debian 13")
            + "host-900 renamed,SN-900,Debian 13\n,unknown,x\nhost-2,SN-2,Debian 13\n";
    long trial = begin(send(text), true);
    worker.work();
    String expected = "done: 1206 of 1206, new 1201, changed 3, same 1, quarantine 1, refused 0";
    assertEquals(expected, told(trial));
    assertEquals(2, all().size());
    assertEquals(List.of(), intake.store.held(trial, 10));
    assertEquals(
        List.of(false), intake.store.runs(Long.MAX_VALUE, 10).stream().map(Run::dry).toList());
    assertTrue(
        intake.importer.outcomes(trial).stream()
            .anyMatch(o -> o.kind() == Outcome.Kind.QUARANTINED && o.number() == 1_205));
    assertEquals(expected, told(imported(text)));
  }

  @Test
  void whatBecameOfTheFirstRowsCanBeReadAfterwards() {
    long run = imported("name,serialNumber,status\na,S1,burning\nb,S2,\nb2,S2,\n,,planned\n");
    List<Outcome> told = intake.importer.outcomes(run);
    assertEquals(
        List.of("refused", "created", "changed", "quarantined"),
        told.stream().map(o -> o.kind().word()).toList());
    assertEquals("error.cmdb.choice", told.get(0).errors().get(0).message().key());
    assertEquals(Map.of("value", "burning"), told.get(0).errors().get(0).message().args());
    assertEquals(List.of(new Outcome.Change("name", "b", "b2")), told.get(2).changes());
    // two rows about one item are one change of it
    assertEquals(1, desk.store.find(told.get(1).item().orElseThrow()).orElseThrow().edition());
  }

  @Test
  void filesThatNobodyImportsAreForgotten() {
    FileRow.Sent file = send(hosts(2, "x"));
    worker.work();
    assertTrue(intake.files.find(file.id()).isPresent());
    desk.now = desk.now.plus(Duration.ofDays(2));
    worker.work();
    assertTrue(intake.files.find(file.id()).isEmpty());
  }
}
