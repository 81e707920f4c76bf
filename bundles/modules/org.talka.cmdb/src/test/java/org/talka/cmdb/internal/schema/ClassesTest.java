/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class ClassesTest {
  private final TestDatabase database;
  private Desk desk;

  ClassesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
  }

  private static ClassValues named(String name, String parent) {
    return new ClassValues(null, parent, Map.of("en", name), null, null, null, null, null, null);
  }

  private static ClassValues with(ClassValues.AttributeValues... attributes) {
    return new ClassValues(null, null, null, null, null, null, null, List.of(attributes), null);
  }

  private static ClassValues.AttributeValues attribute(String name, String type) {
    return new ClassValues.AttributeValues(null, Map.of("en", name), type, null, null, null, null);
  }

  private static String fault(DomainException e) {
    return e.fieldErrors().get(0).message().key();
  }

  @Test
  void aClassMadeAtRuntimeHasTheAttributesOfItsAncestors() {
    ItemClass made = desk.classes.create(named("Blade server", "server"));
    assertEquals("blade-server", made.key());
    desk.classes.change(made.key(), made.version(), with(attribute("Slot number", "number")));
    Schema schema = desk.schema.current();
    assertTrue(
        schema
            .attributes("blade-server")
            .keySet()
            .containsAll(Set.of("serialNumber", "operatingSystem", "slotNumber")));
    assertTrue(schema.isA("blade-server", "device"));
    assertEquals(
        List.of(List.of("serialNumber"), List.of("name")), schema.identities("blade-server"));
    assertTrue(desk.audited.contains("cmdb.class.changed cmdb-class:blade-server"));
  }

  @Test
  void aClassInUseIsRetiredAndNeverRemoved() {
    ItemClass made = desk.classes.create(named("Kiosk", "device"));
    Item item = desk.item("kiosk", "Kiosk in the hall");
    DomainException refused =
        assertThrows(DomainException.class, () -> desk.classes.remove("kiosk"));
    assertEquals(ErrorKind.CONFLICT, refused.kind());
    desk.classes.change(
        "kiosk",
        made.version(),
        new ClassValues(null, null, null, null, null, null, true, null, null));
    assertEquals(
        "error.cmdb.class.retired",
        fault(assertThrows(DomainException.class, () -> desk.item("kiosk", "Another"))));
    // what is there can still be changed
    Item changed =
        desk.items.change(item.id(), item.version(), Map.of("name", "Kiosk at the door"), "");
    assertEquals("Kiosk at the door", changed.name());
  }

  @Test
  void aClassThatNobodyUsesCanBeRemoved() {
    desk.classes.create(named("Mistake", "device"));
    desk.classes.remove("mistake");
    assertTrue(desk.schema.current().itemClass("mistake").isEmpty());
  }

  @Test
  void aClassIsNotItsOwnAncestor() {
    ItemClass device = desk.schema.current().itemClass("device").orElseThrow();
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> desk.classes.change("device", device.version(), named("Device", "server")));
    assertEquals("error.cmdb.class.circle", fault(refused));
  }

  @Test
  void anAttributeIsInheritedOnceAndNeverTakenAway() {
    ItemClass server = desk.schema.current().itemClass("server").orElseThrow();
    DomainException twice =
        assertThrows(
            DomainException.class,
            () ->
                desk.classes.change(
                    "server",
                    server.version(),
                    with(
                        attribute("Operating system", "text"),
                        attribute("Serial number", "text"))));
    assertEquals("error.cmdb.attribute.inherited", fault(twice));
    DomainException gone =
        assertThrows(
            DomainException.class, () -> desk.classes.change("server", server.version(), with()));
    assertEquals("error.cmdb.attribute.gone", fault(gone));
  }

  @Test
  void whatRepeatsIdentifiesNothing() {
    ItemClass server = desk.schema.current().itemClass("server").orElseThrow();
    DomainException refused =
        assertThrows(
            DomainException.class,
            () ->
                desk.classes.change(
                    "server",
                    server.version(),
                    new ClassValues(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(List.of("status", "environment")))));
    assertEquals("error.cmdb.identity.weak", fault(refused));
  }

  @Test
  void whoSawAnOlderVersionIsTold() {
    ItemClass server = desk.schema.current().itemClass("server").orElseThrow();
    desk.classes.change("server", server.version(), named("Servers", null));
    DomainException stale =
        assertThrows(
            DomainException.class,
            () -> desk.classes.change("server", server.version(), named("Machines", null)));
    assertEquals(ErrorKind.STALE, stale.kind());
  }

  @Test
  void aRelationTypeInUseIsNotRemoved() {
    RelationType made =
        desk.relationTypes.create(
            new RelationTypeValues(
                null,
                Map.of("en", "backs up"),
                Map.of("en", "is backed up by"),
                "item",
                "item",
                "many-to-one",
                "none",
                null,
                null,
                null));
    assertEquals("backs-up", made.key());
    desk.relations.add("backs-up", desk.item("server", "A"), desk.item("server", "B"));
    assertEquals(
        ErrorKind.CONFLICT,
        assertThrows(DomainException.class, () -> desk.relationTypes.remove("backs-up")).kind());
  }
}
