/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.list.Possible;
import org.talka.ticket.internal.model.TicketImage;

@PersistenceTest(units = "ticket")
class BoardsTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private Boards boards;

  BoardsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    boards = new Boards(it.lists, it.registry, it.people, it.callers, (text, locale) -> text.key());
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void oneTypeHasItsStatesInTheirOrder() {
    Boards.Board board = board(ANNA, "type:incident", "");
    assertEquals(Boards.By.STATE, board.by());
    assertEquals(
        List.of("new", "assigned", "in-progress", "pending", "resolved", "closed", "cancelled"),
        keys(board).stream().map(key -> key.substring("incident.".length())).toList());
    assertTrue(board.columns().stream().noneMatch(BoardColumn::exit));
  }

  @Test
  void severalTypesHaveWhatTheirStatesMean() {
    Boards.Board board = board(ANNA, "state:open", "");
    assertEquals(Boards.By.CATEGORY, board.by());
    assertEquals(List.of("new", "active", "pending", "resolved", "closed"), keys(board));
    // what the query rules out is a way out
    assertEquals(
        List.of("resolved", "closed"),
        board.columns().stream().filter(BoardColumn::exit).map(BoardColumn::key).toList());
  }

  @Test
  void statesThatAreCalledAndMeanTheSameAreOneColumn() {
    it.registry.declared(FakeDeclarations.faults());
    Boards.Board board = board(ANNA, "", "state");
    BoardColumn first = board.column("incident.new");
    assertEquals(
        List.of(new BoardColumn.State("incident", "new"), new BoardColumn.State("fault", "new")),
        first.states());
    // another title, another column
    assertEquals(List.of("submitted"), states(board.column("request.submitted")));
    // another meaning, too: the module's "done" is final
    assertEquals(List.of("done"), states(board.column("fault.done")));
    assertEquals(1, keys(board).stream().filter(key -> key.endsWith(".cancelled")).count());
  }

  @Test
  void everyTicketStandsInOneColumnAndPagesGoThroughIt() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String type = i % 2 == 0 ? "incident" : "request";
      String key = it.as(ANNA, () -> it.desk.create(type, Map.of("subject", "s"), true)).key();
      if (i % 3 == 0) {
        it.as(
            ANNA,
            () ->
                it.desk.transition(
                    key, Optional.empty(), "start", Map.of(), Optional.empty(), false, true));
      }
      made.add(key);
    }
    it.deliver();
    for (String by : List.of("state", "category", "priority", "assignee")) {
      List<String> found = new ArrayList<>();
      for (BoardColumn column : board(ANNA, "state:open", by).columns()) {
        List<String> here = keys(ANNA, "state:open", column, 2);
        assertEquals(
            here.size(), it.as(ANNA, () -> it.lists.count("state:open", column.filter(), 100)));
        found.addAll(here);
      }
      assertEquals(made.size(), found.size(), by);
      assertEquals(Set.copyOf(made), Set.copyOf(found), by);
    }
  }

  @Test
  void peopleHaveAColumnWhenTheyHaveTickets() {
    it.as(
        ANNA, () -> it.desk.create("incident", Map.of("subject", "s", "assignee", "bruno"), true));
    it.deliver();
    Boards.Board board = board(ANNA, "state:open", "assignee");
    assertEquals(List.of("none", "@anna", "@bruno"), keys(board));
  }

  @Test
  void aColumnShowsNothingThatTheCallerMayNotSee() {
    it.as(RITA, () -> it.desk.create("incident", Map.of("subject", "mine"), true));
    it.as(SANDIS, () -> it.desk.create("incident", Map.of("subject", "other"), true));
    it.deliver();
    BoardColumn column = board(RITA, "type:incident", "state").column("incident.new");
    assertEquals(1, keys(RITA, "type:incident", column, 10).size());
    assertEquals(
        1, it.as(RITA, () -> it.lists.count("type:incident", column.filter(), 100)).intValue());
    assertEquals(2, keys(ANNA, "type:incident", column, 10).size());
  }

  @Test
  void aColumnThatThereIsNotIsNotFound() {
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> board(ANNA, "type:incident", "state").column("x"))
            .kind());
    assertEquals(
        ErrorKind.MALFORMED,
        assertThrows(DomainException.class, () -> board(ANNA, "", "colour")).kind());
  }

  @Test
  void whatIsNotKnownMayBeAnything() {
    Map<String, Set<String>> known = new HashMap<>();
    known.put("type", Set.of("incident"));
    known.put("tag", Set.of());
    Filter incident = new Filter.Is("type", "incident");
    Filter request = new Filter.Is("type", "request");
    Filter mine = new Filter.Is("assignee", "1");
    assertEquals(Possible.YES, Possible.of(incident, known));
    assertEquals(Possible.NO, Possible.of(Filter.and(request, mine), known));
    assertEquals(Possible.MAYBE, Possible.of(Filter.and(incident, mine), known));
    assertEquals(Possible.MAYBE, Possible.of(Filter.or(request, mine), known));
    assertEquals(Possible.YES, Possible.of(new Filter.Not(request), known));
    assertEquals(Possible.MAYBE, Possible.of(new Filter.Not(mine), known));
    assertEquals(Possible.NO, Possible.of(new Filter.Exists("tag"), known));
    assertEquals(Possible.MAYBE, Possible.of(new Filter.Words(null, "x", false), known));
  }

  private Boards.Board board(Caller caller, String query, String by) {
    return it.as(caller, () -> boards.board(query, by));
  }

  private static List<String> keys(Boards.Board board) {
    return board.columns().stream().map(BoardColumn::key).toList();
  }

  private static List<String> states(BoardColumn column) {
    return column.states().stream().map(BoardColumn.State::state).toList();
  }

  private List<String> keys(Caller caller, String query, BoardColumn column, int limit) {
    List<String> keys = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Optional<String> from = after;
      Page<TicketImage> page =
          it.as(caller, () -> it.lists.query(query, column.filter(), "-updatedAt", limit, from));
      page.items().forEach(ticket -> keys.add(ticket.key()));
      after = page.next();
    } while (after.isPresent());
    return keys;
  }
}
