/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.module.internal.store.OperationRecord.Outcome;
import org.talka.module.internal.store.OperationRecord.StepState;

/**
 * Ends operations that failed or were cut off: before its commit one is taken back, after it one is
 * finished.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Journal journal;
  private final ModuleHost host;
  private final Clock clock;
  private final Surroundings surroundings;
  private final DesiredState system;

  Recovery(
      Journal journal,
      ModuleHost host,
      Clock clock,
      Surroundings surroundings,
      DesiredState system) {
    this.journal = journal;
    this.host = host;
    this.clock = clock;
    this.surroundings = surroundings;
    this.system = system;
  }

  /**
   * Ends the operations of a module that were cut off, by the end of the server or of the database.
   *
   * @return whether there was any
   */
  boolean recover(String module) {
    boolean any = false;
    for (OperationRecord operation : unfinished()) {
      if (operation.module().equals(module)) {
        recover(operation);
        any = true;
      }
    }
    return any;
  }

  /** Operations that did not end; those that run now are among them. */
  List<OperationRecord> unfinished() {
    return journal.unfinished();
  }

  private void recover(OperationRecord operation) {
    Text reason = Text.of("module.reason.interrupted");
    try {
      Outcome outcome = Outcome.ROLLED_BACK;
      if (RecordsPlanner.isMeant(operation.action())) {
        outcome = endRecords(journal.operation(operation.id()).orElseThrow(), reason);
      } else if (journal.module(operation.module()).isPresent() && !overtaken(operation)) {
        List<String> migrated =
            journal
                .operation(operation.id())
                .map(full -> Noted.changes(full, Steps.MIGRATE))
                .orElse(List.of());
        outcome = takeBack(operation.id(), operation.module(), migrated, true, reason);
      }
      journal.end(
          operation.id(),
          outcome,
          clock.instant(),
          outcome == Outcome.SUCCEEDED ? Optional.empty() : Optional.of(reason));
    } catch (DatabaseUnavailableException away) {
      throw away;
    } catch (Throwable failure) {
      LifeCycle.passOn(failure);
      LOG.error("Module {} could not be put right", operation.module(), failure);
      system.takeOut(operation.module(), LifeCycle.reason(failure));
      journal.end(
          operation.id(), Outcome.FAILED, clock.instant(), Optional.of(LifeCycle.reason(failure)));
    }
  }

  /** A later operation has committed since: what this one began is not its to take back. */
  private boolean overtaken(OperationRecord operation) {
    return journal
        .module(operation.module())
        .flatMap(ModuleRecord::committedBy)
        .filter(later -> !later.equals(operation.id()))
        .flatMap(journal::operation)
        .filter(later -> later.startedAt().isAfter(operation.startedAt()))
        .isPresent();
  }

  /**
   * Makes the system what the record says, and says whether that is before or after.
   *
   * @param switched whether the operation had begun to touch what ran before
   */
  Outcome takeBack(
      String operation, String module, List<String> migrated, boolean switched, Text reason) {
    ModuleRecord record = journal.module(module).orElseThrow();
    if (record.committedBy().filter(operation::equals).isPresent()) {
      return finish(operation, record);
    }
    if (switched) {
      host.drain(module, Duration.ZERO);
    }
    // the schema can only go back when nobody of the new version is left to use it
    system.removeOthers(record);
    Optional<Text> stays =
        migrated.isEmpty() ? Optional.empty() : host.undoMigration(module, migrated);
    stays.ifPresent(why -> LOG.warn("Database changes of module {} stay: {}", module, why));
    system.bringAbout(record, Optional.of(reason));
    return Outcome.ROLLED_BACK;
  }

  /** What comes after the commit. */
  private Outcome finish(String operation, ModuleRecord record) {
    OperationRecord written = journal.operation(operation).orElseThrow();
    if (written.action() == ModuleAction.CONTRACT) {
      system.bringAbout(record, record.reason());
      try {
        host.contract(system.running(record).bundle());
        return Outcome.SUCCEEDED;
      } catch (StepFailure refused) {
        // the schema is as before, with which the version that runs lives as well
        LOG.warn("Contract changes of module {} were not made", record.id(), refused);
        system.settle(record.id(), record.state(), Optional.of(refused.reason()));
        return Outcome.FAILED;
      }
    }
    system.bringAbout(
        record, record.desired() == Desired.ACTIVE ? record.reason() : Optional.empty());
    List<String> undo = Noted.changes(written, Steps.UNDO);
    if (!undo.isEmpty()) {
      host.undoMigration(record.id(), undo);
    }
    return Outcome.SUCCEEDED;
  }

  /**
   * Ends what was being done with records: before the commit they are what they were, after it the
   * rest of them goes.
   */
  Outcome endRecords(OperationRecord operation, Text reason) {
    Optional<ModuleRecord> record = journal.module(operation.module());
    if (record.isEmpty()) {
      return Outcome.ROLLED_BACK;
    }
    Records records = surroundings.records();
    boolean committed = record.get().committedBy().filter(operation.id()::equals).isPresent();
    if (operation.action() == ModuleAction.IMPORT) {
      if (!committed && begun(operation, Steps.BRING)) {
        // none were here before: the check has seen to that
        records.erase(operation.module());
      }
      return committed ? Outcome.SUCCEEDED : Outcome.ROLLED_BACK;
    }
    if (!committed) {
      records.revoke(operation.id(), operation.module());
      return Outcome.ROLLED_BACK;
    }
    try {
      records.erase(operation.module());
    } catch (StepFailure left) {
      // some are gone already, so all must go: the next start, or a second purge, tries again
      system.settle(operation.module(), ModuleState.REMOVED, Optional.of(reason));
      return Outcome.FAILED;
    }
    records.discard(operation.id(), operation.module());
    system.settle(operation.module(), ModuleState.PURGED, Optional.empty());
    return Outcome.SUCCEEDED;
  }

  private static boolean begun(OperationRecord operation, Steps step) {
    return operation.steps().stream()
        .anyMatch(taken -> taken.step().equals(step.key()) && taken.state() != StepState.PENDING);
  }
}
