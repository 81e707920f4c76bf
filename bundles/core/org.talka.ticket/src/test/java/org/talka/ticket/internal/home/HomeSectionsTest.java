/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.BRUNO;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.TeamId;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.rule.TicketExtensions;
import org.talka.ticket.internal.rule.Workflow;

@PersistenceTest(units = "ticket")
class HomeSectionsTest {
  private static final Caller IN_NETWORK =
      FakeCaller.agent(1, "anna").in(Set.of(new TeamId(2)), Optional.empty());
  private static final Caller MANAGER =
      FakeCaller.agent(2, "bruno").with("ticket:approve", GrantScope.ALL);

  private final Database database;
  private final Transactions transactions;
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private DeskUnderTest it;
  private Home home;

  HomeSectionsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    home =
        new Home(
            it.lists,
            it.store,
            it.conversationStore,
            it.visibility,
            new Workflow(new TicketExtensions(it.gate, it.registry)),
            it.registry,
            it.callers);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void onesOwnTicketsStandInTheOrderOfTheirUrgency() {
    String plain = mine("incident", Map.of("subject", "Plain"));
    String waiting = mine("incident", Map.of("subject", "Waits", "team", "network"));
    step(waiting, "assign", Map.of());
    step(waiting, "pend", Map.of("pendingReason", "supplier"));
    String critical =
        mine("incident", Map.of("subject", "On fire", "impact", "high", "urgency", "high"));
    String overdue = needed(today.minusDays(1));
    String soon = needed(today.plusDays(1));
    String later = needed(today.plusDays(9));
    String high = mine("incident", Map.of("subject", "Hot", "impact", "high"));
    assertEquals(
        List.of(
            "overdue " + overdue,
            "critical " + critical,
            "high " + high,
            "due " + soon,
            "untouched " + plain,
            "untouched " + later,
            "waiting " + waiting),
        shown(ANNA, "mine"));
  }

  @Test
  void aReplyOfTheRequesterWaitsUntilSomebodyAnswers() {
    String key = it.as(RITA, () -> it.desk.create("incident", lamp(), true)).key();
    assign(key, "anna");
    it.as(ANNA, () -> it.conversation.say(key, "Which lamp?", false, List.of()));
    assertEquals(List.of(), shown(ANNA, "replied"));
    assertEquals(List.of("untouched " + key), shown(ANNA, "mine"));
    it.as(RITA, () -> it.conversation.say(key, "The left one", false, List.of()));
    it.as(BRUNO, () -> it.conversation.say(key, "A note is no answer", true, List.of()));
    assertEquals(List.of("replied " + key), shown(ANNA, "replied"));
    assertEquals(List.of(), shown(ANNA, "mine"));
    assertEquals(List.of(), shown(BRUNO, "replied"));
    it.as(BRUNO, () -> it.conversation.say(key, "I see", false, List.of()));
    assertEquals(List.of(), shown(ANNA, "replied"));
  }

  @Test
  void whatNobodyHasTakenIsThatOfOnesTeams() {
    String network = it.as(ANNA, () -> it.desk.create("incident", with("network"), true)).key();
    String desk = it.as(ANNA, () -> it.desk.create("incident", with("desk"), true)).key();
    String taken = it.as(ANNA, () -> it.desk.create("incident", with("network"), true)).key();
    assign(taken, "bruno");
    assertEquals(List.of("free " + network), shown(IN_NETWORK, "free"));
    assertEquals(List.of("free " + network, "free " + desk), shown(ANNA, "free"));
  }

  @Test
  void approvalsAreShownToThoseWhoMayGiveThem() {
    String key = it.as(RITA, () -> it.desk.create("request", lamp(), true)).key();
    assertEquals(List.of(), shown(MANAGER, "approval"));
    step(key, "ask-approval", Map.of());
    assertEquals(List.of("approval " + key), shown(MANAGER, "approval"));
    assertEquals(List.of(), shown(ANNA, "approval"));
    // nobody can do anything with it before that
    assertEquals(List.of(), shown(ANNA, "free"));
  }

  @Test
  void whatWasViewedIsShownOnceAndOnlyAsFarAsItMayBeSeen() {
    String own = mine("incident", lamp());
    String other = it.as(RITA, () -> it.desk.create("incident", lamp(), true)).key();
    assign(other, "bruno");
    List<String> viewed = List.of(other, own, other, "INC-999999");
    assertEquals(List.of("viewed " + other), recent(ANNA, viewed));
    Caller onlyOwn = FakeCaller.requester(4, "sandis").with("ticket:note", GrantScope.OWN);
    assertEquals(List.of(), recent(onlyOwn, viewed));
    assertEquals(SANDIS.person(), onlyOwn.person());
  }

  @Test
  void aListThatIsLongerThanThePageSaysSo() {
    for (int i = 0; i < 11; i++) {
      mine("incident", lamp());
    }
    it.deliver();
    HomeSection mine = section(ANNA, "mine", List.of());
    assertEquals(10, mine.items().size());
    assertTrue(mine.more());
  }

  private String needed(LocalDate day) {
    return mine("request", Map.of("subject", "Needed", "neededBy", day.toString()));
  }

  private String mine(String type, Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("assignee", "anna");
    return it.as(ANNA, () -> it.desk.create(type, all, true)).key();
  }

  private static Map<String, Object> lamp() {
    return new HashMap<>(Map.of("subject", "Lamp"));
  }

  private static Map<String, Object> with(String team) {
    return new HashMap<>(Map.of("subject", "Lamp", "team", team));
  }

  private void assign(String key, String username) {
    it.as(
        ANNA,
        () ->
            it.desk.update(
                key, Optional.empty(), new HashMap<>(Map.of("assignee", username)), true));
  }

  private void step(String key, String transition, Map<String, Object> values) {
    it.as(
        ANNA,
        () ->
            it.desk.transition(
                key, Optional.empty(), transition, values, Optional.empty(), false, true));
  }

  private HomeSection section(Caller caller, String key, List<String> viewed) {
    return it.as(caller, () -> home.sections(viewed)).stream()
        .filter(section -> section.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private List<String> shown(Caller caller, String key) {
    it.deliver();
    return lines(section(caller, key, List.of()));
  }

  private List<String> recent(Caller caller, List<String> viewed) {
    it.deliver();
    return lines(section(caller, "recent", viewed));
  }

  private static List<String> lines(HomeSection section) {
    return section.items().stream()
        .map(item -> item.reason().word() + " " + item.ticket().key())
        .toList();
  }
}
