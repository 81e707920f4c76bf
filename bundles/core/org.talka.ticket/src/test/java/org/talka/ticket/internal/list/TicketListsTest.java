/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.api.security.RecordVisibility;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.TicketImage;

@PersistenceTest(units = "ticket")
class TicketListsTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;

  TicketListsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void pagesFromTheDatabaseFindEachTicketOnceNewestFirst() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(0, create(ANNA, "page " + i).key());
    }
    assertEquals(made, keys(ANNA, "", 3));
    assertEquals(made, keys(ANNA, "state:open", 2));
  }

  @Test
  void otherListsAreFoundInTheIndex() {
    for (int i = 0; i < 5; i++) {
      create(i % 2 == 0 ? RITA : SANDIS, "subject " + i);
    }
    it.deliver();
    assertEquals(3, new HashSet<>(keys(RITA, "", 2)).size());
    assertEquals(2, keys(ANNA, "requester:sandis", 1).size());
    assertEquals(List.of(), keys(ANNA, "assignee:me", 5));
  }

  @Test
  void listsShowNothingThatTheCallerMayNotSee() {
    TicketImage mine = create(RITA, "mine");
    create(SANDIS, "other");
    it.deliver();
    assertEquals(List.of(mine.key()), keys(RITA, "", 10));
    assertEquals(
        List.of(mine.key()),
        it.as(RITA, () -> it.lists.search("mine", 10, Optional.empty())).items().stream()
            .map(TicketImage::key)
            .toList());
    it.gate.add(
        RecordVisibility.class,
        context -> new Filter.Not(new Filter.Is("requester", "3")),
        Map.of());
    assertEquals(List.of(), keys(RITA, "", 10));
    assertEquals(1, keys(ANNA, "", 10).size());
    assertTrue(it.as(ANNA, () -> it.reader.find(mine.key())).isEmpty());
  }

  @Test
  void internalNotesAreFoundOnlyByThoseWhoReadThem() {
    TicketImage mine = create(RITA, "mine");
    it.as(ANNA, () -> it.conversation.say(mine.key(), "suspicious", true, List.of()));
    it.deliver();
    assertEquals(
        0, it.as(RITA, () -> it.lists.search("suspicious", 10, Optional.empty())).items().size());
    assertEquals(
        1, it.as(ANNA, () -> it.lists.search("suspicious", 10, Optional.empty())).items().size());
  }

  @Test
  void refusesACursorOfAnotherList() {
    create(ANNA, "a");
    create(ANNA, "b");
    Page<TicketImage> first =
        it.as(ANNA, () -> it.lists.query("", "-updatedAt", 1, Optional.empty()));
    assertThrows(
        DomainException.class,
        () -> it.as(ANNA, () -> it.lists.query("state:open", "-updatedAt", 1, first.next())));
    assertThrows(
        DomainException.class,
        () -> it.as(ANNA, () -> it.lists.query("", "-createdAt", 1, first.next())));
  }

  @Test
  void modulesListByConditionsOnKnownFields() {
    create(ANNA, "a");
    it.deliver();
    Filter incidents = new Filter.Is("type", "incident");
    assertEquals(1, it.as(ANNA, () -> it.tickets.list(incidents, null, 10, null)).items().size());
    assertThrows(
        DomainException.class,
        () -> it.as(ANNA, () -> it.tickets.list(new Filter.Is("1=1", "x"), null, 10, null)));
  }

  @Test
  void servesQueuesFromAnIndexOfTheDatabase() {
    Filter open = new Filter.Is("open", "true");
    Filter mine = new Filter.AllOf(List.of(new Filter.Is("assignee", "1"), open));
    Filter own = new Filter.AnyOf(List.of(new Filter.Is("requester", "1")));
    assertTrue(ListPlan.indexed(new Filter.All(), "updatedAt", true).isPresent());
    assertTrue(ListPlan.indexed(open, "updatedAt", true).isPresent());
    assertTrue(ListPlan.indexed(mine, "updatedAt", true).isPresent());
    assertTrue(ListPlan.indexed(open, "updatedAt", false).isEmpty());
    assertTrue(ListPlan.indexed(open, "priority", true).isEmpty());
    assertTrue(ListPlan.indexed(own, "updatedAt", true).isEmpty());
  }

  private TicketImage create(Caller caller, String subject) {
    return it.as(caller, () -> it.desk.create("incident", Map.of("subject", subject), true));
  }

  private List<String> keys(Caller caller, String query, int limit) {
    List<String> keys = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Optional<String> from = after;
      Page<TicketImage> page =
          it.as(caller, () -> it.lists.query(query, "-updatedAt", limit, from));
      page.items().forEach(ticket -> keys.add(ticket.key()));
      after = page.next();
    } while (after.isPresent());
    return keys;
  }
}
