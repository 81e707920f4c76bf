/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.BRUNO;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.api.security.RecordVisibility;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.Task;
import org.talka.ticket.internal.model.TicketImage;

@PersistenceTest(units = "ticket")
class TasksTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;

  TasksTest(Database database, Transactions transactions) {
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
  void aTaskComesBackAsItWasGiven() {
    String key = ticket("incident");
    Task task =
        add(key, Map.of("title", " Order a lamp ", "assignee", "bruno", "due", "2026-12-24"));
    assertEquals("Order a lamp", task.title());
    assertEquals(Optional.of(new PersonId(2)), task.assignee());
    assertEquals(Optional.of(LocalDate.parse("2026-12-24")), task.due());
    assertEquals(0, task.place());
    assertEquals(1, task.version());
    assertEquals(List.of(task), tasks(key));
    Task bare = add(key, Map.of("title", "Mount it"));
    assertEquals(Optional.empty(), bare.assignee());
    assertEquals(Optional.empty(), bare.due());
    assertEquals(List.of(task, bare), tasks(key));
  }

  @Test
  void whatHappensToATaskIsInTheTicketsHistoryForAgentsAlone() {
    String key = ticket("incident");
    long before = it.as(ANNA, () -> it.reader.get(key)).version();
    Task task = add(key, Map.of("title", "Order a lamp"));
    Map<String, Object> given = new HashMap<>();
    given.put("title", "Order two lamps");
    given.put("assignee", "bruno");
    Task changed = change(key, task, given);
    Task done = change(key, changed, Map.of("done", true));
    assertTrue(done.done());
    Task again = change(key, done, Map.of("done", false));
    assertEquals(Optional.empty(), again.doneAt());
    it.as(
        ANNA,
        () -> {
          it.tasks.remove(key, task.id());
          return null;
        });
    List<HistoryEntry> history = history(ANNA, key);
    assertEquals(
        List.of("task-added", "task-changed", "task-done", "task-reopened", "task-removed"),
        history.stream().map(HistoryEntry::kind).skip(1).toList());
    assertEquals(
        List.of(
            new Change("task", "Order a lamp", "Order two lamps"),
            new Change("taskAssignee", null, 2L)),
        history.get(2).changes());
    assertEquals(List.of(new Change("task", null, "Order two lamps")), history.get(3).changes());
    assertEquals(List.of(new Change("task", "Order two lamps", null)), history.get(5).changes());
    assertEquals(List.of("created"), kinds(RITA, key));
    assertEquals(before + 5, it.as(ANNA, () -> it.reader.get(key)).version());
  }

  @Test
  void tasksStandWhereTheyArePut() {
    String key = ticket("incident");
    Task a = add(key, Map.of("title", "a"));
    add(key, Map.of("title", "b"));
    Task c = add(key, Map.of("title", "c"));
    add(key, Map.of("title", "d", "position", 1));
    assertEquals("adbc", titles(key));
    int events = it.as(ANNA, () -> history(ANNA, key)).size();
    change(key, c, Map.of("position", 0));
    assertEquals("cadb", titles(key));
    Task moved = change(key, a, Map.of("position", 99));
    assertEquals("cdba", titles(key));
    assertEquals(3, moved.place());
    // the order is not worth remembering
    assertEquals(events, history(ANNA, key).size());
    change(key, moved, Map.of("position", 2, "title", "A"));
    assertEquals("cdAb", titles(key));
  }

  @Test
  void whoeverSawAnotherVersionIsRefused() {
    String key = ticket("incident");
    Task task = add(key, Map.of("title", "a"));
    change(key, task, Map.of("done", true));
    assertEquals(ErrorKind.STALE, kind(() -> change(key, task, Map.of("title", "mine"))));
    assertEquals(
        ErrorKind.NOT_FOUND,
        kind(() -> it.as(ANNA, () -> it.tasks.change(key, task.id() + 999, 1, Map.of()))));
    String other = ticket("incident");
    assertEquals(ErrorKind.NOT_FOUND, kind(() -> change(other, task, Map.of("title", "x"))));
  }

  @Test
  void everyWrongValueIsNamed() {
    String key = ticket("incident");
    Map<String, Object> wrong = new HashMap<>();
    wrong.put("assignee", "rita");
    wrong.put("due", "tomorrow");
    wrong.put("done", "yes");
    wrong.put("position", -1);
    wrong.put("colour", "red");
    DomainException refused = assertThrows(DomainException.class, () -> add(key, wrong));
    assertEquals(
        List.of("assignee", "colour", "done", "due", "position", "title"),
        refused.fieldErrors().stream().map(FieldError::field).sorted().toList());
    assertEquals(List.of(), tasks(key));
  }

  @Test
  void requestersSeeNothingAndAgentsMayNotWriteBeyondABound() {
    String key = it.as(RITA, () -> it.desk.create("incident", Map.of("subject", "x"), true)).key();
    TicketImage ticket = it.as(RITA, () -> it.reader.get(key));
    assertEquals(ErrorKind.FORBIDDEN, kind(() -> it.as(RITA, () -> it.tasks.of(ticket))));
    assertEquals(
        ErrorKind.FORBIDDEN,
        kind(() -> it.as(RITA, () -> it.tasks.add(key, Map.of("title", "x")))));
    for (int i = 0; i < 100; i++) {
      add(key, Map.of("title", "t" + i));
    }
    assertEquals(ErrorKind.CONFLICT, kind(() -> add(key, Map.of("title", "one more"))));
  }

  @Test
  void myTasksComeByTheirDayPageByPage() {
    String first = ticket("incident");
    String second = ticket("request");
    add(first, Map.of("title", "none 1", "assignee", "bruno"));
    add(second, Map.of("title", "late", "assignee", "bruno", "due", "2027-02-01"));
    add(first, Map.of("title", "soon", "assignee", "bruno", "due", "2026-12-01"));
    add(second, Map.of("title", "same", "assignee", "bruno", "due", "2026-12-01"));
    add(second, Map.of("title", "none 2", "assignee", "bruno"));
    add(first, Map.of("title", "hers", "assignee", "anna", "due", "2026-11-01"));
    Task gone = add(first, Map.of("title", "done", "assignee", "bruno", "due", "2026-10-01"));
    change(first, gone, Map.of("done", true));
    assertEquals(List.of("soon", "same", "late", "none 1", "none 2"), mine(BRUNO, false, 2));
    assertEquals(List.of("done"), mine(BRUNO, true, 2));
    assertEquals(5, it.as(BRUNO, () -> it.tasks.open(99)).intValue());
    assertEquals(3, it.as(BRUNO, () -> it.tasks.open(3)).intValue());
    assertThrows(
        DomainException.class,
        () -> it.as(BRUNO, () -> it.tasks.mine(false, 2, Optional.of("forged"))));
  }

  @Test
  void doneTasksComeTheLatestFirst() {
    String key = ticket("incident");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Task task = add(key, Map.of("title", "t" + i, "assignee", "bruno"));
      change(key, task, Map.of("done", true));
      expected.add(0, "t" + i);
    }
    assertEquals(expected, mine(BRUNO, true, 2));
  }

  @Test
  void aTaskOnATicketThatIsHiddenIsHidden() {
    String key = ticket("incident");
    add(key, Map.of("title", "secret", "assignee", "bruno"));
    assertEquals(List.of("secret"), mine(BRUNO, false, 5));
    it.gate.add(
        RecordVisibility.class,
        context -> new Filter.Not(new Filter.Is("type", "incident")),
        Map.of());
    assertEquals(List.of(), mine(BRUNO, false, 5));
  }

  @Test
  void onlyWorkflowsThatSaySoWaitForOpenTasks() {
    it.registry.declared(FakeDeclarations.faults());
    String fault = ticket("fault");
    Task task = add(fault, Map.of("title", "look"));
    DomainException refused =
        assertThrows(DomainException.class, () -> take(fault, "check", Map.of()));
    assertEquals(ErrorKind.CONFLICT, refused.kind());
    assertEquals("error.ticket.task.open", refused.text().key());
    assertEquals("1", refused.text().args().get("n"));
    // it is on offer all the same, so that whoever tries hears what to do
    assertTrue(
        it.as(ANNA, () -> it.desk.transitions(it.reader.get(fault))).stream()
            .anyMatch(transition -> transition.key().equals("check")));
    change(fault, task, Map.of("done", true));
    assertEquals("checked", take(fault, "check", Map.of()).state());

    String other = ticket("fault");
    add(other, Map.of("title", "look"));
    assertEquals("done", take(other, "finish", Map.of()).state());
    String incident = ticket("incident");
    add(incident, Map.of("title", "look"));
    assertEquals("resolved", take(incident, "resolve", Map.of("resolutionCode", "fixed")).state());
  }

  private String ticket(String type) {
    return it.as(
            ANNA,
            () -> {
              Map<String, Object> values = new HashMap<>(Map.of("subject", "s"));
              if (type.equals("incident")) {
                values.put("requester", "rita");
              }
              return it.desk.create(type, values, true);
            })
        .key();
  }

  private Task add(String key, Map<String, Object> given) {
    return it.as(ANNA, () -> it.tasks.add(key, given));
  }

  private Task change(String key, Task task, Map<String, Object> given) {
    return it.as(ANNA, () -> it.tasks.change(key, task.id(), task.version(), given));
  }

  private List<Task> tasks(String key) {
    return it.as(ANNA, () -> it.tasks.of(it.reader.get(key)));
  }

  private String titles(String key) {
    StringBuilder titles = new StringBuilder();
    tasks(key).forEach(task -> titles.append(task.title()));
    return titles.toString();
  }

  private List<HistoryEntry> history(Caller caller, String key) {
    return it.as(caller, () -> it.conversation.history(it.reader.get(key), 0, 100));
  }

  private List<String> kinds(Caller caller, String key) {
    return history(caller, key).stream().map(HistoryEntry::kind).toList();
  }

  private List<String> mine(Caller caller, boolean done, int limit) {
    List<String> titles = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Optional<String> from = after;
      Page<AssignedTask> page = it.as(caller, () -> it.tasks.mine(done, limit, from));
      page.items().forEach(item -> titles.add(item.task().title()));
      after = page.next();
    } while (after.isPresent());
    return titles;
  }

  private TicketImage take(String key, String transition, Map<String, Object> fields) {
    return it.as(
        ANNA,
        () ->
            it.desk.transition(
                key, Optional.empty(), transition, fields, Optional.empty(), false, true));
  }

  private static ErrorKind kind(Supplier<?> work) {
    return assertThrows(DomainException.class, work::get).kind();
  }
}
