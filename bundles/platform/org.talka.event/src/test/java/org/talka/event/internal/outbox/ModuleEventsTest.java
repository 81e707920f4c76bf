/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.event.DomainEvent;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.gate.Harm;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.testkit.security.TestCallers;

@PersistenceTest(units = "event")
@Timeout(60)
class ModuleEventsTest {
  private final TestDatabase desk;
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> accused = new ArrayList<>();
  private final EventBudgets budgets = new EventBudgets(2, 5, new Accusers(), nanos::get);
  private Outbox outbox;

  ModuleEventsTest(TestDatabase desk) {
    this.desk = desk;
  }

  @BeforeEach
  void open() {
    outbox = new Outbox(desk.unit(), desk.transactions(), new TestCallers());
  }

  private ModuleEvents of(String module) {
    return new ModuleEvents(Optional.of(module), outbox, budgets);
  }

  private List<String> types() {
    return outbox.after(0, 100).stream().map(DomainEvent::type).toList();
  }

  @Test
  void aModuleAnnouncesOnlyItsOwn() {
    ModuleEvents events = of("problem");
    events.publish("problem.known", "problem:1", Map.of());
    for (String other : List.of("ticket.created", "problems.known", "change.made")) {
      assertThrows(
          IllegalArgumentException.class, () -> events.publish(other, "problem:1", Map.of()));
    }
    assertEquals(List.of("problem.known"), types());
  }

  @Test
  void theDeskAnnouncesWhatAndAsMuchAsItLikes() {
    ModuleEvents events = new ModuleEvents(Optional.empty(), outbox, budgets);
    for (int i = 0; i < 20; i++) {
      events.publish("ticket.created", "ticket:" + i, Map.of());
    }
    assertEquals(20, types().size());
    assertEquals(List.of(), accused);
  }

  @Test
  void aModuleThatFloodsIsRefusedAndAccusedOnceASecondAndOthersGoOn() {
    ModuleEvents loud = of("loud");
    for (int i = 0; i < 5; i++) {
      loud.publish("loud.said", "loud:1", Map.of());
    }
    for (int i = 0; i < 3; i++) {
      DomainException said =
          assertThrows(DomainException.class, () -> loud.publish("loud.said", "loud:1", Map.of()));
      assertEquals(ErrorKind.TOO_MANY, said.kind());
    }
    assertEquals(List.of("loud FLOOD"), accused);
    of("quiet").publish("quiet.said", "quiet:1", Map.of());
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    loud.publish("loud.said", "loud:1", Map.of());
    loud.publish("loud.said", "loud:1", Map.of());
    assertThrows(DomainException.class, () -> loud.publish("loud.said", "loud:1", Map.of()));
    assertEquals(2, accused.size());
    assertEquals(8, types().size());
  }

  private final class Accusers implements Gate {
    @Override
    public void accuse(String module, Harm harm, String detail) {
      accused.add(module + " " + harm);
    }

    @Override
    public <T> Extensions<T> open(Class<T> point) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<ExtensionReport> report() {
      return List.of();
    }

    @Override
    public void admit(String module) {}

    @Override
    public boolean withdraw(String module, Duration wait) {
      return true;
    }
  }
}
