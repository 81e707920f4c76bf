/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Transactions;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.store.OperationRecord.Outcome;
import org.talka.module.internal.store.OperationRecord.StepState;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "module")
class DatabaseJournalTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
  private final Transactions transactions;
  private final DatabaseJournal journal;

  DatabaseJournalTest(TestDatabase desk) {
    transactions = desk.transactions();
    journal = new DatabaseJournal(desk.unit("module"), transactions);
  }

  private static ModuleRecord module(String id, String digest, Optional<String> previous) {
    return new ModuleRecord(
        id,
        "1.0.0",
        digest,
        "talka:module:" + id + ":" + digest,
        previous.map(p -> new ModuleRecord.Previous("0.9.0", p)),
        Desired.ACTIVE,
        ModuleState.ACTIVE,
        AT,
        Optional.of(Text.of("error.module.start", "x", "„ā”")),
        Map.of("en", "Problem", "lv", "Problēma"),
        Optional.of("op-1"));
  }

  private void artifact(String digest) {
    journal.store(new Artifact(digest, "problem", "1.0.0", "p.jar", new byte[] {1, 2, 3}), AT);
  }

  @Test
  void keepsAModuleAsItWasGiven() {
    ModuleRecord module = module("problem", "d1", Optional.of("d0"));
    journal.save(module);
    assertEquals(Optional.of(module), journal.module("problem"));
    ModuleRecord bare =
        new ModuleRecord(
            "problem",
            "1",
            "d",
            "l",
            Optional.empty(),
            Desired.REMOVED,
            ModuleState.STAGED,
            AT,
            Optional.empty(),
            Map.of(),
            Optional.empty());
    journal.save(bare);
    assertEquals(List.of(bare), journal.modules());
  }

  @Test
  void keepsWhatWasWrittenThoughTheCallersTransactionFails() {
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.required(
                () -> {
                  journal.save(module("problem", "d1", Optional.empty()));
                  throw new IllegalStateException("the caller fails");
                }));
    assertTrue(journal.module("problem").isPresent());
  }

  @Test
  void keepsAnArchiveOnce() {
    artifact("d1");
    artifact("d1");
    assertArrayEquals(new byte[] {1, 2, 3}, journal.artifact("d1").orElseThrow().content());
    assertTrue(journal.artifact("d2").isEmpty());
  }

  @Test
  void writesDownAnOperationAndItsSteps() {
    journal.begin(
        "op", "problem", ModuleAction.INSTALL, "d1", "admin", AT, List.of("install", "start"));
    journal.step("op", 0, "install", StepState.DONE, AT, Optional.empty());
    assertEquals(1, journal.unfinished().size());
    journal.step("op", 2, "restore", StepState.RUNNING, AT, Optional.of(Text.of("why")));
    journal.end("op", Outcome.ROLLED_BACK, AT, Optional.of(Text.of("error.x", "a", "b")));
    OperationRecord operation = journal.operation("op").orElseThrow();
    assertEquals(
        List.of(StepState.DONE, StepState.SKIPPED, StepState.FAILED),
        operation.steps().stream().map(OperationRecord.Step::state).toList());
    assertEquals(Optional.of(Text.of("error.x", "a", "b")), operation.steps().get(2).note());
    assertEquals(Outcome.ROLLED_BACK, operation.outcome());
    assertEquals(Optional.of(Text.of("error.x", "a", "b")), operation.error());
    assertEquals(List.of(), journal.unfinished());
  }

  @Test
  void noStepOfAnOperationThatHasEndedStillRuns() {
    journal.begin("op", "problem", ModuleAction.UNINSTALL, "d1", "admin", AT, List.of("commit"));
    journal.step("op", 0, "commit", StepState.RUNNING, AT, Optional.empty());
    journal.end("op", Outcome.SUCCEEDED, AT, Optional.empty());
    assertEquals(
        List.of(StepState.DONE),
        journal.operation("op").orElseThrow().steps().stream().map(s -> s.state()).toList());
  }

  @Test
  void keepsAnOldArchiveThatSomebodyPlansToInstallAgain() {
    artifact("again");
    journal.store(
        new Artifact("again", "problem", "1.0.0", "p.jar", new byte[] {1, 2, 3}),
        AT.plusSeconds(60));
    journal.forget(AT.plusSeconds(1));
    assertTrue(journal.artifact("again").isPresent());
  }

  @Test
  void listsOperationsPageByPageAlsoWhenTheyBeganTogether() {
    for (int i = 0; i < 5; i++) {
      journal.begin("op-" + i, "p", ModuleAction.DISABLE, "d", "admin", AT, List.of());
    }
    journal.begin("late", "p", ModuleAction.ENABLE, "d", "admin", AT.plusSeconds(1), List.of());
    List<OperationRecord> first = journal.operations(Optional.empty(), 3);
    List<OperationRecord> second = journal.operations(Optional.of(first.get(2)), 10);
    assertEquals(List.of("late", "op-4", "op-3"), first.stream().map(o -> o.id()).toList());
    assertEquals(List.of("op-2", "op-1", "op-0"), second.stream().map(o -> o.id()).toList());
  }

  @Test
  void forgetsOldPlansAndArchivesThatNobodyNames() {
    artifact("runs");
    artifact("before");
    artifact("nobody");
    journal.save(module("problem", "runs", Optional.of("before")));
    journal.save(new StoredPlan("plan", "problem", 7, "{}", AT, "admin", Optional.empty()));
    journal.applied("plan", "op");
    assertEquals(Optional.of("op"), journal.plan("plan").orElseThrow().operation());
    journal.save(new StoredPlan("idle", "problem", 7, "{}", AT, "admin", Optional.empty()));
    journal.forget(AT.plusSeconds(1));
    assertTrue(journal.plan("idle").isEmpty());
    assertTrue(journal.plan("plan").isPresent(), "the history tells what was planned");
    assertTrue(journal.artifact("runs").isPresent());
    assertTrue(journal.artifact("before").isPresent());
    assertTrue(journal.artifact("nobody").isEmpty());
  }
}
