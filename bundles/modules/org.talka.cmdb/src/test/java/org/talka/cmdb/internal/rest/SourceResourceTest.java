/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.intake.IntakeStore;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class SourceResourceTest {
  private final TestDatabase database;

  SourceResourceTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void onlyFieldsThatThereAreHaveAWeight() {
    Desk desk = new Desk(database);
    IntakeStore store = new IntakeStore(desk.database, desk.store);
    SourceResource sources = new SourceResource(store, desk.schema, desk);
    for (String field : List.of("", "colour", "name=1\nlocation", "name\nlocation")) {
      SourceResource.Weights weights = new SourceResource.Weights(50, Map.of(field, 90));
      DomainException refused =
          assertThrows(DomainException.class, () -> sources.weigh("ad", "\"0\"", weights));
      assertEquals(ErrorKind.INVALID, refused.kind());
      assertEquals("weights", refused.fieldErrors().get(0).field());
    }
    assertEquals(List.of("hand"), List.copyOf(store.sources().keySet()));
  }
}
