/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class ItemResourceTest {
  private final TestDatabase database;
  private Desk desk;
  private ItemResource resource;

  ItemResourceTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    Views views = new Views(desk.items, desk.schema, desk);
    resource = new ItemResource(desk.items, desk.store, desk.schema, views, desk, desk);
    Item verified = desk.item("server", "mx1");
    desk.items.verify(verified.id(), verified.version());
    desk.item("server", "mx2");
  }

  private List<Views.ItemView> list(String verified) {
    return resource.list(null, null, null, null, null, verified, "name", 50, null).items();
  }

  private List<String> names(String verified) {
    return list(verified).stream().map(Views.ItemView::name).toList();
  }

  @Test
  void whoVerifiedItIsNamedAlsoWhenTheyAreGone() {
    assertEquals(new Views.PersonView("person1", "Person 1"), list("true").get(0).verifiedBy());
    Item other = desk.store.find(desk.item("server", "mx3").id()).orElseThrow();
    desk.store.verify(other.id(), other.version(), "gone");
    assertEquals(new Views.PersonView("gone", "gone"), list("true").get(1).verifiedBy());
    assertNull(list("false").get(0).verifiedBy());
  }

  @Test
  void theListIsNarrowedDownToWhatWasVerifiedOrWasNot() {
    assertEquals(List.of("mx1"), names("true"));
    assertEquals(List.of("mx2"), names("false"));
    assertEquals(List.of("mx1", "mx2"), names(null));
    assertEquals(List.of("mx1", "mx2"), names(""));
    assertEquals(
        ErrorKind.MALFORMED, assertThrows(DomainException.class, () -> list("maybe")).kind());
  }
}
