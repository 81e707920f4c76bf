/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.BRUNO;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
import org.talka.api.job.Job;
import org.talka.api.notification.Notification;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.text.Text;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeColleagues;
import org.talka.ticket.internal.fake.FakeStream;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.notice.Notices.Shown;
import org.talka.ticket.internal.store.NoticeStore;
import org.talka.ticket.internal.store.NoticeStore.Place;

@PersistenceTest(units = "ticket")
class NoticesTest {
  private final Database database;
  private final Transactions transactions;
  private final FakeStream stream = new FakeStream();
  private DeskUnderTest it;
  private FakeColleagues colleagues;
  private NoticeStore store;
  private NoticeMaker maker;
  private Notices notices;
  private long delivered;

  NoticesTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    colleagues = it.colleagues;
    store = new NoticeStore(database, it.numbers);
    maker = maker(Clock.systemUTC());
    notices =
        new Notices(
            store,
            it.store,
            it.conversationStore,
            it.reader,
            it.visibility,
            (text, locale) -> text.key().startsWith("shelf.") ? "Words " + text.args() : text.key(),
            it.callers,
            transactions,
            stream);
    delivered = 0;
  }

  private NoticeMaker maker(Clock clock) {
    return new NoticeMaker(
        new NoticeRules(it.visibility, colleagues, it.registry),
        store,
        transactions,
        stream,
        clock);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  private ModuleNotifications shelf() {
    return new ModuleNotifications("shelf", store, colleagues, transactions, stream);
  }

  private static Notification due(String record, String key, Object... words) {
    return new Notification(record, Text.of(key, words), "shelf.things/" + record);
  }

  private List<String> records(Caller who, boolean unread) {
    return it.as(who, () -> page(unread)).stream()
        .flatMap(shown -> shown.notice().record().stream())
        .map(told -> told.module() + " " + told.record() + " " + told.text().args())
        .toList();
  }

  @Test
  void aModuleTellsOfItsRecordsAndTheLastWordCounts() {
    List<PersonId> both = List.of(new PersonId(1), new PersonId(2));
    assertEquals(2, shelf().tell(both, due("TH-1", "shelf.due", "day", "Monday")));
    assertEquals(1, shelf().tell(both.subList(0, 1), due("TH-1", "shelf.due", "day", "Friday")));
    assertEquals(1, shelf().tell(both.subList(0, 1), due("TH-2", "shelf.due")));
    assertEquals(List.of("shelf TH-2 {}", "shelf TH-1 {day=Friday}"), records(ANNA, true));
    assertEquals(List.of("shelf TH-1 {day=Monday}"), records(BRUNO, true));
    assertEquals(2, it.as(ANNA, notices::unread));
    it.as(
        ANNA,
        () -> {
          notices.readUntil(Instant.now());
          return null;
        });
    assertEquals(0, it.as(ANNA, notices::unread));
    shelf().tell(both.subList(0, 1), due("TH-1", "shelf.due", "day", "Sunday"));
    assertEquals(List.of("shelf TH-1 {day=Sunday}"), records(ANNA, true));
    assertEquals(3, records(ANNA, false).size(), "what was read stays");
  }

  @Test
  void nobodyIsToldWhoLeftOrChoseNotToBe() {
    assertEquals(0, shelf().tell(List.of(new PersonId(5)), due("TH-1", "shelf.due")));
    it.as(ANNA, () -> notices.choose(Map.of(NoticeKind.RECORD, false)));
    assertEquals(
        1, shelf().tell(List.of(new PersonId(1), new PersonId(2)), due("TH-1", "shelf.due")));
    assertEquals(List.of(), records(ANNA, false));
    assertEquals(1, records(BRUNO, false).size());
  }

  @Test
  void whoHoldsAPermissionIsToldOfWhatNobodyLooksAfter() {
    assertEquals(
        colleagues.holders("ticket:note", 200).size(),
        shelf().tellHolders("ticket:note", due("TH-1", "shelf.due")));
    assertEquals(1, records(BRUNO, true).size());
    assertEquals(List.of(), records(RITA, true));
  }

  @Test
  void whatAModuleToldIsNotShownWithoutItsWords() {
    shelf().tell(List.of(new PersonId(1)), due("TH-1", "gone.due"));
    assertEquals(List.of(), records(ANNA, false));
    assertEquals(0, it.as(ANNA, notices::unread));
  }

  @Test
  void whatIsRolledBackIsNotTold() {
    int before = stream.sent.size();
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.required(
                () -> {
                  shelf().tell(List.of(new PersonId(1)), due("TH-1", "shelf.due"));
                  throw new IllegalStateException();
                }));
    assertEquals(List.of(), records(ANNA, false));
    assertEquals(before, stream.sent.size());
    assertThrows(
        IllegalArgumentException.class,
        () -> shelf().tell(List.of(new PersonId(1)), due("T".repeat(61), "shelf.due")));
  }

  @Test
  void whoGetsATicketIsToldAndWhoTakesOneIsNot() {
    TicketImage taken = create(ANNA, Map.of("subject", "Mine", "assignee", "anna"));
    TicketImage given = create(ANNA, Map.of("subject", "Printer", "assignee", "bruno"));
    deliver();
    assertEquals(List.of(), told(ANNA));
    assertEquals(List.of("assigned " + given.key() + " by 1"), told(BRUNO));
    update(BRUNO, taken, Map.of("assignee", "bruno"));
    update(ANNA, given, Map.of("subject", "The printer"));
    deliver();
    assertEquals(List.of("assigned " + given.key() + " by 1"), told(BRUNO));
    assertEquals(List.of(), told(RITA));
  }

  @Test
  void aReplyReachesAssigneeWatchersAndRequesterButNotItsAuthor() {
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp"));
    update(ANNA, ticket, Map.of("assignee", "anna"));
    it.as(BRUNO, () -> watch(ticket.key(), "bruno"));
    it.as(ANNA, () -> it.conversation.say(ticket.key(), "It is **ordered**.", false, List.of()));
    deliver();
    assertEquals(List.of("reply " + ticket.key() + " by 1"), told(RITA));
    assertEquals(List.of("reply " + ticket.key() + " by 1"), told(BRUNO));
    assertEquals(List.of(), told(ANNA));
    it.as(RITA, () -> it.conversation.say(ticket.key(), "Thank you", false, List.of()));
    deliver();
    assertEquals(List.of("reply " + ticket.key() + " by 3"), told(ANNA));
    assertEquals(2, it.as(BRUNO, () -> page(false)).get(0).notice().times());
  }

  @Test
  void anInternalNoteReachesNobodyWhoMayNotReadIt() {
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp"));
    it.as(ANNA, () -> watch(ticket.key(), "rita"));
    it.as(ANNA, () -> watch(ticket.key(), "sandis"));
    it.as(BRUNO, () -> watch(ticket.key(), "bruno"));
    deliver();
    it.as(ANNA, () -> it.conversation.say(ticket.key(), "She is upset", true, List.of()));
    deliver();
    assertEquals(List.of(), told(RITA));
    assertEquals(List.of(), told(SANDIS));
    assertEquals(List.of("note " + ticket.key() + " by 1"), told(BRUNO));
    assertFalse(stream.sent.stream().anyMatch(line -> line.contains("3")), stream.sent.toString());
  }

  @Test
  void whoMayReadNoNotesAnyMoreIsNotShownOlderOnesEither() {
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp", "description", "x"));
    it.as(ANNA, () -> watch(ticket.key(), "bruno"));
    it.as(ANNA, () -> it.conversation.say(ticket.key(), "Internal", true, List.of()));
    deliver();
    assertEquals(1, it.as(BRUNO, notices::unread));
    Caller demoted = FakeCaller.requester(2, "bruno");
    assertEquals(List.of(), told(demoted));
    assertEquals(0, it.as(demoted, notices::unread));
  }

  @Test
  void whoLosesSightOfATicketIsToldNothingMoreOfIt() {
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp"));
    it.as(ANNA, () -> watch(ticket.key(), "sandis"));
    it.as(ANNA, () -> it.conversation.say(ticket.key(), "Soon", false, List.of()));
    deliver();
    assertEquals(1, it.as(SANDIS, notices::unread));
    it.as(
        ANNA,
        () -> {
          it.watching.remove(ticket.key(), "sandis");
          return null;
        });
    it.as(ANNA, () -> it.conversation.say(ticket.key(), "Later", false, List.of()));
    deliver();
    assertEquals(0, it.as(SANDIS, notices::unread));
    assertEquals(List.of(), told(SANDIS));
  }

  @Test
  void theRequesterHearsOfTheStateAndOfNothingElseThatChanges() {
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp"));
    update(ANNA, ticket, Map.of("impact", "high", "team", "network"));
    deliver();
    assertEquals(List.of(), told(RITA));
    transition(ANNA, ticket.key(), "start", Map.of());
    deliver();
    List<Shown> shown = it.as(RITA, () -> page(false));
    assertEquals(NoticeKind.STATE, shown.get(0).notice().kind());
    assertEquals("in-progress", shown.get(0).notice().state());
  }

  @Test
  void theTeamIsToldOnlyWhereSomebodyWishesIt() {
    colleagues.set(FakeCaller.agent(1, "anna").in(Set.of(new TeamId(2)), Optional.empty()));
    colleagues.set(FakeCaller.agent(2, "bruno").in(Set.of(new TeamId(2)), Optional.empty()));
    it.as(BRUNO, () -> notices.choose(Map.of(NoticeKind.TEAM, true, NoticeKind.REPLY, false)));
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp"));
    update(KALVIS, ticket, Map.of("team", "network"));
    deliver();
    assertEquals(List.of(), told(ANNA));
    assertEquals(List.of("team " + ticket.key() + " by 9"), told(BRUNO));
    it.as(
        ANNA,
        () -> {
          watch(ticket.key(), "bruno");
          return it.conversation.say(ticket.key(), "Hello", false, List.of());
        });
    deliver();
    assertEquals(List.of("team " + ticket.key() + " by 9"), told(BRUNO));
    assertFalse(it.as(BRUNO, notices::wanted).contains(NoticeKind.REPLY));
    assertTrue(it.as(BRUNO, notices::wanted).contains(NoticeKind.MENTION));
  }

  private static final Caller KALVIS = FakeCaller.agent(9, "kalvis");

  @Test
  void approvalIsAskedOfThoseWhoMayGiveItTheTeamFirst() {
    Caller manager = FakeCaller.agent(2, "bruno").with("ticket:approve", GrantScope.ALL);
    Caller near =
        FakeCaller.agent(4, "sandis")
            .with("ticket:approve", GrantScope.ALL)
            .in(Set.of(new TeamId(2)), Optional.empty());
    colleagues.set(manager);
    colleagues.set(near);
    String anywhere = request();
    transition(ANNA, anywhere, "ask-approval", Map.of());
    deliver();
    assertEquals(List.of("approval " + anywhere + " by 1"), told(manager));
    assertEquals(List.of("approval " + anywhere + " by 1"), told(near));
    assertEquals(List.of("state " + anywhere + " by 1"), told(RITA));
    String network = request();
    update(ANNA, it.as(ANNA, () -> it.reader.get(network)), Map.of("team", "network"));
    transition(ANNA, network, "ask-approval", Map.of());
    deliver();
    assertEquals(1, told(manager).size());
    assertEquals("approval " + network + " by 1", told(near).get(0));
  }

  @Test
  void whatIsUnreadOfATicketIsOneLineUntilItIsRead() {
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp", "description", "x"));
    update(ANNA, ticket, Map.of("assignee", "bruno"));
    it.as(RITA, () -> it.conversation.say(ticket.key(), "One", false, List.of()));
    it.as(RITA, () -> it.conversation.say(ticket.key(), "Two", false, List.of()));
    deliver();
    List<Shown> shown = it.as(BRUNO, () -> page(false));
    assertEquals(1, shown.size());
    assertEquals(3, shown.get(0).notice().times());
    assertEquals(Set.of(NoticeKind.ASSIGNED, NoticeKind.REPLY), shown.get(0).notice().kinds());
    assertEquals("Two", shown.get(0).comment().orElseThrow().body());
    assertEquals(1, it.as(BRUNO, notices::unread));
    run(BRUNO, () -> notices.readTicket(ticket.key()));
    assertEquals(0, it.as(BRUNO, notices::unread));
    it.as(RITA, () -> it.conversation.say(ticket.key(), "Three", false, List.of()));
    deliver();
    assertEquals(2, it.as(BRUNO, () -> page(false)).size());
    assertEquals(1, it.as(BRUNO, () -> page(true)).size());
    assertEquals(1, it.as(BRUNO, () -> page(true)).get(0).notice().times());
  }

  @Test
  void eventsThatAreToldAgainChangeNothing() {
    TicketImage ticket = create(ANNA, Map.of("subject", "Lamp", "assignee", "bruno"));
    it.as(ANNA, () -> it.conversation.say(ticket.key(), "One", false, List.of()));
    deliver();
    run(BRUNO, () -> notices.readTicket(ticket.key()));
    stream.sent.clear();
    delivered = 0;
    deliver();
    assertEquals(1, it.as(BRUNO, () -> page(false)).size());
    assertEquals(0, it.as(BRUNO, notices::unread));
    assertEquals(2, it.as(BRUNO, () -> page(false)).get(0).notice().times());
    assertEquals(List.of(), stream.sent);
  }

  @Test
  void whatIsOldWhenItIsToldIsNoNewsAndWhatWasToldLongAgoIsForgotten() {
    create(ANNA, Map.of("subject", "Lamp", "assignee", "bruno"));
    maker = maker(Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC));
    deliver();
    assertEquals(List.of(), told(BRUNO));
    maker = maker(Clock.systemUTC());
    delivered = 0;
    deliver();
    assertEquals(1, told(BRUNO).size());
    for (int days : new int[] {89, 91}) {
      Clock then = Clock.fixed(Instant.now().plus(Duration.ofDays(days)), ZoneOffset.UTC);
      Reported reported = new Reported();
      new OldNoticesJob(store, then).run(reported);
      assertEquals(days > 90 ? "1" : "0", reported.said);
      assertEquals(days > 90 ? 0 : 1, told(BRUNO).size());
    }
  }

  /** A run that is never in a hurry. */
  private static final class Reported implements Job.Context {
    private String said = "";

    @Override
    public Instant due() {
      return Instant.now();
    }

    @Override
    public Optional<Instant> lastSuccess() {
      return Optional.empty();
    }

    @Override
    public boolean stopping() {
      return false;
    }

    @Override
    public void report(String done) {
      said = done;
    }
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      keys.add(0, create(ANNA, Map.of("subject", "T" + i, "assignee", "bruno")).key());
    }
    deliver();
    List<String> read = new ArrayList<>();
    Optional<Place> after = Optional.of(Place.START);
    while (after.isPresent()) {
      Place place = after.get();
      Notices.NoticePage page = it.as(BRUNO, () -> notices.page(false, place, 3));
      page.items().forEach(shown -> read.add(shown.ticket().orElseThrow().key()));
      after = page.next();
    }
    assertEquals(keys, read);
    assertEquals(7, it.as(BRUNO, notices::unread));
  }

  @Test
  void nobodyMarksWhatIsSomebodyElses() {
    create(ANNA, Map.of("subject", "One", "assignee", "bruno"));
    create(ANNA, Map.of("subject", "Two", "assignee", "bruno"));
    deliver();
    List<Shown> shown = it.as(BRUNO, () -> page(false));
    List<Long> ids = shown.stream().map(each -> each.notice().id()).toList();
    run(ANNA, () -> notices.mark(ids, true));
    run(ANNA, () -> notices.readUntil(Instant.now().plusSeconds(60)));
    assertEquals(2, it.as(BRUNO, notices::unread));
    run(BRUNO, () -> notices.mark(ids.subList(0, 1), true));
    assertEquals(1, it.as(BRUNO, notices::unread));
    run(BRUNO, () -> notices.mark(ids, false));
    assertEquals(2, it.as(BRUNO, notices::unread));
    run(BRUNO, () -> notices.readUntil(shown.get(1).notice().at()));
    assertEquals(1, it.as(BRUNO, notices::unread));
    assertEquals(ErrorKind.FORBIDDEN, assertThrows(DomainException.class, notices::unread).kind());
  }

  @Test
  void whoIsCalledByNameIsToldSoOnlyOnce() {
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp", "description", "x"));
    update(ANNA, ticket, Map.of("assignee", "bruno"));
    deliver();
    run(BRUNO, () -> notices.readTicket(ticket.key()));
    it.as(
        ANNA,
        () -> it.conversation.say(ticket.key(), "@bruno, can you? @sandis", false, List.of()));
    deliver();
    assertEquals("mention " + ticket.key() + " by 1", told(BRUNO).get(0));
    assertEquals(1, it.as(BRUNO, () -> page(true)).get(0).notice().times());
    assertEquals(List.of("reply " + ticket.key() + " by 1"), told(RITA));
    assertEquals(List.of(), told(SANDIS));
  }

  @Test
  void aTeamThatIsCalledIsEverybodyInItWhoMayReadIt() {
    colleagues.set(FakeCaller.agent(2, "bruno").in(Set.of(new TeamId(2)), Optional.empty()));
    colleagues.set(FakeCaller.requester(4, "sandis").in(Set.of(new TeamId(2)), Optional.empty()));
    TicketImage ticket = create(RITA, Map.of("subject", "Lamp", "description", "x"));
    it.as(ANNA, () -> it.conversation.say(ticket.key(), "Over to @team:network", true, List.of()));
    deliver();
    assertEquals(List.of("mention " + ticket.key() + " by 1"), told(BRUNO));
    assertEquals(List.of(), told(SANDIS));
    assertEquals(List.of(), told(RITA));
  }

  @Test
  void onlyWhoWasToldHearsTheBell() {
    create(ANNA, Map.of("subject", "One", "assignee", "bruno"));
    deliver();
    assertEquals(List.of("notice to [2] {}"), stream.sent);
  }

  private void deliver() {
    maker.consume(it.events.after(delivered, 1_000));
    delivered = it.events.lastSequence();
  }

  private List<Shown> page(boolean unread) {
    return notices.page(unread, Place.START, 50).items();
  }

  private List<String> told(Caller caller) {
    return it.as(caller, () -> page(false)).stream()
        .map(
            shown ->
                shown.notice().kind().word()
                    + " "
                    + shown.ticket().orElseThrow().key()
                    + " by "
                    + shown.notice().actor().map(id -> Long.toString(id.value())).orElse("nobody"))
        .toList();
  }

  private TicketImage create(Caller caller, Map<String, Object> values) {
    return it.as(caller, () -> it.desk.create("incident", values, true));
  }

  private String request() {
    return it.as(RITA, () -> it.desk.create("request", Map.of("subject", "A screen"), true)).key();
  }

  private TicketImage update(Caller caller, TicketImage ticket, Map<String, Object> values) {
    return it.as(
        caller, () -> it.desk.update(ticket.key(), Optional.empty(), new HashMap<>(values), true));
  }

  private void transition(Caller caller, String key, String name, Map<String, Object> values) {
    it.as(
        caller,
        () ->
            it.desk.transition(key, Optional.empty(), name, values, Optional.empty(), false, true));
  }

  private Object watch(String key, String username) {
    it.watching.add(key, username);
    return null;
  }

  private void run(Caller caller, Runnable work) {
    it.as(
        caller,
        () -> {
          work.run();
          return null;
        });
  }
}
