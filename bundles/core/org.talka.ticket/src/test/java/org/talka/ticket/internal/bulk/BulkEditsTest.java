/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.BRUNO;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.ticket.Priority;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.bulk.BulkResult.Outcome;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketImage;

@PersistenceTest(units = "ticket")
class BulkEditsTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private BulkEdits edits;

  BulkEditsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    edits =
        new BulkEdits(
            new BulkStep(it.reader, it.desk, it.conversation, transactions), it.lists, it.callers);
  }

  @AfterEach
  void close() throws InterruptedException {
    edits.stop();
    it.close();
  }

  @Test
  void changesEveryTicketAndSaysWhatItDid() {
    List<TicketImage> tickets = List.of(create("one"), create("two"));
    BulkChange change =
        new BulkChange(
            Map.of("assignee", "bruno", "priority", "high"),
            List.of("storm"),
            List.of("old"),
            Optional.empty(),
            Map.of(),
            Optional.of("Same cable"));
    BulkEdit edit = ended(it.as(ANNA, () -> edits.start(targets(tickets), change)));
    assertEquals(BulkEdit.State.DONE, edit.state());
    assertEquals(List.of(Outcome.CHANGED, Outcome.CHANGED), outcomes(edit));
    for (TicketImage ticket : tickets) {
      TicketImage after = read(ticket.key());
      assertEquals(BRUNO.person(), after.assignee());
      assertEquals(Priority.HIGH, after.priority());
      assertEquals(List.of("kept", "storm"), List.copyOf(after.tags()));
      List<CommentImage> said = it.as(ANNA, () -> it.conversation.comments(after, 0, 10));
      assertEquals(List.of("Same cable"), said.stream().map(CommentImage::body).toList());
      assertTrue(said.get(0).internal());
      assertEquals(ANNA.person(), said.get(0).author());
    }
  }

  @Test
  void aTicketThatSomebodyChangedInBetweenIsLeftAlone() {
    List<TicketImage> tickets = List.of(create("one"), create("two"));
    it.as(
        BRUNO,
        () ->
            it.desk.update(
                tickets.get(0).key(), Optional.empty(), Map.of("assignee", "bruno"), true));
    BulkEdit edit = ended(it.as(ANNA, () -> edits.start(targets(tickets), assign("anna"))));
    assertEquals(List.of(Outcome.CONFLICT, Outcome.CHANGED), outcomes(edit));
    assertEquals(BRUNO.person(), read(tickets.get(0).key()).assignee());
    assertEquals(ANNA.person(), read(tickets.get(1).key()).assignee());
  }

  @Test
  void whatIsRefusedForOneTicketTakesNothingFromTheOthersAndLeavesNoHalf() {
    TicketImage open = create("open");
    TicketImage other = create("other");
    BulkChange change =
        new BulkChange(
            Map.of("assignee", "bruno"),
            List.of(),
            List.of(),
            Optional.of("no-such-way"),
            Map.of(),
            Optional.empty());
    BulkEdit half = ended(it.as(ANNA, () -> edits.start(targets(List.of(open)), change)));
    assertEquals(List.of(Outcome.REFUSED), outcomes(half));
    assertEquals(open.version(), read(open.key()).version());

    List<BulkTarget> some =
        List.of(
            new BulkTarget("INC-999999", Optional.empty()),
            new BulkTarget(other.key(), Optional.empty()));
    BulkEdit edit = ended(it.as(ANNA, () -> edits.start(some, assign("anna"))));
    assertEquals(List.of(Outcome.REFUSED, Outcome.CHANGED), outcomes(edit));
    assertEquals(
        ErrorKind.NOT_FOUND, edit.results().get(0).refusal().map(DomainException::kind).get());
  }

  @Test
  void aQueryChangesAllThatItFindsUpToABound() {
    for (int i = 0; i < 4; i++) {
      create("found " + i);
    }
    BulkEdit edit = ended(it.as(ANNA, () -> edits.start("state:open", assign("bruno"))));
    assertEquals(4, edit.total());
    assertEquals(Map.of(Outcome.CHANGED, 4L), counted(edit));
    List<BulkTarget> many = new ArrayList<>();
    for (int i = 0; i <= BulkEdits.MANY; i++) {
      many.add(new BulkTarget("INC-000001", Optional.empty()));
    }
    assertEquals(ErrorKind.INVALID, refused(ANNA, () -> edits.start(many, assign("anna"))));
  }

  @Test
  void stoppingFinishesTheTicketAtHandAndLeavesTheRest() throws InterruptedException {
    List<TicketImage> tickets = List.of(create("one"), create("two"), create("three"));
    CountDownLatch held = new CountDownLatch(1);
    Thread holder =
        new Thread(
            () ->
                it.as(
                    BRUNO,
                    () ->
                        transactions.required(
                            () -> {
                              it.reader.lock(tickets.get(0).key());
                              held.countDown();
                              while (!Thread.currentThread().isInterrupted() && !released) {
                                LockSupport.parkNanos(1_000_000);
                              }
                              return null;
                            })));
    holder.start();
    assertTrue(held.await(10, TimeUnit.SECONDS));
    BulkEdit edit = it.as(ANNA, () -> edits.start(targets(tickets), assign("bruno")));
    it.as(
        ANNA,
        () -> {
          edits.stop(edit.id());
          return null;
        });
    released = true;
    holder.join();
    ended(edit);
    assertEquals(BulkEdit.State.STOPPED, edit.state());
    assertTrue(edit.results().size() < 2, "worked on " + edit.results());
    assertTrue(read(tickets.get(2).key()).assignee().isEmpty());
  }

  private volatile boolean released;

  @Test
  void aChangeIsTheBusinessOfWhoAskedForIt() {
    BulkEdit edit = it.as(ANNA, () -> edits.start(targets(List.of(create("x"))), assign("anna")));
    assertEquals(edit, it.as(ANNA, () -> edits.get(edit.id())));
    assertEquals(ErrorKind.NOT_FOUND, refused(BRUNO, () -> edits.get(edit.id())));
    assertEquals(ErrorKind.NOT_FOUND, refused(BRUNO, () -> edits.stop(edit.id())));
    ended(edit);
  }

  @Test
  void refusesWhatIsNoChangeAndWhatIsNotForMany() {
    List<BulkTarget> one = targets(List.of(create("x")));
    assertEquals(
        ErrorKind.INVALID,
        refused(
            ANNA,
            () ->
                edits.start(
                    one,
                    new BulkChange(
                        Map.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()))));
    assertEquals(
        ErrorKind.INVALID,
        refused(
            ANNA,
            () ->
                edits.start(
                    one,
                    new BulkChange(
                        Map.of("subject", "all the same"),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()))));
    assertEquals(ErrorKind.INVALID, refused(ANNA, () -> edits.start(List.of(), assign("anna"))));
  }

  private TicketImage create(String subject) {
    return it.as(
        RITA,
        () -> {
          TicketImage made = it.desk.create("incident", Map.of("subject", subject), true);
          return it.as(
              ANNA,
              () ->
                  it.desk.update(
                      made.key(), Optional.empty(), Map.of("tags", List.of("old", "kept")), true));
        });
  }

  private TicketImage read(String key) {
    return it.as(ANNA, () -> it.reader.get(key));
  }

  private static BulkChange assign(String username) {
    return new BulkChange(
        Map.of("assignee", username),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  private static List<BulkTarget> targets(List<TicketImage> tickets) {
    return tickets.stream()
        .map(ticket -> new BulkTarget(ticket.key(), Optional.of(ticket.version())))
        .toList();
  }

  private static BulkEdit ended(BulkEdit edit) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (edit.state() == BulkEdit.State.RUNNING) {
      assertTrue(System.nanoTime() < end, "still running after " + edit.results());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return edit;
  }

  private static List<Outcome> outcomes(BulkEdit edit) {
    return edit.results().stream().map(BulkResult::outcome).toList();
  }

  private static Map<Outcome, Long> counted(BulkEdit edit) {
    return edit.results().stream()
        .collect(Collectors.groupingBy(BulkResult::outcome, Collectors.counting()));
  }

  private ErrorKind refused(Caller caller, Runnable work) {
    return assertThrows(
            DomainException.class,
            () ->
                it.as(
                    caller,
                    () -> {
                      work.run();
                      return null;
                    }))
        .kind();
  }
}
