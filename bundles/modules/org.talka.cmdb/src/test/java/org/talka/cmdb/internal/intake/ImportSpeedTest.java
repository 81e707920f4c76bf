/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.talka.cmdb.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/**
 * How long as many items take to be imported as {@code -Dtalka.items} says, the first time and the
 * second, when nothing is to change; and their relations.
 */
@PersistenceTest(units = "cmdb")
@EnabledIfSystemProperty(named = "talka.items", matches = "[0-9]+")
class ImportSpeedTest {
  private final TestDatabase database;
  private Desk desk;
  private IntakeDesk intake;
  private ImportWorker worker;

  ImportSpeedTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void theSecondTimeNothingIsWrittenAndItIsQuick() {
    int items = Integer.getInteger("talka.items");
    desk = new Desk(database);
    intake = desk.intake();
    worker = intake.worker();
    StringBuilder hosts =
        new StringBuilder("name,serialNumber,manufacturer,model,ipAddress,operatingSystem,owner\n");
    StringBuilder ties = new StringBuilder("source.name,type,target.serialNumber\n");
    for (int i = 0; i < items; i++) {
      hosts.append(
          "host-%d.example.org,SN-%08d,Maker %d,Model %d,10.%d.%d.%d,Debian %d,person%d%n"
              .formatted(
                  i, i, i % 7, i % 90, i >> 16, i >> 8 & 255, i & 255, 10 + i % 4, 1 + i % 9));
      ties.append("host-%d.example.org,uses,SN-%08d%n".formatted(i, i / 10));
    }
    long first = run("items, first", () -> importOf(null, hosts.toString()));
    long editions = editions();
    long second = run("items, again", () -> importOf(null, hosts.toString()));
    assertEquals(editions, editions());
    run("relations, first", () -> importOf("relations", ties.toString()));
    run("relations, again", () -> importOf("relations", ties.toString()));
    assertTrue(second <= first, second + " ms after " + first + " ms");
  }

  private long run(String what, Supplier<Run> work) {
    long began = System.nanoTime();
    Run run = work.get();
    long millis = (System.nanoTime() - began) / 1_000_000;
    assertEquals(Run.State.DONE, run.state());
    System.out.printf(
        "%s, %s: %d rows in %d ms, %d new, %d as before, %d MB in use%n",
        database.engine(),
        what,
        run.counts().read(),
        millis,
        run.counts().created(),
        run.counts().same(),
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    return millis;
  }

  private Run importOf(String kind, String text) {
    FileRow.Sent file =
        intake.files.receive(
            "hosts.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    long run =
        intake
            .importer
            .run(
                new ImportRequest(
                    kind,
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
                    false))
            .run()
            .orElseThrow()
            .id();
    worker.work();
    return intake.importer.get(run);
  }

  private long editions() {
    return desk.database.read(
        em -> em.createQuery("select count(e) from EditionRow e", Long.class).getSingleResult());
  }
}
