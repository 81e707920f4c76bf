/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.intake.ImportRequest;
import org.talka.cmdb.internal.intake.IntakeDesk;
import org.talka.cmdb.internal.rest.ItemResource.Difference;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class ImportResourceTest {
  private final TestDatabase database;

  ImportResourceTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void ownersAndTeamsAreToldByName() {
    Desk desk = new Desk(database);
    IntakeDesk intake = desk.intake();
    ImportResource imports =
        new ImportResource(
            intake.importer,
            intake.files,
            intake.worker(),
            intake.store,
            desk.items,
            new Views(desk.items, desk.schema, desk),
            (text, locale) -> text.key(),
            desk);
    imports.run(file("mx1,SN-1,person2,"));
    assertEquals(
        List.of(
            new Difference("owner", "Person 2", "Person 3"), new Difference("team", "", "Team 20")),
        imports.run(file("mx1,SN-1,person3,team20")).rows().get(0).changes());
  }

  private static ImportRequest file(String row) {
    return ImportRequest.items(
        "ad", "server", null, null, List.of("name,serialNumber,owner,team\n" + row), null, false);
  }
}
