/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.life.ModuleHost.Hosted;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord.Outcome;
import org.talka.module.internal.store.OperationRecord.StepState;

/** One operation on its way, step by step; each is in the journal before it is taken. */
final class OperationRun {
  private static final Logger LOG = LoggerFactory.getLogger(OperationRun.class);

  private final Journal journal;
  private final ModuleHost host;
  private final Clock clock;
  private final Surroundings surroundings;
  private final ApiBundles apis;
  private final DesiredState system;
  private final Recovery recovery;
  private final Map<String, Boolean> cancellable;
  private final LifeCycle.Task task;
  private final Optional<ModuleRecord> before;
  private final Map<Steps, Integer> positions = new EnumMap<>(Steps.class);
  private List<String> migrated = List.of();
  private Optional<Text> remark = Optional.empty();
  private Steps current = Steps.COMMIT;

  /** Whether what ran before has been touched. */
  private boolean switched;

  /**
   * @param cancellable operations that can still be cancelled, and whether they were
   */
  OperationRun(
      LifeCycle.Task task,
      List<Steps> planned,
      Journal journal,
      ModuleHost host,
      Clock clock,
      Surroundings surroundings,
      ApiBundles apis,
      DesiredState system,
      Recovery recovery,
      Map<String, Boolean> cancellable) {
    this.task = task;
    this.journal = journal;
    this.host = host;
    this.clock = clock;
    this.surroundings = surroundings;
    this.apis = apis;
    this.system = system;
    this.recovery = recovery;
    this.cancellable = cancellable;
    this.before = journal.module(task.module());
    planned.forEach(this::position);
  }

  /** Planned steps come first, in their order; others behind them as they happen. */
  private int position(Steps step) {
    Integer known = positions.putIfAbsent(step, positions.size());
    return known == null ? positions.size() - 1 : known;
  }

  /** What was committed once, not what failed before it ever was. */
  private Optional<ModuleRecord> known() {
    return before
        .filter(record -> record.committedBy().isPresent())
        .filter(record -> record.state() != ModuleState.PURGED);
  }

  void carryOut() {
    switch (task.action()) {
      case INSTALL, UPDATE, ROLLBACK, ENABLE -> activate();
      case DISABLE -> end(Desired.DISABLED, ModuleState.DISABLED);
      case UNINSTALL -> end(Desired.REMOVED, ModuleState.REMOVED);
      case QUARANTINE -> quarantine();
      case CONTRACT -> contract();
      case PURGE -> purge();
      case IMPORT -> bringRecords();
    }
  }

  void activate() {
    if (!task.undo().isEmpty()) {
      // before anything is done, so that a recovery knows what is to be taken back
      write(Steps.UNDO, StepState.PENDING, Noted.note(task.undo()));
    }
    journal.save(
        before
            .orElseGet(this::unknown)
            .in(ModuleState.INSTALLING, clock.instant(), Optional.empty()));
    surroundings.changed(task.module(), ModuleState.INSTALLING);
    List<Hosted> present = system.allOf(task.module());
    long[] bundle = new long[1];
    String[] where = new String[1];
    step(
        Steps.INSTALL,
        () -> {
          Hosted hosted = install(present);
          bundle[0] = hosted.bundle();
          where[0] = hosted.location();
        });
    step(Steps.RESOLVE, () -> host.resolve(bundle[0]));
    phase(ModuleState.MIGRATING);
    migrate(bundle[0]);
    touch();
    List<Hosted> old = present.stream().filter(o -> o.bundle() != bundle[0]).toList();
    if (!old.isEmpty()) {
      phase(ModuleState.DRAINING);
      step(Steps.DRAIN, this::drain);
      step(
          Steps.STOP,
          () -> {
            old.forEach(this::stop);
            // nobody of those who import from them runs now
            apis.clear(task.module(), journal::artifact, Optional.of(task.digest()));
          });
    }
    phase(ModuleState.STARTING);
    step(Steps.START, () -> system.start(task.module(), bundle[0]));
    step(Steps.JOIN, () -> host.join(task.module(), known().isEmpty(), upgradedFrom()));
    step(Steps.DECLARE, () -> host.declare(bundle[0], task.digest()));
    step(Steps.ADMIT, () -> host.admit(task.module()));
    step(Steps.COMMIT, () -> commitActive(where[0]));
    surroundings.changed(task.module(), ModuleState.ACTIVE);
    if (!old.isEmpty()) {
      step(Steps.CLEAN, () -> system.removeOthers(bundle[0], task.module()));
    }
    if (!task.undo().isEmpty()) {
      step(Steps.UNDO, () -> undo(task.undo()));
    }
  }

