/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.BRUNO;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.TicketAction;
import org.talka.api.ticket.TicketGuard;
import org.talka.api.ticket.TicketParticipant;
import org.talka.api.ticket.TransitionAction;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.TicketImage;

@PersistenceTest(units = "ticket")
class TicketDeskTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;

  TicketDeskTest(Database database, Transactions transactions) {
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
  void createsAnIncidentWithAKeyOfItsSeriesAndAComputedPriority() {
    TicketImage ticket =
        create(ANNA, Map.of("subject", " Printer ", "impact", "high", "urgency", "high"));

    assertEquals("INC-000001", ticket.key());
    assertEquals("Printer", ticket.subject());
    assertEquals(Priority.CRITICAL, ticket.priority());
    assertEquals("new", ticket.state());
    assertEquals(1, ticket.version());
    assertEquals(Optional.of(new PersonId(1)), ticket.requester());
    assertEquals(ticket, it.as(ANNA, () -> it.reader.get("INC-000001")));
  }

  @Test
  void keepsOwnFieldsAndTagsAndRefusesWrongOnes() {
    it.registry.declared(FakeDeclarations.faults());
    TicketImage ticket =
        create(
            ANNA,
            Map.of(
                "subject",
                "x",
                "tags",
                List.of("VPN", "vpn", "home office"),
                "incidentCategory",
                "network",
                "fields",
                Map.of("faultCost", 12.50, "faultMarks", List.of("a", "c"))));

    assertEquals(List.of("vpn", "home office"), List.copyOf(ticket.tags()));
    TicketImage read = it.as(ANNA, () -> it.reader.get(ticket.key()));
    assertEquals("network", read.fields().get("incidentCategory"));
    assertEquals(new java.math.BigDecimal("12.5"), read.fields().get("faultCost"));
    assertEquals(List.of("a", "c"), read.fields().get("faultMarks"));
    assertEquals(
        List.of("fields.faultCost", "fields.faultMarks", "incidentCategory"),
        refused(
            ANNA,
            Map.of(
                "subject", "x",
                "incidentCategory", "none of these",
                "fields", Map.of("faultCost", 1001, "faultMarks", "a"))));
  }

  @Test
  void refusesWhatNobodyMaySet() {
    assertEquals(
        List.of("createdAt", "key", "nonsense", "state", "subject"),
        refused(
            ANNA,
            Map.of(
                "key",
                "INC-1",
                "createdAt",
                "1970-01-01T00:00:00Z",
                "state",
                "closed",
                "nonsense",
                1)));
  }

  @Test
  void refusesAStaleVersion() {
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    TicketImage changed = update(ANNA, ticket, Map.of("subject", "y"));

    DomainException refusal =
        assertThrows(DomainException.class, () -> update(ANNA, ticket, Map.of("subject", "z")));

    assertEquals(ErrorKind.STALE, refusal.kind());
    assertEquals(2, changed.version());
    assertEquals("y", it.as(ANNA, () -> it.reader.get(ticket.key())).subject());
  }

  @Test
  void keepsTheVersionWhenNothingChanges() {
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    assertEquals(1, update(ANNA, ticket, Map.of("subject", "x")).version());
  }

  @Test
  void recomputesThePriorityUnlessSomebodyDecidedAndRemembersWho() {
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    TicketImage high = update(ANNA, ticket, Map.of("impact", "high"));
    TicketImage decided = update(ANNA, high, Map.of("priority", "planning"));
    TicketImage still = update(ANNA, decided, Map.of("urgency", "high"));
    TicketImage matrix = update(ANNA, still, nothing("priority"));

    assertEquals(Priority.HIGH, high.priority());
    assertTrue(decided.priorityOverridden());
    assertEquals(Priority.PLANNING, still.priority());
    assertFalse(matrix.priorityOverridden());
    assertEquals(Priority.CRITICAL, matrix.priority());
    assertEquals(List.of("ticket.prioritised ticket:INC-000001 planning"), it.audited);
    Caller plain = FakeCaller.agent(2, "bruno").with("ticket:prioritise", GrantScope.NONE);
    assertThrows(DomainException.class, () -> update(plain, matrix, Map.of("priority", "low")));
  }

  @Test
  void takesTheFirstTransitionOfANewIncidentWithoutAnythingFilledIn() {
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    String first = it.as(ANNA, () -> it.desk.transitions(ticket)).get(0).key();
    TicketImage after = move(ANNA, ticket.key(), first, Map.of(), null);
    assertEquals(StateCategory.ACTIVE, after.category());
  }

  @Test
  void demandsWhatATransitionRequiresAndNotesTheTimeOfResolution() {
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    DomainException refusal =
        assertThrows(
            DomainException.class, () -> move(ANNA, ticket.key(), "resolve", Map.of(), null));
    TicketImage resolved =
        move(ANNA, ticket.key(), "resolve", Map.of("resolutionCode", "fixed"), "New toner");

    assertEquals("fields.resolutionCode", refusal.fieldErrors().get(0).field());
    assertTrue(resolved.resolvedAt().isPresent());
    assertEquals("New toner", it.as(ANNA, () -> it.tickets.comments(ticket.key())).get(0).body());
    assertEquals(
        ErrorKind.CONFLICT,
        assertThrows(DomainException.class, () -> move(ANNA, ticket.key(), "start", Map.of(), null))
            .kind());
  }

  @Test
  void aReplyOfTheRequesterRevivesATicketThatWaitedOrWasResolved() {
    TicketImage ticket =
        it.as(RITA, () -> it.desk.create("incident", Map.of("subject", "x"), true));
    move(ANNA, ticket.key(), "start", Map.of(), null);
    move(ANNA, ticket.key(), "pend", Map.of("pendingReason", "requester"), null);
    say(ANNA, ticket.key(), "Which printer?", false);
    assertEquals("pending", read(ticket).state());
    say(RITA, ticket.key(), "The blue one", false);
    assertEquals("in-progress", read(ticket).state());
    move(ANNA, ticket.key(), "resolve", Map.of("resolutionCode", "fixed"), null);
    say(RITA, ticket.key(), "Not quite", false);
    assertEquals("in-progress", read(ticket).state());
    assertTrue(read(ticket).resolvedAt().isEmpty());
  }

  @Test
  void modulesAskWhatTheCallerMayDoWithATicket() {
    TicketImage mine = it.as(RITA, () -> it.desk.create("request", Map.of("subject", "x"), true));

    requireUpdate(ANNA, mine.key());
    assertEquals(
        ErrorKind.FORBIDDEN,
        assertThrows(DomainException.class, () -> requireUpdate(RITA, mine.key())).kind());
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> requireUpdate(SANDIS, mine.key())).kind());
  }

  @Test
  void whoOnlyReadsNotesWritesNone() {
    TicketImage ticket =
        it.as(ANNA, () -> it.desk.create("incident", Map.of("subject", "x"), true));
    Caller reading =
        FakeCaller.person(
            9, "token", Map.of("ticket:read", GrantScope.ALL, "ticket:note", GrantScope.ALL));

    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> it.as(reading, () -> it.conversation.say(ticket.key(), "Psst", true, List.of())));
    assertEquals(ErrorKind.FORBIDDEN, refused.kind());
  }

  private void requireUpdate(Caller who, String key) {
    it.as(
        who,
        () -> {
          it.tickets.require(key, "ticket:update");
          return null;
        });
  }

  @Test
  void requestersSeeTheirOwnTicketsWithoutNotes() {
    TicketImage mine = it.as(RITA, () -> it.desk.create("request", Map.of("subject", "x"), true));
    say(ANNA, mine.key(), "internal thought", true);
    say(ANNA, mine.key(), "public answer", false);

    assertEquals(1, it.as(RITA, () -> it.tickets.comments(mine.key())).size());
    assertEquals(2, it.as(ANNA, () -> it.tickets.comments(mine.key())).size());
    assertFalse(history(RITA, mine).stream().anyMatch(HistoryEntry::internal));
    assertTrue(history(ANNA, mine).stream().anyMatch(HistoryEntry::internal));
    assertTrue(it.as(SANDIS, () -> it.reader.find(mine.key())).isEmpty());
    assertEquals(
        ErrorKind.FORBIDDEN,
        assertThrows(DomainException.class, () -> say(RITA, mine.key(), "hidden", true)).kind());
    assertEquals(
        ErrorKind.FORBIDDEN,
        assertThrows(DomainException.class, () -> update(RITA, read(mine), Map.of("subject", "y")))
            .kind());
  }

  @Test
  void requestersFillInThePortalFormForThemselvesAlone() {
    assertEquals(
        List.of("assignee", "impact", "requester"),
        it.as(
            RITA,
            () ->
                fields(
                    assertThrows(
                        DomainException.class,
                        () ->
                            it.desk.create(
                                "incident",
                                Map.of(
                                    "subject", "x",
                                    "urgency", "high",
                                    "impact", "high",
                                    "assignee", "anna",
                                    "requester", "anna"),
                                true)))));
  }

  @Test
  void refusesAssigneesWhoCanNotWorkOnTickets() {
    assertEquals(List.of("assignee"), refused(ANNA, Map.of("subject", "x", "assignee", "rita")));
    assertEquals(List.of("requester"), refused(ANNA, Map.of("subject", "x", "requester", "zane")));
    TicketImage ticket = create(ANNA, Map.of("subject", "x", "assignee", "bruno", "team", "desk"));
    assertEquals(Optional.of(new PersonId(2)), ticket.assignee());
  }

  @Test
  void writesEveryChangeToTheHistory() {
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    update(BRUNO, ticket, Map.of("subject", "y", "tags", List.of("vpn")));
    it.as(
        ANNA,
        () -> {
          it.watching.add(ticket.key(), "rita");
          return null;
        });
    TicketImage other = create(ANNA, Map.of("subject", "other"));
    it.as(ANNA, () -> it.links.link(ticket.key(), "relates", other.key()));
    say(ANNA, ticket.key(), "hello", false);

    assertEquals(
        List.of("created", "updated", "watched", "linked", "commented"),
        history(ANNA, ticket).stream().map(HistoryEntry::kind).toList());
    assertEquals(
        List.of("created", "linked"),
        history(ANNA, other).stream().map(HistoryEntry::kind).toList());
    HistoryEntry updated = history(ANNA, ticket).get(1);
    assertEquals(Optional.of(new PersonId(2)), updated.actor());
    assertEquals("subject", updated.changes().get(0).field());
    assertEquals("x", updated.changes().get(0).from());
    assertEquals("y", updated.changes().get(0).to());
  }

  @Test
  void findsATicketNoMoreByWhatWasTakenAway() {
    TicketImage ticket = create(ANNA, Map.of("subject", "x", "tags", List.of("vpn", "home")));
    it.as(
        ANNA,
        () -> {
          it.watching.add(ticket.key(), "rita");
          return null;
        });
    assertTrue(it.as(RITA, () -> it.reader.find(ticket.key())).isPresent());
    it.as(
        ANNA,
        () -> {
          it.watching.remove(ticket.key(), "rita");
          return null;
        });
    TicketImage untagged = update(ANNA, read(ticket), Map.of("tags", List.of()));

    assertEquals(java.util.Set.of(), untagged.tags());
    assertTrue(it.as(RITA, () -> it.reader.find(ticket.key())).isEmpty());
    assertEquals(
        0,
        database
            .read(em -> em.createNativeQuery("select field from tkt_value").getResultList())
            .size());
  }

  @Test
  void saysOnceWhatIsWrongWithAField() {
    assertEquals(List.of("subject"), refused(ANNA, Map.of("subject", "y".repeat(251))));
    assertEquals(List.of("subject"), refused(ANNA, Map.of("subject", "a\u0000b")));
    assertEquals(List.of("subject"), refused(ANNA, Map.of("subject", "a\ud800b")));
    assertEquals(List.of("subject"), refused(ANNA, Map.of("subject", "  ")));
  }

  @Test
  void aFailingParticipantRollsTheTicketBack() {
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    long events = it.events.lastSequence();
    it.gate.add(
        TicketParticipant.class,
        context -> {
          throw DomainException.conflict("error.test");
        },
        Map.of(TicketGuard.TYPES, "incident"));

    assertThrows(DomainException.class, () -> update(ANNA, ticket, Map.of("subject", "y")));
    assertThrows(DomainException.class, () -> say(ANNA, ticket.key(), "lost", false));

    it.gate.clear();
    assertEquals(ticket, read(ticket));
    assertEquals(1, history(ANNA, ticket).size());
    assertEquals(0, it.as(ANNA, () -> it.tickets.comments(ticket.key())).size());
    assertEquals(events, it.events.lastSequence());
  }

  @Test
  void aParticipantMayChangeTheTicketAgain() {
    it.gate.add(
        TicketParticipant.class,
        context -> {
          if (context.operation() == TicketGuard.Operation.CREATE) {
            it.tickets.comment(context.after().key(), "Welcome", false);
          }
        },
        Map.of());
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    assertEquals(2, ticket.version());
    assertEquals(ticket, read(ticket));
  }

  @Test
  void guardsRefuseAndTransitionActionsSet() {
    it.gate.add(
        TicketGuard.class,
        context -> {
          if (context.after().subject().contains("spam")) {
            context.reject("subject", org.talka.api.text.Text.of("error.test"));
          }
        },
        Map.of());
    it.gate.add(
        TransitionAction.class,
        context -> context.set("assignee", context.caller().person().orElseThrow()),
        Map.of(TicketGuard.TYPES, "incident"));

    assertEquals(List.of("subject"), refused(ANNA, Map.of("subject", "spam")));
    TicketImage ticket = create(ANNA, Map.of("subject", "x"));
    assertEquals(
        Optional.of(new PersonId(2)),
        move(BRUNO, ticket.key(), "start", Map.of(), null).assignee());
  }

  @Test
  void performsADeclaredActionThroughTheExtensionWithItsKey() {
    it.registry.declared(FakeDeclarations.faults());
    it.gate.add(
        TicketAction.class,
        context ->
            it.tickets.update(
                context.ticket().key(),
                context.ticket().version(),
                Map.of("faultProven", true, "faultCause", context.values().get("faultCause"))),
        Map.of(TicketAction.KEY, "fault.prove"));
    TicketImage fault = it.as(ANNA, () -> it.desk.create("fault", Map.of("subject", "x"), true));

    assertEquals(1, it.as(ANNA, () -> it.actions.of(fault)).size());
    TicketImage proven =
        it.as(
            ANNA,
            () ->
                it.actions.perform(
                    fault.key(), "fault.prove", Map.of("faultCause", "rust"), Optional.empty()));
    assertEquals(true, proven.fields().get("faultProven"));
    assertEquals("rust", proven.fields().get("faultCause"));
    assertThrows(DomainException.class, () -> update(ANNA, proven, Map.of("faultProven", false)));
  }

  @Test
  void recordsOfAMissingModuleStayReadableAndComeBack() throws InterruptedException {
    var faults = FakeDeclarations.faults();
    it.registry.declared(faults);
    TicketImage fault =
        it.as(ANNA, () -> it.desk.create("fault", Map.of("subject", "x", "faultCost", 3), true));
    TicketImage incident = create(ANNA, Map.of("subject", "y", "faultSecret", "s"));
    it.as(ANNA, () -> it.links.link(fault.key(), "fault.causes", incident.key()));
    TicketImage before = read(fault);

    it.registry.withdrawn(faults);
    it.close();
    // the server starts without the module
    it = new DeskUnderTest(database, transactions);

    TicketImage missing = read(fault);
    assertEquals(Optional.of("fault"), missing.moduleMissing());
    assertEquals(before.fields(), missing.fields());
    assertEquals("Fault", it.registry.types().words().get("en").get("type.fault"));
    assertEquals("Kļūme", it.registry.types().words().get("lv").get("type.fault"));
    for (Runnable write :
        List.<Runnable>of(
            () -> update(ANNA, missing, Map.of("subject", "z")),
            () -> say(ANNA, fault.key(), "z", false),
            () -> move(ANNA, fault.key(), "finish", Map.of(), null),
            () -> it.as(ANNA, () -> it.links.link(fault.key(), "relates", incident.key())))) {
      assertEquals(ErrorKind.CONFLICT, assertThrows(DomainException.class, write::run).kind());
    }
    assertEquals(
        Optional.of("fault"),
        it.as(ANNA, () -> it.tickets.links(incident.key())).get(0).other().moduleMissing());
    assertEquals("s", read(incident).fields().get("faultSecret"));
    assertThrows(
        DomainException.class,
        () -> it.as(ANNA, () -> it.desk.create("fault", Map.of("subject", "n"), true)));

    it.registry.declared(faults);
    assertEquals(before, read(fault));
    update(ANNA, before, Map.of("subject", "back"));
  }

  @Test
  void keepsTheCardinalityOfLinks() {
    it.registry.declared(FakeDeclarations.faults());
    String one = it.as(ANNA, () -> it.desk.create("fault", Map.of("subject", "1"), true)).key();
    String two = it.as(ANNA, () -> it.desk.create("fault", Map.of("subject", "2"), true)).key();
    String incident = create(ANNA, Map.of("subject", "y")).key();
    String incident2 = create(ANNA, Map.of("subject", "y")).key();
    it.as(ANNA, () -> it.links.link(one, "fault.causes", incident));
    it.as(ANNA, () -> it.links.link(one, "fault.causes", incident2));

    assertThrows(DomainException.class, () -> link(two, "fault.causes", incident));
    assertThrows(DomainException.class, () -> link(one, "fault.causes", incident));
    assertThrows(DomainException.class, () -> link(incident, "fault.causes", one));
    assertThrows(DomainException.class, () -> link(one, "relates", one));
    long id = it.as(ANNA, () -> it.tickets.links(incident)).get(0).id();
    it.as(
        ANNA,
        () -> {
          it.tickets.unlink(incident, id);
          return null;
        });
    link(two, "fault.causes", incident);
    assertEquals(1, it.as(ANNA, () -> it.tickets.links(incident)).size());
  }

  private void link(String from, String type, String to) {
    it.as(ANNA, () -> it.links.link(from, type, to));
  }

  private TicketImage create(Caller caller, Map<String, Object> values) {
    return it.as(caller, () -> it.desk.create("incident", values, true));
  }

  private TicketImage update(Caller caller, TicketImage seen, Map<String, Object> changes) {
    return it.as(
        caller, () -> it.desk.update(seen.key(), Optional.of(seen.version()), changes, true));
  }

  private TicketImage move(
      Caller caller, String key, String transition, Map<String, Object> fields, String comment) {
    return it.as(
        caller,
        () ->
            it.desk.transition(
                key,
                Optional.empty(),
                transition,
                fields,
                Optional.ofNullable(comment),
                false,
                true));
  }

  private void say(Caller caller, String key, String body, boolean internal) {
    it.as(caller, () -> it.conversation.say(key, body, internal, List.of()));
  }

  private TicketImage read(TicketImage ticket) {
    return it.as(ANNA, () -> it.reader.get(ticket.key()));
  }

  private List<HistoryEntry> history(Caller caller, TicketImage ticket) {
    return it.as(caller, () -> it.conversation.history(ticket, 0, 100));
  }

  private List<String> refused(Caller caller, Map<String, Object> values) {
    return fields(assertThrows(DomainException.class, () -> create(caller, values)));
  }

  private static List<String> fields(DomainException refusal) {
    assertEquals(ErrorKind.INVALID, refusal.kind());
    return refusal.fieldErrors().stream().map(FieldError::field).sorted().toList();
  }

  private static Map<String, Object> nothing(String field) {
    Map<String, Object> map = new HashMap<>();
    map.put(field, null);
    return map;
  }
}
