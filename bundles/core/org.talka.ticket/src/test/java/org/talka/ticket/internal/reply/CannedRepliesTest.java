/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.talka.api.security.TeamId;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.store.ReplyStore;

@PersistenceTest(units = "ticket")
class CannedRepliesTest {
  private static final Caller IN_NETWORK =
      FakeCaller.agent(1, "anna").in(Set.of(new TeamId(2)), Optional.empty());
  private static final Caller COLLEAGUE =
      FakeCaller.agent(2, "bruno").in(Set.of(new TeamId(2)), Optional.empty());
  private static final Caller STRANGER = FakeCaller.agent(9, "kalvis");
  private static final Caller MANAGER =
      FakeCaller.agent(8, "marta").with("reply:share", GrantScope.ALL);
  private static final String LONG = "Good day, {requester}. ".repeat(400);

  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private CannedReplies replies;

  CannedRepliesTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    replies =
        new CannedReplies(
            new ReplyStore(database), it.numbers, it.callers, it.people, transactions);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void aReplyComesBackAsItWasKept() {
    CannedReply kept =
        it.as(ANNA, () -> replies.create(new ReplyValues(" Restart ", LONG, null, null)));
    assertEquals("Restart", kept.name());
    assertEquals(LONG.strip(), kept.body());
    assertEquals(List.of(kept), it.as(ANNA, replies::mine));
    assertEquals(kept, it.as(ANNA, () -> replies.get(kept.id())));
  }

  @Test
  void onlyThoseSeeAReplyWithWhomItIsShared() {
    CannedReply own = keep(IN_NETWORK, "private", null);
    CannedReply team = keep(IN_NETWORK, "team", "network");
    CannedReply all = keep(MANAGER, "everybody", null);
    assertEquals(List.of(own, team, all), it.as(IN_NETWORK, replies::mine));
    assertEquals(List.of(team, all), it.as(COLLEAGUE, replies::mine));
    assertEquals(List.of(all), it.as(STRANGER, replies::mine));
    assertEquals(ErrorKind.NOT_FOUND, refused(COLLEAGUE, () -> replies.get(own.id())).kind());
    assertEquals(ErrorKind.NOT_FOUND, refused(STRANGER, () -> replies.remove(team.id())).kind());
    assertEquals(ErrorKind.FORBIDDEN, refused(COLLEAGUE, () -> replies.remove(team.id())).kind());
  }

  @Test
  void keepingSharedRepliesAsksForTheRightToIt() {
    CannedReply all = keep(MANAGER, "everybody", null);
    ReplyValues other = new ReplyValues(null, "Other words", null, null);
    assertEquals(
        ErrorKind.FORBIDDEN, refused(ANNA, () -> replies.change(all.id(), 1, other)).kind());
    assertEquals(
        ErrorKind.FORBIDDEN,
        refused(ANNA, () -> replies.create(new ReplyValues("x", "y", "everybody", null))).kind());
    CannedReply after = it.as(MANAGER, () -> replies.change(all.id(), 1, other));
    assertEquals("Other words", after.body());
    assertEquals(all.name(), after.name());
    assertEquals(all.sharing(), after.sharing());
    assertEquals(
        ErrorKind.STALE, refused(MANAGER, () -> replies.change(all.id(), 1, other)).kind());
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    ReplyValues wrong = new ReplyValues(" ", " ", "team", "network");
    assertEquals(
        Set.of("name", "body", "team"),
        Set.copyOf(
            refused(ANNA, () -> replies.create(wrong)).fieldErrors().stream()
                .map(FieldError::field)
                .toList()));
  }

  private CannedReply keep(Caller caller, String audience, String team) {
    return it.as(caller, () -> replies.create(new ReplyValues("A reply", "Words", audience, team)));
  }

  private DomainException refused(Caller caller, Runnable work) {
    return assertThrows(
        DomainException.class,
        () ->
            it.as(
                caller,
                () -> {
                  work.run();
                  return null;
                }));
  }
}