  /** Which changes will be made is known to the journal before any of them is. */
  private void migrate(long bundle) {
    goOn();
    current = Steps.MIGRATE;
    migrated =
        host.pending(bundle).stream()
            .filter(change -> !change.contract())
            .map(ModuleHost.Change::id)
            .toList();
    step(Steps.MIGRATE, () -> migrated = host.migrate(bundle));
  }

  private void undo(List<String> changes) {
    remark = host.undoMigration(task.module(), changes);
    remark.ifPresent(
        stays -> LOG.warn("Database changes of module {} stay: {}", task.module(), stays));
  }

  private ModuleRecord unknown() {
    return new ModuleRecord(
        task.module(),
        task.version(),
        task.digest(),
        LifeCycle.location(task.module(), task.digest()),
        Optional.empty(),
        Desired.REMOVED,
        ModuleState.STAGED,
        clock.instant(),
        Optional.empty(),
        task.titles(),
        Optional.empty());
  }

  private Optional<String> upgradedFrom() {
    return known().map(ModuleRecord::version).filter(old -> !old.equals(task.version()));
  }

  private Hosted install(List<Hosted> others) {
    journal.artifact(task.digest()).ifPresent(archive -> bringApis(archive, others));
    String location = LifeCycle.location(task.module(), task.digest());
    for (Hosted hosted : others) {
      boolean recorded =
          before
              .filter(record -> record.digest().equals(task.digest()))
              .filter(record -> record.location().equals(hosted.location()))
              .isPresent();
      boolean foreign = task.location().filter(hosted.location()::equals).isPresent();
      if (hosted.location().equals(location) || recorded || foreign) {
        return hosted;
      }
    }
    Artifact artifact = system.artifact(task.digest());
    // the framework refuses two bundles of one name and version: the old one makes room
    for (Hosted other : others) {
      if (other.version().equals(task.version())) {
        touch();
        drain();
        DesiredState.free(host.uninstall(other.bundle()));
      }
    }
    return host.install(location, surroundings.bundle(artifact));
  }

  /** Beside what runs, unless the framework would take them for the same. */
  private void bringApis(Artifact artifact, List<Hosted> others) {
    if (apis.areInTheWay(artifact)) {
      touch();
      drain();
      others.forEach(this::stop);
    }
    apis.bring(artifact);
  }

  private void drain() {
    surroundings.leaving(task.module(), LifeCycle.DRAIN);
    if (!host.drain(task.module(), LifeCycle.DRAIN)) {
      LOG.info("Calls in module {} did not return in time", task.module());
    }
  }

  private void stop(Hosted old) {
    DesiredState.free(host.stop(old.bundle()));
  }

  private void commitActive(String location) {
    Optional<ModuleRecord.Previous> previous =
        known()
            .filter(record -> !record.digest().equals(task.digest()))
            .map(record -> new ModuleRecord.Previous(record.version(), record.digest()))
            .or(() -> known().flatMap(ModuleRecord::previous));
    journal.save(
        new ModuleRecord(
            task.module(),
            task.version(),
            task.digest(),
            location,
            previous,
            Desired.ACTIVE,
            ModuleState.ACTIVE,
            clock.instant(),
            task.reason(),
            task.titles(),
            Optional.of(task.operation()),
            provingUntil(),
            Optional.empty()));
  }

  /** A version that is new here has to prove itself; one that ran before has done so. */
  private Optional<java.time.Instant> provingUntil() {
    boolean unproven =
        task.action() == ModuleAction.INSTALL
            || task.action() == ModuleAction.UPDATE
            || known()
                .filter(record -> record.digest().equals(task.digest()))
                .flatMap(ModuleRecord::probationUntil)
                .isPresent();
    return unproven ? Optional.of(clock.instant().plus(surroundings.grace())) : Optional.empty();
  }

