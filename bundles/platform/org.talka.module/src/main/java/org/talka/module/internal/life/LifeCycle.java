/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.life.ModuleHost.Hosted;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.module.internal.store.OperationRecord.Outcome;
import org.talka.module.internal.store.OperationRecord.StepState;

/**
 * Carries operations out, step by step, each written to the journal before it is taken.
 *
 * <p>A module's record says what is wanted; the step {@link Steps#COMMIT} changes it. Whatever
 * fails or is interrupted is put right by one thing, {@link #bringAbout}: it makes the running
 * system what the record says. Before the commit that takes the operation back, after it that
 * finishes it. One module is worked on by one thread at a time; the caller sees to that.
 */
public final class LifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(LifeCycle.class);

  /** How long calls that run in a module may take to finish. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Journal journal;
  private final ModuleHost host;
  private final Clock clock;
  private final BiConsumer<String, ModuleState> changed;

  /**
   * @param changed is told of every change of a module's state
   */
  public LifeCycle(
      Journal journal, ModuleHost host, Clock clock, BiConsumer<String, ModuleState> changed) {
    this.journal = journal;
    this.host = host;
    this.clock = clock;
    this.changed = changed;
  }

  /**
   * What to do.
   *
   * @param digest of the archive to run; of the one that runs for the actions that end it
   * @param location where its bundle is already, when somebody else installed it
   * @param titles the module's name by language
   */
  public record Task(
      String operation,
      ModuleAction action,
      String module,
      String version,
      String digest,
      Optional<String> location,
      Map<String, String> titles,
      String actor) {}

  /** Where the framework keeps a bundle that the life cycle installed. */
  static String location(String module, String digest) {
    return "talka:module:" + module + ":" + digest;
  }

  /** Writes the operation and its planned steps to the journal, so that it can't be forgotten. */
  public void begin(Task task) {
    journal.begin(
        task.operation(),
        task.module(),
        task.action(),
        task.digest(),
        task.actor(),
        clock.instant(),
        planned(task).stream().map(Steps::key).toList());
  }

  private List<Steps> planned(Task task) {
    return Steps.of(task.action(), replaces(task));
  }

  private boolean replaces(Task task) {
    return journal
        .module(task.module())
        .filter(record -> record.desired() != Desired.REMOVED)
        .filter(record -> !record.digest().equals(task.digest()))
        .isPresent();
  }

  /** Carries out what {@link #begin} wrote. Never throws; the journal says how it ended. */
  public Outcome run(Task task) {
    Run run = new Run(task, planned(task));
    try {
      switch (task.action()) {
        case INSTALL, UPDATE, ROLLBACK, ENABLE -> run.activate();
        case DISABLE -> run.end(Desired.DISABLED, ModuleState.DISABLED);
        case UNINSTALL -> run.end(Desired.REMOVED, ModuleState.REMOVED);
        case PURGE -> throw new StepFailure(Text.of("error.module.purge"));
      }
      journal.end(task.operation(), Outcome.SUCCEEDED, clock.instant(), Optional.empty());
      return Outcome.SUCCEEDED;
    } catch (RuntimeException | LinkageError failure) {
      return run.failed(failure);
    }
  }

  /** One operation on its way. */
  private final class Run {
    private final Task task;
    private final List<Steps> planned;
    private final Optional<ModuleRecord> before;
    private final List<String> migrated = new ArrayList<>();
    private final Map<Steps, Integer> positions = new EnumMap<>(Steps.class);
    private Steps current = Steps.COMMIT;

    Run(Task task, List<Steps> planned) {
      this.task = task;
      this.planned = planned;
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
      return before.filter(record -> record.committedBy().isPresent());
    }

    void activate() {
      journal.save(
          before.orElseGet(this::unknown).in(ModuleState.INSTALLING, clock.instant(), none()));
      changed.accept(task.module(), ModuleState.INSTALLING);
      List<Hosted> present = allOf(task.module());
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
      step(Steps.MIGRATE, () -> migrated.addAll(host.migrate(bundle[0])));
      List<Hosted> old = present.stream().filter(o -> o.bundle() != bundle[0]).toList();
      if (!old.isEmpty()) {
        phase(ModuleState.DRAINING);
        step(Steps.DRAIN, () -> old.forEach(this::drain));
        step(Steps.STOP, () -> old.forEach(o -> host.stop(o.bundle())));
      }
      phase(ModuleState.STARTING);
      step(Steps.START, () -> host.start(bundle[0]));
      step(Steps.JOIN, () -> host.join(task.module(), known().isEmpty(), upgradedFrom()));
      step(Steps.DECLARE, () -> host.declare(bundle[0], task.digest()));
      step(Steps.ADMIT, () -> host.admit(task.module()));
      step(Steps.COMMIT, () -> commitActive(where[0]));
      changed.accept(task.module(), ModuleState.ACTIVE);
      if (!old.isEmpty()) {
        step(Steps.CLEAN, () -> removeOthers(bundle[0]));
      }
    }

    private Optional<Text> none() {
      return Optional.empty();
    }

    private ModuleRecord unknown() {
      return new ModuleRecord(
          task.module(),
          task.version(),
          task.digest(),
          location(task.module(), task.digest()),
          Optional.empty(),
          Desired.REMOVED,
          ModuleState.STAGED,
          clock.instant(),
          none(),
          task.titles(),
          none().map(Text::key));
    }

    private Optional<String> upgradedFrom() {
      return known().map(ModuleRecord::version).filter(old -> !old.equals(task.version()));
    }

    private Hosted install(List<Hosted> others) {
      String location = location(task.module(), task.digest());
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
      Artifact artifact = artifact(task.digest());
      // the framework refuses two bundles of one name and version: the old one makes room
      for (Hosted other : others) {
        if (other.version().equals(task.version())) {
          drain(other);
          host.uninstall(other.bundle());
        }
      }
      return host.install(location, artifact.content());
    }

    private void drain(Hosted old) {
      if (!host.drain(task.module(), DRAIN)) {
        LOG.info("Calls in module {} did not return in time", task.module());
      }
      host.withdrawDeclarations(old.bundle());
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
              none(),
              task.titles(),
              Optional.of(task.operation())));
    }

    void end(Desired desired, ModuleState state) {
      ModuleRecord record = before.orElseThrow();
      step(
          Steps.COMMIT,
          () ->
              journal.save(
                  record
                      .wanting(desired, task.operation())
                      .in(ModuleState.DRAINING, clock.instant(), none())));
      changed.accept(task.module(), ModuleState.DRAINING);
      List<Hosted> bundles = allOf(task.module());
      step(Steps.DRAIN, () -> host.drain(task.module(), DRAIN));
      step(Steps.WITHDRAW, () -> bundles.forEach(b -> host.withdrawDeclarations(b.bundle())));
      step(Steps.STOP, () -> bundles.forEach(b -> host.stop(b.bundle())));
      if (desired == Desired.REMOVED) {
        step(Steps.UNINSTALL, () -> bundles.forEach(b -> host.uninstall(b.bundle())));
      }
      settle(task.module(), state, none());
    }

    private void phase(ModuleState state) {
      settle(task.module(), state, none());
    }

    private void step(Steps step, Runnable work) {
      current = step;
      write(step, StepState.RUNNING, none());
      work.run();
      write(step, StepState.DONE, note(step));
    }

    /** What undoing the step needs, should the server stop before the operation ends. */
    private Optional<Text> note(Steps step) {
      return step == Steps.MIGRATE && !migrated.isEmpty()
          ? Optional.of(Text.of("module.note.migrated", "changes", String.join(",", migrated)))
          : none();
    }

    private void write(Steps step, StepState state, Optional<Text> note) {
      journal.step(task.operation(), position(step), step.key(), state, clock.instant(), note);
    }

    Outcome failed(Throwable failure) {
      Text reason = reason(failure);
      report(failure);
      try {
        write(current, StepState.FAILED, Optional.of(reason));
        return restore(reason);
      } catch (RuntimeException | LinkageError again) {
        LOG.error("Module {} could not be put right", task.module(), again);
        return gaveUp(reason);
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
      settle(task.module(), ModuleState.ROLLING_BACK, Optional.of(reason));
      write(Steps.RESTORE, StepState.RUNNING, none());
      Outcome outcome = takeBack(task.operation(), task.module(), migrated, reason);
      write(Steps.RESTORE, StepState.DONE, none());
      journal.end(task.operation(), outcome, clock.instant(), Optional.of(reason));
      return outcome;
    }

    private Outcome gaveUp(Text reason) {
      try {
        takeOut(task.module(), reason);
        journal.end(task.operation(), Outcome.FAILED, clock.instant(), Optional.of(reason));
      } catch (RuntimeException database) {
        // the operation stays unfinished in the journal; the next start takes it up
        LOG.error("The journal can't be written", database);
      }
      return Outcome.FAILED;
    }
  }

  /** Makes the system what the record says, and says whether that is before or after. */
  private Outcome takeBack(String operation, String module, List<String> migrated, Text reason) {
    ModuleRecord record = journal.module(module).orElseThrow();
    boolean committed = record.committedBy().filter(operation::equals).isPresent();
    if (!committed) {
      host.drain(module, Duration.ZERO);
      if (!migrated.isEmpty()) {
        // the schema can only go back when nobody of the new version is left to use it
        removeOthers(module, record);
        host.undoMigration(module, migrated);
      }
    }
    bringAbout(record, committed ? Optional.empty() : Optional.of(reason));
    return committed ? Outcome.SUCCEEDED : Outcome.ROLLED_BACK;
  }

  private void removeOthers(String module, ModuleRecord keep) {
    for (Hosted hosted : allOf(module)) {
      if (keep.desired() == Desired.REMOVED || !hosted.location().equals(keep.location())) {
        host.withdrawDeclarations(hosted.bundle());
        host.uninstall(hosted.bundle());
      }
    }
  }

  /**
   * Makes the running system what the record says; does nothing where it is so already.
   *
   * @param why what to tell the administrator, if something went wrong before
   */
  public void bringAbout(ModuleRecord record, Optional<Text> why) {
    removeOthers(record.id(), record);
    switch (record.desired()) {
      case REMOVED -> {
        boolean wasNever = record.committedBy().isEmpty();
        settle(record.id(), wasNever ? ModuleState.FAILED : ModuleState.REMOVED, why);
      }
      case DISABLED -> {
        Hosted hosted = installed(record);
        host.drain(record.id(), DRAIN);
        host.withdrawDeclarations(hosted.bundle());
        host.stop(hosted.bundle());
        settle(record.id(), ModuleState.DISABLED, why);
      }
      case ACTIVE -> {
        Hosted hosted = installed(record);
        host.resolve(hosted.bundle());
        host.start(hosted.bundle());
        host.declare(hosted.bundle(), record.digest());
        host.admit(record.id());
        settle(record.id(), ModuleState.ACTIVE, why);
      }
    }
  }

  /** The record's bundle, installed again from its archive when the framework has lost it. */
  private Hosted installed(ModuleRecord record) {
    for (Hosted hosted : allOf(record.id())) {
      if (hosted.location().equals(record.location())) {
        return hosted;
      }
    }
    String location = location(record.id(), record.digest());
    Hosted hosted = host.install(location, artifact(record.digest()).content());
    journal.module(record.id()).ifPresent(now -> journal.save(now.at(location)));
    return hosted;
  }

  private Artifact artifact(String digest) {
    return journal
        .artifact(digest)
        .orElseThrow(() -> new StepFailure(Text.of("error.module.artifact")));
  }

  private void removeOthers(long keep) {
    host.hosted().stream()
        .filter(hosted -> hosted.bundle() == keep)
        .findFirst()
        .ifPresent(
            kept -> {
              for (Hosted hosted : allOf(kept.module())) {
                if (hosted.bundle() != keep) {
                  host.withdrawDeclarations(hosted.bundle());
                  host.uninstall(hosted.bundle());
                }
              }
            });
  }

  private List<Hosted> allOf(String module) {
    return host.hosted().stream().filter(hosted -> hosted.module().equals(module)).toList();
  }

  private void settle(String module, ModuleState state, Optional<Text> why) {
    journal
        .module(module)
        .ifPresent(record -> journal.save(record.in(state, clock.instant(), why)));
    changed.accept(module, state);
  }

  static Text reason(Throwable failure) {
    if (failure instanceof StepFailure step) {
      return step.reason();
    }
    if (failure instanceof DomainException refusal) {
      return refusal.fieldErrors().isEmpty()
          ? refusal.text()
          : refusal.fieldErrors().get(0).message();
    }
    return Text.of("error.module.step", "reason", failure.getClass().getSimpleName());
  }

  /** At the start of the server: ends what was interrupted, and makes everything as wanted. */
  public void reconcile() {
    for (OperationRecord operation : journal.unfinished()) {
      recover(operation);
    }
    for (ModuleRecord record : journal.modules()) {
      if (!settledNow(record)) {
        reconcile(record);
      }
    }
  }

  private boolean settledNow(ModuleRecord record) {
    return record.desired() == Desired.REMOVED
        && record.state() != ModuleState.DRAINING
        && allOf(record.id()).isEmpty();
  }

  private void reconcile(ModuleRecord record) {
    try {
      bringAbout(record, record.state() == ModuleState.ACTIVE ? Optional.empty() : record.reason());
    } catch (RuntimeException | LinkageError failure) {
      LOG.error("Module {} can't be made {}", record.id(), record.desired(), failure);
      takeOut(record.id(), reason(failure));
    }
  }

  /** It can't be had as it should be: nothing of it may take part half. */
  private void takeOut(String module, Text reason) {
    host.drain(module, Duration.ZERO);
    for (Hosted hosted : allOf(module)) {
      host.withdrawDeclarations(hosted.bundle());
      host.stop(hosted.bundle());
    }
    settle(module, ModuleState.FAILED, Optional.of(reason));
  }

  private void recover(OperationRecord operation) {
    Text reason = Text.of("module.reason.interrupted");
    try {
      Outcome outcome = Outcome.ROLLED_BACK;
      if (journal.module(operation.module()).isPresent()) {
        outcome = takeBack(operation.id(), operation.module(), migratedBy(operation.id()), reason);
      }
      journal.end(
          operation.id(),
          outcome,
          clock.instant(),
          outcome == Outcome.SUCCEEDED ? Optional.empty() : Optional.of(reason));
    } catch (RuntimeException | LinkageError failure) {
      LOG.error("Module {} could not be put right", operation.module(), failure);
      takeOut(operation.module(), reason(failure));
      journal.end(operation.id(), Outcome.FAILED, clock.instant(), Optional.of(reason(failure)));
    }
  }

  private List<String> migratedBy(String operation) {
    return journal
        .operation(operation)
        .flatMap(
            full ->
                full.steps().stream()
                    .filter(step -> step.step().equals(Steps.MIGRATE.key()))
                    .findFirst())
        .flatMap(OperationRecord.Step::note)
        .map(note -> List.of(note.args().getOrDefault("changes", "").split(",")))
        .orElse(List.of());
  }
}
