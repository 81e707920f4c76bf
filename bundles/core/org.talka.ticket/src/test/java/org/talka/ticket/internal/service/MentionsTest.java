/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.BRUNO;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;

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
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.Mentioned;
import org.talka.ticket.internal.model.TicketImage;

@PersistenceTest(units = "ticket")
class MentionsTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private String key;

  MentionsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    key =
        it.as(
                RITA,
                () -> it.desk.create("incident", new HashMap<>(Map.of("subject", "Lamp")), true))
            .key();
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void whoIsCalledFollowsTheTicketAndTheCommentRemembersIt() {
    say(ANNA, "@bruno and @rita, please", false);
    assertEquals(Set.of(new PersonId(2), new PersonId(3)), ticket().watchers());
    CommentImage read = it.as(ANNA, () -> it.conversation.comments(ticket(), 0, 10)).get(0);
    assertEquals(List.of(new PersonId(2), new PersonId(3)), read.mentioned().people());
    assertEquals(
        Map.of("bruno", "Bruno", "rita", "Rita"),
        it.mentions.handles(read.mentioned(), it.people.persons(read.mentioned().people())));
    say(ANNA, "@bruno again, and I: @anna", false);
    assertEquals(Set.of(new PersonId(2), new PersonId(3)), ticket().watchers());
    assertEquals(1, watched(false).size());
  }

  @Test
  void anInternalNoteCallsOnlyWhoMayReadIt() {
    say(ANNA, "@rita is upset, @bruno", true);
    assertEquals(Set.of(new PersonId(2)), ticket().watchers());
    // nor does the history tell the requester that somebody was called
    assertEquals(1, watched(true).size());
    assertEquals(0, watched(false).size());
  }

  @Test
  void whoMayNotSeeTheTicketIsNotCalled() {
    assertEquals(Mentioned.NOBODY, in(ANNA, "@sandis @zane @nobody @team:none"));
    assertEquals(List.of(new TeamId(2)), in(ANNA, "@team:network").teams());
  }

  @Test
  void whoMayNotReadTheDirectoryCallsOnlyThoseWhoAreNear() {
    assertEquals(Mentioned.NOBODY, in(RITA, "@bruno @team:network"));
    it.as(
        ANNA,
        () ->
            it.desk.update(
                key, Optional.empty(), new HashMap<>(Map.of("assignee", "bruno")), true));
    assertEquals(List.of(new PersonId(2)), in(RITA, "@bruno @anna").people());
    assertEquals(List.of("bruno"), offered(RITA, "", false));
    assertEquals(List.of(), offered(RITA, "an", false));
  }

  @Test
  void offersThoseFirstWhoHaveToDoWithTheTicket() {
    assertEquals(List.of("rita", "bruno"), offered(ANNA, "", false));
    assertEquals(List.of("bruno"), offered(ANNA, "", true));
    assertEquals(List.of("rita"), offered(ANNA, "RI", false));
    assertEquals(List.of("team:network"), offered(ANNA, "net", false));
    assertEquals(List.of(), offered(BRUNO, "sandis", false));
  }

  private Mentioned in(Caller caller, String text) {
    return it.as(caller, () -> it.mentions.in(text, caller, ticket(), false));
  }

  private List<String> offered(Caller caller, String begin, boolean internal) {
    return it
        .as(caller, () -> it.mentions.candidates(caller, ticket(), begin, internal, 10))
        .stream()
        .map(Mentions.Candidate::handle)
        .toList();
  }

  private void say(Caller caller, String text, boolean internal) {
    it.as(caller, () -> it.conversation.say(key, text, internal, List.of()));
  }

  private TicketImage ticket() {
    return it.as(ANNA, () -> it.reader.get(key));
  }

  private List<HistoryEntry> watched(boolean internal) {
    return it.conversationStore.history(ticket().id(), internal, 0, 100).stream()
        .filter(entry -> entry.kind().equals("watched"))
        .toList();
  }
}
