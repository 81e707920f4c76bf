/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Page;
import org.talka.api.security.GrantScope;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.Folded;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class ItemsTest {
  private final TestDatabase database;
  private Desk desk;

  ItemsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
  }

  private Page<Item> list(
      String words, Set<String> classes, boolean latest, int limit, String after) {
    return list(words, classes, Optional.empty(), latest, limit, after);
  }

  private Page<Item> list(
      String words,
      Set<String> classes,
      Optional<Boolean> verified,
      boolean latest,
      int limit,
      String after) {
    return desk.store.list(
        new ItemQuery(
            List.copyOf(Folded.words(words)),
            classes,
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            verified,
            desk.items.sight(),
            latest,
            limit,
            Optional.ofNullable(after)));
  }

  private List<String> names(String words) {
    return list(words, Set.of(), false, 50, null).items().stream().map(Item::name).toList();
  }

  private static List<String> faults(DomainException e) {
    return e.fieldErrors().stream()
        .map(error -> error.field() + " " + error.message().key())
        .sorted()
        .toList();
  }

  @Test
  void everyChangeIsKeptAndCanBeSeenAfterwards() {
    Item made =
        desk.items.create(
            Map.of("classKey", "server", "name", "Mail", "operatingSystem", "Debian 12"), "");
    Instant first = desk.now;
    Item changed =
        desk.items.change(
            made.id(),
            made.version(),
            Map.of("operatingSystem", "Debian 13", "location", "Rīga"),
            "CHG-000001");
    List<Edition> history = desk.store.history(made.id(), Integer.MAX_VALUE, 10);
    assertEquals(List.of(2, 1), history.stream().map(Edition::number).toList());
    assertEquals("CHG-000001", history.get(0).reason());
    assertFalse(history.get(0).drift());
    assertEquals(
        "Debian 12",
        desk.store.at(List.of(made.id()), first).get(made.id()).fields().get("operatingSystem"));
    assertEquals(
        "Debian 13",
        desk.store.at(List.of(made.id()), desk.now).get(made.id()).fields().get("operatingSystem"));
    assertEquals(Map.of(), desk.store.at(List.of(made.id()), made.createdAt().minusSeconds(1)));
    assertEquals(2, changed.edition());
  }

  @Test
  void theSameValuesAgainChangeNothing() {
    Item made = desk.item("server", "Mail");
    Item same = desk.items.change(made.id(), made.version(), Map.of("name", "Mail"), "");
    assertEquals(made.version(), same.version());
    assertEquals(1, desk.store.history(made.id(), Integer.MAX_VALUE, 10).size());
  }

  @Test
  void somethingControlledChangedWithoutAReasonIsDrift() {
    Item made =
        desk.items.create(
            Map.of("classKey", "server", "name", "Mail", "operatingSystem", "Debian 12"), "");
    desk.items.change(made.id(), made.version(), Map.of("operatingSystem", "Debian 13"), null);
    assertTrue(desk.store.history(made.id(), Integer.MAX_VALUE, 1).get(0).drift());
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Map<String, Object> asked = new HashMap<>();
    asked.put("classKey", "server");
    asked.put("status", "burning");
    asked.put("owner", "nobody");
    asked.put("colour", "red");
    DomainException refused =
        assertThrows(DomainException.class, () -> desk.items.create(asked, ""));
    assertEquals(
        List.of(
            "attributes.colour error.cmdb.attribute.unknown",
            "name error.cmdb.required",
            "owner error.cmdb.person.unknown",
            "status error.cmdb.choice"),
        faults(refused));
  }

  @Test
  void aRetiredItemComesBackIntoServiceAndNowhereElse() {
    Item made = desk.item("server", "Old");
    Item retired = desk.items.change(made.id(), made.version(), Map.of("status", "retired"), "");
    DomainException refused =
        assertThrows(
            DomainException.class,
            () ->
                desk.items.change(
                    made.id(), retired.version(), Map.of("status", "maintenance"), ""));
    assertEquals(List.of("status error.cmdb.status.move"), faults(refused));
    desk.items.change(made.id(), retired.version(), Map.of("status", "inService"), "");
  }

  @Test
  void aGroupingClassHasNoItems() {
    DomainException refused =
        assertThrows(DomainException.class, () -> desk.item("device", "Something"));
    assertEquals(List.of("classKey error.cmdb.class.grouping"), faults(refused));
  }

  @Test
  void itemsAreFoundByWordsWithoutDiacriticsByNumberAndByWhatTheySay() {
    Item mail =
        desk.items.create(
            Map.of(
                "classKey", "server", "name", "Pasta serveris Rīgā", "serialNumber", "SN-4711-X"),
            "");
    desk.item("server", "Print server");
    assertEquals(List.of("Pasta serveris Rīgā"), names("riga"));
    assertEquals(List.of("Pasta serveris Rīgā"), names("serv past"));
    assertEquals(List.of("Pasta serveris Rīgā"), names("4711"));
    assertEquals(List.of("Pasta serveris Rīgā"), names(mail.key()));
    assertEquals(List.of(), names("windows"));
    desk.items.change(mail.id(), mail.version(), Map.of("name", "Postfix"), "");
    assertEquals(List.of(), names("riga"));
    assertEquals(List.of("Postfix"), names("postfix"));
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    for (int i = 0; i < 23; i++) {
      desk.item(i % 2 == 0 ? "server" : "printer", "Same name " + i % 3);
    }
    for (boolean latest : new boolean[] {false, true}) {
      List<Long> seen = new ArrayList<>();
      String after = null;
      do {
        Page<Item> page = list("", Set.of(), latest, 5, after);
        page.items().forEach(item -> seen.add(item.id()));
        after = page.next().orElse(null);
      } while (after != null);
      assertEquals(23, seen.size());
      assertEquals(23, Set.copyOf(seen).size());
    }
    assertEquals(12, list("", Set.of("server"), false, 50, null).items().size());
    assertThrows(DomainException.class, () -> list("", Set.of(), false, 5, "bm90IGEgY3Vyc29y"));
  }

  @Test
  void whatNobodyVerifiedIsListedPageByPage() {
    for (int i = 0; i < 9; i++) {
      Item made = desk.item("server", "Server " + i);
      if (i % 3 == 0) {
        desk.items.verify(made.id(), made.version());
      }
    }
    assertEquals(List.of("Server 0", "Server 3", "Server 6"), verified(true, false));
    assertEquals(
        List.of("Server 1", "Server 2", "Server 4", "Server 5", "Server 7", "Server 8"),
        verified(false, false));
    assertEquals(
        List.of("Server 8", "Server 7", "Server 5", "Server 4", "Server 2", "Server 1"),
        verified(false, true));
    // what is changed afterwards was verified nevertheless
    Item first = list("server 0", Set.of(), false, 1, null).items().get(0);
    desk.items.change(first.id(), first.version(), Map.of("location", "Rīga"), "");
    assertEquals(3, verified(true, false).size());
  }

  private List<String> verified(boolean verified, boolean latest) {
    List<String> names = new ArrayList<>();
    String after = null;
    do {
      Page<Item> page = list("", Set.of("server"), Optional.of(verified), latest, 2, after);
      page.items().forEach(item -> names.add(item.name()));
      after = page.next().orElse(null);
    } while (after != null);
    return names;
  }

  @Test
  void whoMaySeeTheirOwnSeesTheirOwnAlone() {
    desk.items.create(Map.of("classKey", "server", "name", "Mine", "owner", "person2"), "");
    desk.items.create(Map.of("classKey", "server", "name", "Ours", "team", "team20"), "");
    Item other = desk.item("server", "Theirs");
    desk.me = 2;
    desk.grants.put(Items.READ, GrantScope.OWN);
    assertEquals(List.of("Mine"), names(""));
    desk.grants.put(Items.READ, GrantScope.TEAM);
    assertEquals(List.of("Mine", "Ours"), names(""));
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> desk.items.get(other.id())).kind());
    desk.grants.put(Items.READ, GrantScope.NONE);
    assertEquals(List.of(), names(""));
  }

  @Test
  void whoMayChangeTheirOwnChangesNothingElse() {
    Item other = desk.item("server", "Theirs");
    desk.me = 2;
    desk.grants.put(Items.UPDATE, GrantScope.OWN);
    assertEquals(
        ErrorKind.FORBIDDEN,
        assertThrows(
                DomainException.class,
                () -> desk.items.change(other.id(), other.version(), Map.of("name", "Mine"), ""))
            .kind());
    assertEquals(
        List.of("owner error.cmdb.owner.self"),
        faults(assertThrows(DomainException.class, () -> desk.item("server", "Nobody's"))));
    desk.items.create(Map.of("classKey", "server", "name", "Mine", "owner", "person2"), "");
  }

  @Test
  void numbersGoOnAfterARestart() {
    long before = desk.item("server", "One").id();
    assertEquals(before + 1, new Desk(database).item("server", "Two").id());
  }

  @Test
  void aCursorOutsideOfAllTimesIsNone() {
    for (String moment :
        List.of(
            "-1000000000-01-01T00:00Z", "+1000000000-12-31T23:59:59Z", "0001-01-01T00:00:00Z")) {
      String after = new Cursor("-updatedAt", moment, 1).text();
      assertEquals(
          ErrorKind.MALFORMED,
          assertThrows(DomainException.class, () -> list("", Set.of(), true, 5, after)).kind());
    }
  }
}