  void end(Desired desired, ModuleState state) {
    ModuleRecord record = before.orElseThrow();
    step(
        Steps.COMMIT,
        () ->
            journal.save(
                record
                    .wanting(desired, task.operation())
                    .in(ModuleState.DRAINING, clock.instant(), Optional.empty())));
    surroundings.changed(task.module(), ModuleState.DRAINING);
    List<Hosted> bundles = system.allOf(task.module());
    step(Steps.DRAIN, this::drain);
    step(Steps.WITHDRAW, () -> host.withdrawDeclarations(task.module()));
    step(Steps.STOP, () -> remark = DesiredState.freed(bundles, host::stop));
    if (desired == Desired.REMOVED) {
      step(
          Steps.UNINSTALL,
          () -> {
            remark = DesiredState.freed(bundles, host::uninstall);
            apis.clear(task.module(), journal::artifact, Optional.empty());
          });
    }
    system.settle(task.module(), state, remark);
  }

  void quarantine() {
    ModuleRecord record = before.orElseThrow();
    step(
        Steps.COMMIT,
        () ->
            journal.save(
                record
                    .quarantined(task.reason())
                    .by(Optional.of(task.operation()))
                    .in(ModuleState.DRAINING, clock.instant(), task.reason())));
    surroundings.changed(task.module(), ModuleState.DRAINING);
    // it does harm now: nobody is waited for
    step(
        Steps.DRAIN,
        () -> {
          surroundings.leaving(task.module(), Duration.ZERO);
          host.drain(task.module(), Duration.ZERO);
        });
    step(Steps.WITHDRAW, () -> host.withdrawDeclarations(task.module()));
    step(
        Steps.STOP,
        () -> {
          DesiredState.freed(system.allOf(task.module()), host::stop);
          // what it has kept in memory may be why it goes
          system.allOf(task.module()).forEach(hosted -> host.unload(hosted.bundle()));
        });
    system.settle(task.module(), ModuleState.QUARANTINED, task.reason());
  }

  void contract() {
    ModuleRecord record = before.orElseThrow();
    step(
        Steps.COMMIT,
        () ->
            journal.save(
                record
                    .backTo(Optional.empty())
                    .proving(Optional.empty())
                    .by(Optional.of(task.operation()))));
    step(Steps.CONTRACT, () -> host.contract(system.running(record).bundle()));
    surroundings.changed(task.module(), record.state());
  }

  /** The records go; everything before the commit leaves them as they are. */
  void purge() {
    ModuleRecord record = before.orElseThrow();
    Records records = surroundings.records();
    step(Steps.EXPORT, () -> records.export(task.operation(), record, task.actor()));
    step(Steps.VERIFY, () -> records.verify(task.operation(), task.module()));
    step(
        Steps.COMMIT,
        () -> {
          records.agree(task.operation(), task.module());
          journal.save(record.by(Optional.of(task.operation())));
        });
    step(Steps.ERASE, () -> records.erase(task.module()));
    records.discard(task.operation(), task.module());
    system.settle(task.module(), ModuleState.PURGED, Optional.empty());
  }

  /** The records of an export come back; the module itself is installed by another operation. */
  void bringRecords() {
    Records records = surroundings.records();
    Records.Inspection[] found = new Records.Inspection[1];
    step(
        Steps.CHECK,
        () -> {
          found[0] = records.inspect(task.digest());
          if (!found[0].conflicts().isEmpty()) {
            throw new StepFailure(found[0].conflicts().get(0));
          }
        });
    if (before.isEmpty()) {
      // a recovery has to know that there is something to look at
      journal.save(kept(found[0], ModuleState.PURGED));
    }
    step(Steps.BRING, () -> records.bring(task.digest()));
    step(
        Steps.COMMIT,
        () -> journal.save(kept(found[0], ModuleState.REMOVED).by(Optional.of(task.operation()))));
    surroundings.changed(task.module(), ModuleState.REMOVED);
  }

  private ModuleRecord kept(Records.Inspection found, ModuleState state) {
    return new ModuleRecord(
        found.module(),
        found.version(),
        found.digest(),
        LifeCycle.location(found.module(), found.digest()),
        Optional.empty(),
        Desired.REMOVED,
        state,
        clock.instant(),
        Optional.empty(),
        found.titles(),
        Optional.empty());
  }

