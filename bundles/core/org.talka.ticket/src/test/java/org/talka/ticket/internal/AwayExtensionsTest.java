/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.RecordVisibility;
import org.talka.api.text.Text;
import org.talka.api.ticket.TicketGuard;
import org.talka.api.ticket.TicketParticipant;
import org.talka.api.ticket.TransitionAction;
import org.talka.api.ticket.TransitionCondition;
import org.talka.api.ticket.TransitionValidator;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.model.TicketImage;

/** What an extension means while its module is switched, or while its circuit is open. */
@PersistenceTest(units = "ticket")
class AwayExtensionsTest {
  private static final String MODULE = "fault";

  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;

  AwayExtensionsTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    it.registry.declared(FakeDeclarations.faults());
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  private TicketImage create(Caller caller, String type) {
    return it.as(caller, () -> it.desk.create(type, Map.of("subject", "x"), true));
  }

  private void move(TicketImage ticket, String transition) {
    it.as(
        ANNA,
        () ->
            it.desk.transition(
                ticket.key(),
                Optional.empty(),
                transition,
                Map.of(),
                Optional.empty(),
                false,
                true));
  }

  private static DomainException refused(Runnable work) {
    return assertThrows(DomainException.class, work::run);
  }

  private AtomicInteger everybodyHasASay() {
    AtomicInteger asked = new AtomicInteger();
    it.gate.add(TicketGuard.class, MODULE, c -> asked.incrementAndGet(), Map.of());
    it.gate.add(TicketParticipant.class, MODULE, c -> asked.incrementAndGet(), Map.of());
    it.gate.add(TransitionValidator.class, MODULE, c -> asked.incrementAndGet(), Map.of());
    it.gate.add(TransitionAction.class, MODULE, c -> asked.incrementAndGet(), Map.of());
    it.gate.add(TransitionCondition.class, MODULE, c -> asked.incrementAndGet() > 0, Map.of());
    return asked;
  }

  @Test
  void theDesksOwnTypesGoOnWithoutThem() {
    AtomicInteger asked = everybodyHasASay();
    TicketImage before = create(ANNA, "incident");
    assertEquals(2, asked.getAndSet(0));
    it.gate.open(MODULE);
    move(before, "start");
    create(ANNA, "incident");
    it.gate.withdraw(MODULE, Duration.ZERO);
    create(ANNA, "incident");
    assertEquals(0, asked.get());
  }

  @Test
  void writesOnTheModulesTypesAreRefusedForTheMomentWhileItIsSwitched() {
    TicketImage fault = create(ANNA, "fault");
    it.gate.withdraw(MODULE, Duration.ZERO);
    for (Runnable write :
        java.util.List.<Runnable>of(() -> create(ANNA, "fault"), () -> move(fault, "finish"))) {
      DomainException said = refused(write);
      assertEquals(ErrorKind.UNAVAILABLE, said.kind());
      assertTrue(said.retryAfter().isPresent());
    }
    assertEquals(fault, it.as(ANNA, () -> it.reader.get(fault.key())));
    it.gate.admit(MODULE);
    move(fault, "finish");
  }

  @Test
  void nothingIsDecidedOnTheModulesTypesWhileACircuitIsOpen() {
    everybodyHasASay();
    TicketImage fault = create(ANNA, "fault");
    it.gate.open(MODULE);
    assertEquals(ErrorKind.UNAVAILABLE, refused(() -> create(ANNA, "fault")).kind());
    assertEquals(ErrorKind.CONFLICT, refused(() -> move(fault, "finish")).kind());
  }

  @Test
  void aConditionThatFailsClosesItsTransitionAndBreaksNobody() {
    TicketImage incident = create(ANNA, "incident");
    it.gate.add(
        TransitionCondition.class,
        MODULE,
        c -> {
          throw DomainException.conflict("error.gate.failed");
        },
        Map.of());
    assertEquals(
        "error.ticket.transition.closed", refused(() -> move(incident, "start")).text().key());
  }

  private boolean sees(Caller caller, TicketImage ticket) {
    return it.as(caller, () -> it.reader.find(ticket.key())).isPresent();
  }

  private static Caller administrator() {
    Map<String, GrantScope> grants =
        new HashMap<>(Map.of("ticket:read", GrantScope.ALL, "module:admin", GrantScope.ALL));
    return FakeCaller.person(9, "zane", grants);
  }

  @Test
  void recordsOfAModuleStayHiddenWhileItsRuleIsAwayAlsoAfterARestart() throws Exception {
    TicketImage fault = create(ANNA, "fault");
    TicketImage incident = create(ANNA, "incident");
    assertTrue(sees(ANNA, fault));
    RecordVisibility rule = context -> new Filter.Not(new Filter.Is("requester", "3"));
    it.gate.add(RecordVisibility.class, MODULE, rule, Map.of());
    assertTrue(sees(ANNA, fault));

    it.gate.open(MODULE);
    assertFalse(sees(ANNA, fault));
    it.gate.withdraw(MODULE, Duration.ZERO);
    assertFalse(sees(ANNA, fault));
    assertTrue(sees(ANNA, incident));
    assertTrue(sees(administrator(), fault));
    assertTrue(
        it.as(ANNA, () -> it.lists.query("", "-updatedAt", 10, Optional.empty())).items().stream()
            .noneMatch(ticket -> ticket.key().equals(fault.key())));

    it.close();
    it = new DeskUnderTest(database, transactions);
    it.gate.withdraw(MODULE, Duration.ZERO);
    assertFalse(sees(ANNA, fault));
    it.gate.add(RecordVisibility.class, MODULE, rule, Map.of());
    it.gate.admit(MODULE);
    assertTrue(sees(ANNA, fault));
  }

  @Test
  void aRuleThatFailsHidesTheModulesRecordsAndNothingElse() {
    TicketImage fault = create(ANNA, "fault");
    TicketImage incident = create(ANNA, "incident");
    it.gate.add(
        RecordVisibility.class,
        MODULE,
        context -> {
          throw new DomainException(
              ErrorKind.CONFLICT, Text.of("error.gate.failed"), java.util.List.of(), null);
        },
        Map.of());
    assertFalse(sees(ANNA, fault));
    assertTrue(sees(ANNA, incident));
  }

  @Test
  void aVersionWithoutARuleShowsTheRecordsAgain() {
    TicketImage fault = create(ANNA, "fault");
    it.gate.add(RecordVisibility.class, MODULE, context -> new Filter.All(), Map.of());
    it.gate.withdraw(MODULE, Duration.ZERO);
    assertFalse(sees(ANNA, fault));
    it.gate.clear();
    it.gate.withdraw(MODULE, Duration.ZERO);
    it.gate.admit(MODULE);
    assertTrue(sees(ANNA, fault));
  }
}
