/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.api.security.GrantScope;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;
import org.talka.cmdb.internal.Desk;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class MatchingsTest {
  private final TestDatabase database;
  private final Map<String, List<String>> field = new TreeMap<>();
  private final Set<String> others = new HashSet<>();
  private final List<String> changes = new ArrayList<>();

  /** The ticket with which the server ends; none when it goes on. */
  private String cutAt = "";

  private Desk desk;
  private TicketItems affected;
  private FreeTexts texts;
  private MatchingStore store;
  private Matchings matchings;
  private ExecutorService worker;
  private Item server;

  MatchingsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    field.clear();
    others.clear();
    changes.clear();
    cutAt = "";
    Tickets tickets = tickets();
    EntryStore entries = new EntryStore(desk.database);
    affected = new TicketItems(entries, tickets, desk.items, desk.graph, desk, desk, desk.database);
    texts = new FreeTexts(tickets, entries, desk);
    store = new MatchingStore(desk.database);
    worker = Executors.newSingleThreadExecutor();
    matchings = server(store, worker);
    server = desk.item("server", "mx1");
    for (int i = 1; i <= 4; i++) {
      field.put("INC-" + i, new ArrayList<>(List.of(i % 2 == 0 ? "Mail server" : "mail  SERVER")));
    }
    field.put("INC-5", new ArrayList<>(List.of("printer", "mail server")));
    field.put("INC-6", new ArrayList<>());
  }

  @AfterEach
  void close() throws InterruptedException {
    matchings.close();
  }

  private Matchings server(MatchingStore store, ExecutorService worker) {
    return new Matchings(
        store, texts, affected, desk.items, desk, desk, desk.database, desk, worker);
  }

  /** A server that starts so much later, and works when it is told to. */
  private Matchings next(Duration later) {
    ExecutorService nobody = Executors.newSingleThreadExecutor();
    nobody.shutdown();
    return server(new MatchingStore(desk.database, Clock.offset(Clock.systemUTC(), later)), nobody);
  }

  /** What ends a server at once. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private Tickets tickets() {
    return (Tickets)
        Proxy.newProxyInstance(
            Tickets.class.getClassLoader(),
            new Class<?>[] {Tickets.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "get" -> ticket((String) args[0]);
                  case "list" ->
                      new Page<>(
                          field.keySet().stream().map(this::ticket).toList(), Optional.empty());
                  case "require" -> {
                    if (others.contains(args[0])) {
                      throw DomainException.forbidden("error.ticket.forbidden");
                    }
                    yield null;
                  }
                  case "update" -> {
                    if (cutAt.equals(args[0])) {
                      throw new Killed();
                    }
                    changes.add((String) args[0]);
                    Map<?, ?> values = (Map<?, ?>) args[2];
                    field.put(
                        (String) args[0],
                        new ArrayList<>((List<String>) values.get(TicketItems.FIELD)));
                    yield ticket((String) args[0]);
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Ticket ticket(String key) {
    Map<String, Object> fields = new HashMap<>();
    fields.put(TicketItems.FIELD, List.copyOf(field.get(key)));
    return (Ticket)
        Proxy.newProxyInstance(
            Ticket.class.getClassLoader(),
            new Class<?>[] {Ticket.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "key" -> key;
                  case "fields" -> fields;
                  case "version" -> 1L;
                  case "moduleMissing" -> Optional.empty();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private List<String> found() {
    return texts.find().texts().stream().map(t -> t.text() + ": " + t.tickets()).toList();
  }

  private Matching ended(Matching matching) throws Exception {
    // it works one after the other: what comes last begins when all before has ended
    worker.submit(() -> {}).get(10, TimeUnit.SECONDS);
    return matchings.get(matching.id());
  }

  @Test
  void spellingsOfATextAreOneAndWhatMostTicketsHaveComesFirst() throws Exception {
    desk.grants.put("ticket:update", GrantScope.ALL);
    assertEquals(List.of("mail  SERVER: 5", "printer: 1"), found());
    Matching done = ended(matchings.start("MAIL SERVER", server));
    assertEquals(Matching.State.DONE, done.state());
    assertEquals(5, done.done());
    assertEquals(List.of("printer: 1"), found());
    String label = "mx1 (" + server.key() + ")";
    assertEquals(List.of(label), field.get("INC-1"));
    assertEquals(List.of("printer", label), field.get("INC-5"));
    assertEquals(server.id(), affected.of(ticket("INC-5")).get(0).ref());
  }

  @Test
  void whatWasMatchedIsTakenBackWhereItStillStands() throws Exception {
    Matching done = ended(matchings.start("mail server", server));
    affected.remove("INC-2", server.id());
    Matching undone = ended(matchings.undo(done.id()));
    assertEquals(Matching.State.UNDONE, undone.state());
    assertEquals(1, undone.kept());
    assertEquals(List.of("mail  SERVER"), field.get("INC-1"));
    assertEquals(List.of(), field.get("INC-2"));
    assertEquals(List.of(), affected.of(ticket("INC-1")));
    assertEquals(
        "error.cmdb.match.undone",
        assertThrows(DomainException.class, () -> matchings.undo(done.id())).text().key());
  }

  @Test
  void onlyTicketsThatTheCallerMayChangeAreOfferedAndChanged() throws Exception {
    others.addAll(Set.of("INC-1", "INC-5"));
    assertEquals(List.of("Mail server: 3"), found());
    others.add("INC-3");
    Matching done = ended(matchings.start("mail server", server));
    assertEquals(2, done.total());
    assertEquals(List.of("mail  SERVER"), field.get("INC-1"));
    // it is nobody else's
    desk.me = 2;
    assertThrows(DomainException.class, () -> matchings.get(done.id()));
    assertThrows(DomainException.class, () -> matchings.undo(done.id()));
    assertThrows(DomainException.class, () -> matchings.start("no such text", server));
    desk.grants.remove(Items.READ);
    assertThrows(DomainException.class, () -> matchings.start("printer", server));
    assertThrows(DomainException.class, () -> matchings.skip("printer"));
  }

  @Test
  void whatMeansNoItemIsLeftOutUntilItIsOfferedAgain() {
    matchings.skip("Printer");
    matchings.skip("printer ");
    assertEquals(Set.of("printer"), store.skipped());
    matchings.show("PRINTER");
    assertEquals(Set.of(), store.skipped());
    assertThrows(DomainException.class, () -> matchings.skip(" - "));
  }

  @Test
  void whatAServerLeftWhenItEndedGoesOnOnTheNext() {
    Matchings first = next(Duration.ZERO);
    Matching begun = first.start("mail server", server);
    cutAt = "INC-3";
    assertThrows(Killed.class, first::work);
    cutAt = "";
    assertEquals(2, matchings.get(begun.id()).done());
    next(Duration.ofSeconds(30)).work();
    assertEquals(2, matchings.get(begun.id()).done(), "it could still be at it");
    others.add("INC-4");
    field.put("INC-7", new ArrayList<>(List.of("mail server")));
    next(Duration.ofMinutes(2)).work();
    Matching done = matchings.get(begun.id());
    assertEquals(Matching.State.DONE, done.state());
    assertEquals(5, done.total());
    assertEquals(4, done.done());
    assertEquals(1, done.refused());
    assertEquals(List.of("INC-1", "INC-2", "INC-3", "INC-5"), changes);
    assertEquals(List.of("mail server"), field.get("INC-7"), "it was not asked for that");
    next(Duration.ofHours(1)).work();
    assertEquals(done, matchings.get(begun.id()));
  }

  @Test
  void whatTwoServersDidIsTakenBackByTwoOthers() {
    Map<String, List<String>> before = new TreeMap<>(field);
    Matchings first = next(Duration.ZERO);
    Matching begun = first.start("mail server", server);
    cutAt = "INC-3";
    assertThrows(Killed.class, first::work);
    cutAt = "";
    next(Duration.ofMinutes(2)).work();
    changes.clear();
    Matchings third = next(Duration.ofMinutes(4));
    third.undo(begun.id());
    cutAt = "INC-4";
    assertThrows(Killed.class, third::work);
    cutAt = "";
    assertEquals(Matching.State.UNDOING, matchings.get(begun.id()).state());
    affected.remove("INC-5", server.id());
    changes.remove("INC-5");
    next(Duration.ofMinutes(6)).work();
    Matching undone = matchings.get(begun.id());
    assertEquals(Matching.State.UNDONE, undone.state());
    assertEquals(1, undone.kept());
    assertEquals(List.of("INC-1", "INC-2", "INC-3", "INC-4"), changes);
    before.put("INC-5", List.of("printer"));
    assertEquals(before, field);
  }

  @Test
  void whoMayNotGoOnIsLeftWithWhatIsDone() {
    Matchings first = next(Duration.ZERO);
    Matching begun = first.start("mail server", server);
    cutAt = "INC-3";
    assertThrows(Killed.class, first::work);
    cutAt = "";
    desk.closed.add(1L);
    next(Duration.ofMinutes(2)).work();
    assertEquals(Matching.State.STOPPED, matchings.get(begun.id()).state());
    assertEquals(List.of("INC-1", "INC-2"), changes);
    assertThrows(DomainException.class, () -> matchings.cancel(begun.id()));
    assertTrue(store.of("person1", 5).contains(matchings.get(begun.id())));
  }

  @Test
  void whatEndsEveryServerIsGivenUpAndWhatWasCancelledMeanwhileIsNotGoneOnWith() {
    Matchings first = next(Duration.ZERO);
    Matching begun = first.start("mail server", server);
    cutAt = "INC-1";
    for (int minutes = 0; minutes < 10; minutes += 2) {
      Matchings server = next(Duration.ofMinutes(minutes));
      assertThrows(Killed.class, server::work);
    }
    next(Duration.ofMinutes(10)).work();
    assertEquals(Matching.State.STOPPED, matchings.get(begun.id()).state());
    Matching another = first.start("mail server", server);
    matchings.cancel(another.id());
    next(Duration.ofMinutes(10)).work();
    assertEquals(Matching.State.CANCELLED, matchings.get(another.id()).state());
    assertEquals(List.of(), changes);
  }
}