  private void phase(ModuleState state) {
    system.settle(task.module(), state, Optional.empty());
  }

  /** Ends an operation that was cancelled. */
  private void goOn() {
    if (Boolean.TRUE.equals(cancellable.get(task.operation()))) {
      throw cancelled();
    }
  }

  /** From here on what runs is touched, so nobody can cancel it any more. */
  private void touch() {
    if (Boolean.TRUE.equals(cancellable.remove(task.operation()))) {
      throw cancelled();
    }
    switched = true;
  }

  private static StepFailure cancelled() {
    return new StepFailure(Text.of("module.reason.cancelled"));
  }

  private void step(Steps step, Runnable work) {
    goOn();
    current = step;
    Halt.before(step.key());
    write(step, StepState.RUNNING, note(step));
    work.run();
    Halt.after(step.key());
    write(step, StepState.DONE, note(step));
  }

  /** What undoing the step needs, should the server stop before the operation ends. */
  private Optional<Text> note(Steps step) {
    return switch (step) {
      case MIGRATE -> Noted.note(migrated);
      case UNDO -> Noted.note(task.undo());
      default -> Optional.empty();
    };
  }

  private void write(Steps step, StepState state, Optional<Text> note) {
    journal.step(task.operation(), position(step), step.key(), state, clock.instant(), note);
    surroundings.progress(task.operation(), task.module());
  }

  Outcome failed(Throwable failure) {
    Text reason = LifeCycle.reason(failure);
    report(failure);
    try {
      write(current, StepState.FAILED, Optional.of(reason));
      return restore(reason);
    } catch (Throwable again) {
      LifeCycle.passOn(again);
      return gaveUp(reason, again);
    }
  }

  /** What the life cycle itself found wanting is said in a line; the rest needs its trace. */
  private void report(Throwable failure) {
    if (failure instanceof StepFailure step && step.getCause() == null) {
      LOG.warn(
          "{} of module {} failed in step {}: {}",
          task.action(),
          task.module(),
          current.key(),
          step.getMessage());
    } else {
      LOG.warn(
          "{} of module {} failed in step {}",
          task.action(),
          task.module(),
          current.key(),
          failure);
    }
  }

  private Outcome restore(Text reason) {
    if (task.action() == ModuleAction.CONTRACT) {
      return keepTheWayBack(reason);
    }
    if (RecordsPlanner.isMeant(task.action())) {
      Outcome outcome =
          recovery.endRecords(journal.operation(task.operation()).orElseThrow(), reason);
      journal.end(task.operation(), outcome, clock.instant(), Optional.of(reason));
      return outcome;
    }
    system.settle(task.module(), ModuleState.ROLLING_BACK, Optional.of(reason));
    write(Steps.RESTORE, StepState.RUNNING, Optional.empty());
    Outcome outcome =
        recovery.takeBack(task.operation(), task.module(), migrated, switched, reason);
    write(Steps.RESTORE, StepState.DONE, Optional.empty());
    journal.end(task.operation(), outcome, clock.instant(), Optional.of(reason));
    return outcome;
  }

  /** The change was not made, so the version before can still live here. */
  private Outcome keepTheWayBack(Text reason) {
    ModuleRecord record = before.orElseThrow();
    journal.save(
        record.proving(Optional.empty()).in(record.state(), record.since(), Optional.of(reason)));
    journal.end(task.operation(), Outcome.FAILED, clock.instant(), Optional.of(reason));
    return Outcome.FAILED;
  }

  private Outcome gaveUp(Text reason, Throwable again) {
    try {
      if (again instanceof DatabaseUnavailableException) {
        // what it should be can't be read now: half of it takes no part until it can
        LOG.error("Module {} waits for the database to be put right", task.module(), again);
        if (switched) {
          host.drain(task.module(), Duration.ZERO);
        }
        return Outcome.FAILED;
      }
      LOG.error("Module {} could not be put right", task.module(), again);
      system.takeOut(task.module(), LifeCycle.reason(again));
      journal.end(task.operation(), Outcome.FAILED, clock.instant(), Optional.of(reason));
    } catch (RuntimeException database) {
      // the operation stays unfinished in the journal, and is recovered when that answers again
      LOG.error("The journal can't be written", database);
    }
    return Outcome.FAILED;
  }
}
