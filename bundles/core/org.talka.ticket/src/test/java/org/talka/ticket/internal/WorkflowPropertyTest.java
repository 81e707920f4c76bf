/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.testkit.persistence.Engine;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.ImageValues;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.type.TicketType;

/**
 * Whatever people try, in whatever order: a ticket keeps to its workflow and its history is true.
 */
class WorkflowPropertyTest {
  private static TestDatabase database;
  private static DeskUnderTest desk;

  @BeforeContainer
  static void open() {
    database = TestDatabase.open(Engine.DERBY, "ticket");
    desk = new DeskUnderTest(database.unit(), database.transactions());
  }

  @AfterContainer
  static void close() throws InterruptedException {
    desk.close();
    database.close();
  }

  @Property(tries = 25)
  void keepsToTheWorkflowAndTheHistoryReplays(
      @ForAll @Size(min = 1, max = 12) List<@From("steps") Step> steps) {
    TicketImage ticket =
        desk.as(
            DeskUnderTest.RITA, () -> desk.desk.create("incident", Map.of("subject", "s"), true));
    TicketType type = desk.registry.types().find("incident").orElseThrow();
    for (Step step : steps) {
      TicketImage before = read(ticket.key());
      boolean refused = !tryIt(step, before);
      TicketImage after = read(ticket.key());
      if (refused) {
        assertEquals(before, after);
      } else if (!before.state().equals(after.state())) {
        assertTrue(
            type.from(before.state()).stream().anyMatch(t -> t.to().equals(after.state())),
            before.state() + " to " + after.state());
      }
      assertEquals(type.category(after.state()), after.category());
      assertEquals(!after.category().open(), after.resolvedAt().isPresent());
    }
    TicketImage end = read(ticket.key());
    assertEquals(ImageValues.all(end), replay(end));
  }

  private static Map<String, Object> replay(TicketImage ticket) {
    Map<String, Object> values = new HashMap<>();
    List<HistoryEntry> history =
        desk.as(DeskUnderTest.ANNA, () -> desk.conversation.history(ticket, 0, 1_000));
    for (HistoryEntry entry : history) {
      for (Change change : entry.changes()) {
        if (List.of("comment", "watcher").contains(change.field())) {
          continue;
        }
        assertEquals(values.get(change.field()), change.from(), change.field());
        if (change.to() == null) {
          values.remove(change.field());
        } else {
          values.put(change.field(), change.to());
        }
      }
    }
    return values;
  }

  private static boolean tryIt(Step step, TicketImage ticket) {
    try {
      desk.as(
          step.caller(),
          () -> {
            switch (step.kind()) {
              case "move" ->
                  desk.desk.transition(
                      ticket.key(),
                      Optional.empty(),
                      step.what(),
                      step.values(),
                      Optional.ofNullable(step.said()),
                      false,
                      true);
              case "say" -> desk.conversation.say(ticket.key(), "hello", false, List.of());
              case "note" -> desk.conversation.say(ticket.key(), "hm", true, List.of());
              case "watch" -> desk.watching.add(ticket.key(), "rita");
              default ->
                  desk.desk.update(
                      ticket.key(), Optional.of(ticket.version()), step.values(), true);
            }
            return null;
          });
      return true;
    } catch (DomainException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<Step> steps() {
    Arbitrary<Map<String, Object>> values =
        Arbitraries.of(
            Map.<String, Object>of(),
            Map.of("resolutionCode", "fixed"),
            Map.of("pendingReason", "supplier"),
            Map.of("team", "desk"),
            Map.of("subject", "other", "tags", List.of("a", "b")),
            Map.of("impact", "high"),
            Map.of("priority", "low"),
            Map.of("assignee", "anna"),
            Map.of("state", "closed"),
            Map.of("tags", List.of(), "description", "text"));
    return Combinators.combine(
            Arbitraries.of("move", "move", "move", "say", "note", "watch", "update"),
            Arbitraries.of(
                "start", "assign", "resume", "resolve", "pend", "close", "reopen", "cancel", "no"),
            Arbitraries.of(DeskUnderTest.ANNA, DeskUnderTest.RITA, DeskUnderTest.SANDIS),
            values,
            Arbitraries.of("because", "").injectNull(0.3))
        .as(Step::new);
  }

  record Step(String kind, String what, Caller caller, Map<String, Object> values, String said) {}

  private static TicketImage read(String key) {
    return desk.as(DeskUnderTest.ANNA, () -> desk.reader.get(key));
  }
}
