/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.DatabaseUnavailableException;
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
  private final Surroundings surroundings;
  private final ApiBundles apis;

  /** Operations that can still be cancelled, and whether they were. */
  private final Map<String, Boolean> cancellable = new ConcurrentHashMap<>();

  public LifeCycle(Journal journal, ModuleHost host, Clock clock, Surroundings surroundings) {
    this.journal = journal;
    this.host = host;
    this.clock = clock;
    this.surroundings = surroundings;
    this.apis = new ApiBundles(host, surroundings::apis);
  }

  /**
   * What to do.
   *
   * @param digest of the archive to run; of the one that runs for the actions that end it
   * @param location where its bundle is already, when somebody else installed it
   * @param titles the module's name by language
   * @param reason why nobody but the life cycle itself wants it
   * @param undo database changes to take back once the version that made them is gone
   */
  public record Task(
      String operation,
      ModuleAction action,
      String module,
      String version,
      String digest,
      Optional<String> location,
      Map<String, String> titles,
      String actor,
      Optional<Text> reason,
      List<String> undo) {

    /** What an administrator wants. */
    public Task(
        String operation,
        ModuleAction action,
        String module,
        String version,
        String digest,
        Optional<String> location,
        Map<String, String> titles,
        String actor) {
      this(
          operation,
          action,
          module,
          version,
          digest,
          location,
          titles,
          actor,
          Optional.empty(),
          List.of());
    }
  }

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
    if (Steps.of(task.action(), false).contains(Steps.MIGRATE)) {
      cancellable.put(task.operation(), false);
    }
    Halt.after("BEGIN");
  }

  private List<Steps> planned(Task task) {
    List<Steps> steps = new ArrayList<>(Steps.of(task.action(), replaces(task)));
    if (!task.undo().isEmpty()) {
      steps.add(Steps.UNDO);
    }
    return steps;
  }

  private boolean replaces(Task task) {
    return journal
        .module(task.module())
        .filter(record -> record.desired() != Desired.REMOVED)
        .filter(record -> !record.digest().equals(task.digest()))
        .isPresent();
  }

  /**
   * Lets an operation end before it touches what runs.
   *
   * @return whether it is not too late
   */
  public boolean cancel(String operation) {
    return cancellable.computeIfPresent(operation, (id, was) -> true) != null;
  }

  /** Carries out what {@link #begin} wrote. Never throws; the journal says how it ended. */
  public Outcome run(Task task) {
    Run run = null;
    try {
      run = new Run(task, planned(task));
      run.carryOut();
      Halt.before("END");
      journal.end(task.operation(), Outcome.SUCCEEDED, clock.instant(), task.reason());
      return Outcome.SUCCEEDED;
    } catch (Throwable failure) { // a module's code may throw anything
      passOn(failure);
      return run == null ? unknown(task, failure) : run.failed(failure);
    } finally {
      cancellable.remove(task.operation());
      surroundings.progress(task.operation(), task.module());
    }
  }

  /** The machine's own trouble is nobody's to handle; a stack overflow is the module's. */
  private static void passOn(Throwable failure) {
    if (failure instanceof VirtualMachineError machine
        && !(failure instanceof StackOverflowError)) {
      throw machine;
    }
  }

  private static Outcome unknown(Task task, Throwable failure) {
    // the operation stays unfinished in the journal and is taken up when that can be read again
    LOG.error("{} of module {} can't begin", task.action(), task.module(), failure);
    return Outcome.FAILED;
  }

  /** One operation on its way. */
  private final class Run {
    private final Task task;
    private final List<Steps> planned;
    private final Optional<ModuleRecord> before;
    private final Map<Steps, Integer> positions = new EnumMap<>(Steps.class);
    private List<String> migrated = List.of();
    private Optional<Text> remark = Optional.empty();
    private Steps current = Steps.COMMIT;

    /** Whether what ran before has been touched. */
    private boolean switched;

    Run(Task task, List<Steps> planned) {
      this.task = task;
      this.planned = planned;
      this.before = journal.module(task.module());
      this.planned.forEach(this::position);
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
      step(Steps.START, () -> start(task.module(), bundle[0]));
      step(Steps.JOIN, () -> host.join(task.module(), known().isEmpty(), upgradedFrom()));
      step(Steps.DECLARE, () -> host.declare(bundle[0], task.digest()));
      step(Steps.ADMIT, () -> host.admit(task.module()));
      step(Steps.COMMIT, () -> commitActive(where[0]));
      surroundings.changed(task.module(), ModuleState.ACTIVE);
      if (!old.isEmpty()) {
        step(Steps.CLEAN, () -> removeOthers(bundle[0], task.module()));
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
          location(task.module(), task.digest()),
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
          touch();
          drain();
          free(host.uninstall(other.bundle()));
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
      surroundings.leaving(task.module(), DRAIN);
      if (!host.drain(task.module(), DRAIN)) {
        LOG.info("Calls in module {} did not return in time", task.module());
      }
    }

    private void stop(Hosted old) {
      free(host.stop(old.bundle()));
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
      List<Hosted> bundles = allOf(task.module());
      step(Steps.DRAIN, this::drain);
      step(Steps.WITHDRAW, () -> host.withdrawDeclarations(task.module()));
      step(Steps.STOP, () -> remark = freed(bundles, host::stop));
      if (desired == Desired.REMOVED) {
        step(
            Steps.UNINSTALL,
            () -> {
              remark = freed(bundles, host::uninstall);
              apis.clear(task.module(), journal::artifact, Optional.empty());
            });
      }
      settle(task.module(), state, remark);
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
            freed(allOf(task.module()), host::stop);
            // what it has kept in memory may be why it goes
            allOf(task.module()).forEach(hosted -> host.unload(hosted.bundle()));
          });
      settle(task.module(), ModuleState.QUARANTINED, task.reason());
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
      step(Steps.CONTRACT, () -> host.contract(running(record).bundle()));
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
      settle(task.module(), ModuleState.PURGED, Optional.empty());
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
          () ->
              journal.save(kept(found[0], ModuleState.REMOVED).by(Optional.of(task.operation()))));
      surroundings.changed(task.module(), ModuleState.REMOVED);
    }

    private ModuleRecord kept(Records.Inspection found, ModuleState state) {
      return new ModuleRecord(
          found.module(),
          found.version(),
          found.digest(),
          location(found.module(), found.digest()),
          Optional.empty(),
          Desired.REMOVED,
          state,
          clock.instant(),
          Optional.empty(),
          found.titles(),
          Optional.empty());
    }

    private void phase(ModuleState state) {
      settle(task.module(), state, Optional.empty());
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
      Text reason = reason(failure);
      report(failure);
      try {
        write(current, StepState.FAILED, Optional.of(reason));
        return restore(reason);
      } catch (Throwable again) {
        passOn(again);
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
        Outcome outcome = endRecords(journal.operation(task.operation()).orElseThrow(), reason);
        journal.end(task.operation(), outcome, clock.instant(), Optional.of(reason));
        return outcome;
      }
      settle(task.module(), ModuleState.ROLLING_BACK, Optional.of(reason));
      write(Steps.RESTORE, StepState.RUNNING, Optional.empty());
      Outcome outcome = takeBack(task.operation(), task.module(), migrated, switched, reason);
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
        takeOut(task.module(), reason(again));
        journal.end(task.operation(), Outcome.FAILED, clock.instant(), Optional.of(reason));
      } catch (RuntimeException database) {
        // the operation stays unfinished in the journal, and is recovered when that answers again
        LOG.error("The journal can't be written", database);
      }
      return Outcome.FAILED;
    }
  }

  private void start(String module, long bundle) {
    surroundings.starting(module);
    try {
      host.start(bundle);
    } finally {
      surroundings.started(module);
    }
  }

  private static void free(boolean free) {
    if (!free) {
      throw new StepFailure(Text.of("error.module.stuck"));
    }
  }

  /** Something done to all bundles; a remark for the administrator if one does not let go. */
  private static Optional<Text> freed(List<Hosted> bundles, java.util.function.LongPredicate what) {
    boolean free = true;
    for (Hosted hosted : bundles) {
      free &= what.test(hosted.bundle());
    }
    return free ? Optional.empty() : Optional.of(Text.of("error.module.stuck"));
  }

  /**
   * Makes the system what the record says, and says whether that is before or after.
   *
   * @param switched whether the operation had begun to touch what ran before
   */
  private Outcome takeBack(
      String operation, String module, List<String> migrated, boolean switched, Text reason) {
    ModuleRecord record = journal.module(module).orElseThrow();
    if (record.committedBy().filter(operation::equals).isPresent()) {
      return finish(operation, record);
    }
    if (switched) {
      host.drain(module, Duration.ZERO);
    }
    // the schema can only go back when nobody of the new version is left to use it
    removeOthers(record);
    Optional<Text> stays =
        migrated.isEmpty() ? Optional.empty() : host.undoMigration(module, migrated);
    stays.ifPresent(why -> LOG.warn("Database changes of module {} stay: {}", module, why));
    bringAbout(record, Optional.of(reason));
    return Outcome.ROLLED_BACK;
  }

  /** What comes after the commit. */
  private Outcome finish(String operation, ModuleRecord record) {
    OperationRecord written = journal.operation(operation).orElseThrow();
    if (written.action() == ModuleAction.CONTRACT) {
      bringAbout(record, record.reason());
      try {
        host.contract(running(record).bundle());
        return Outcome.SUCCEEDED;
      } catch (StepFailure refused) {
        // the schema is as before, with which the version that runs lives as well
        LOG.warn("Contract changes of module {} were not made", record.id(), refused);
        settle(record.id(), record.state(), Optional.of(refused.reason()));
        return Outcome.FAILED;
      }
    }
    bringAbout(record, record.desired() == Desired.ACTIVE ? record.reason() : Optional.empty());
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
  private Outcome endRecords(OperationRecord operation, Text reason) {
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
      settle(operation.module(), ModuleState.REMOVED, Optional.of(reason));
      return Outcome.FAILED;
    }
    records.discard(operation.id(), operation.module());
    settle(operation.module(), ModuleState.PURGED, Optional.empty());
    return Outcome.SUCCEEDED;
  }

  private static boolean begun(OperationRecord operation, Steps step) {
    return operation.steps().stream()
        .anyMatch(taken -> taken.step().equals(step.key()) && taken.state() != StepState.PENDING);
  }

  private void removeOthers(ModuleRecord keep) {
    for (Hosted hosted : allOf(keep.id())) {
      if (keep.desired() == Desired.REMOVED || !hosted.location().equals(keep.location())) {
        remove(hosted);
      }
    }
    clearApis(keep);
  }

  private void clearApis(ModuleRecord keep) {
    apis.clear(
        keep.id(),
        journal::artifact,
        keep.desired() == Desired.REMOVED ? Optional.empty() : Optional.of(keep.digest()));
  }

  /** One that does not let go stays where it is; it takes no part and goes with the next start. */
  private void remove(Hosted hosted) {
    if (!host.uninstall(hosted.bundle())) {
      LOG.warn("Bundle {} of module {} does not end", hosted.bundle(), hosted.module());
    }
  }

  /**
   * Makes the running system what the record says; does nothing where it is so already.
   *
   * @param why what to tell the administrator, if something went wrong before
   */
  public void bringAbout(ModuleRecord record, Optional<Text> why) {
    removeOthers(record);
    switch (record.desired()) {
      case REMOVED -> {
        host.drain(record.id(), Duration.ZERO);
        host.withdrawDeclarations(record.id());
        boolean wasNever = record.committedBy().isEmpty();
        settle(record.id(), wasNever ? ModuleState.FAILED : ModuleState.REMOVED, why);
      }
      case DISABLED -> {
        Hosted hosted = installed(record);
        host.drain(record.id(), DRAIN);
        host.withdrawDeclarations(record.id());
        host.stop(hosted.bundle());
        settle(record.id(), ModuleState.DISABLED, why);
      }
      case ACTIVE -> {
        if (record.quarantine().isPresent()) {
          hold(record.id(), ModuleState.QUARANTINED, record.quarantine());
        } else {
          activate(record);
          settle(record.id(), ModuleState.ACTIVE, why);
        }
      }
    }
  }

  private void activate(ModuleRecord record) {
    Hosted hosted = installed(record);
    host.resolve(hosted.bundle());
    host.migrate(hosted.bundle());
    start(record.id(), hosted.bundle());
    host.declare(hosted.bundle(), record.digest());
    host.admit(record.id());
  }

  /** Its bundle stays, its code does not run. */
  private void hold(String module, ModuleState state, Optional<Text> why) {
    host.drain(module, Duration.ZERO);
    host.withdrawDeclarations(module);
    for (Hosted hosted : allOf(module)) {
      host.stop(hosted.bundle());
    }
    settle(module, state, why);
  }

  private Hosted running(ModuleRecord record) {
    return find(record).orElseThrow(() -> new StepFailure(Text.of("error.module.gone")));
  }

  private Optional<Hosted> find(ModuleRecord record) {
    return allOf(record.id()).stream()
        .filter(hosted -> hosted.location().equals(record.location()))
        .findFirst();
  }

  /** The record's bundle, installed again from its archive when the framework has lost it. */
  private Hosted installed(ModuleRecord record) {
    journal.artifact(record.digest()).ifPresent(apis::bring);
    Optional<Hosted> there = find(record);
    if (there.isPresent() && !exchanged(there.get(), record)) {
      return there.get();
    }
    there.ifPresent(other -> free(host.uninstall(other.bundle())));
    String location = location(record.id(), record.digest());
    Hosted hosted = host.install(location, surroundings.bundle(artifact(record.digest())));
    journal.module(record.id()).ifPresent(now -> journal.save(now.at(location)));
    return hosted;
  }

  /** Somebody has updated its bundle in place: the database says what the module is. */
  private boolean exchanged(Hosted hosted, ModuleRecord record) {
    boolean other =
        journal
            .artifact(record.digest())
            .filter(artifact -> host.differs(hosted.bundle(), surroundings.bundle(artifact)))
            .isPresent();
    if (other) {
      LOG.warn("Bundle {} has not the content of module {}", hosted.bundle(), record.id());
    }
    return other;
  }

  private Artifact artifact(String digest) {
    return journal
        .artifact(digest)
        .orElseThrow(() -> new StepFailure(Text.of("error.module.artifact")));
  }

  private void removeOthers(long keep, String module) {
    for (Hosted hosted : allOf(module)) {
      if (hosted.bundle() != keep) {
        remove(hosted);
      }
    }
  }

  private List<Hosted> allOf(String module) {
    return host.hosted().stream().filter(hosted -> hosted.module().equals(module)).toList();
  }

  private void settle(String module, ModuleState state, Optional<Text> why) {
    journal
        .module(module)
        .ifPresent(record -> journal.save(record.in(state, clock.instant(), why)));
    surroundings.changed(module, state);
  }

  /** Why something failed, in words for an administrator. */
  public static Text reason(Throwable failure) {
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
    modules().forEach(this::reconcile);
  }

  /** All modules that anything is known of, be it only an operation that was cut off. */
  public List<String> modules() {
    Set<String> ids = new TreeSet<>();
    journal.modules().forEach(record -> ids.add(record.id()));
    journal.unfinished().forEach(operation -> ids.add(operation.module()));
    return List.copyOf(ids);
  }

  /** The version that runs has proved itself. */
  public void trust(String module) {
    journal.module(module).ifPresent(record -> journal.save(record.proving(Optional.empty())));
  }

  /** What was to come before an operation could not be had: it ends without having begun. */
  public void giveUp(Task task, Text reason) {
    cancellable.remove(task.operation());
    journal.end(task.operation(), Outcome.ROLLED_BACK, clock.instant(), Optional.of(reason));
    surroundings.progress(task.operation(), task.module());
  }

  /** What it needs goes: it is wanted, but does not run until that is back. */
  public void suspend(String module, Text reason, Duration wait) {
    if (!host.drain(module, wait)) {
      LOG.info("Calls in module {} did not return in time", module);
    }
    waitFor(module, reason);
  }

  /** A module was stopped by somebody else: it is wanted, but does not run. */
  public void waitFor(String module, Text reason) {
    hold(module, ModuleState.WAITING, Optional.of(reason));
  }

  /** The database changes that came with the version that a module has now. */
  public List<String> migratedBy(ModuleRecord record) {
    return record
        .committedBy()
        .flatMap(journal::operation)
        .map(operation -> Noted.changes(operation, Steps.MIGRATE))
        .orElse(List.of());
  }

  /**
   * At the start of the server, for one module: ends what was interrupted, and makes it as wanted.
   * What is wrong with it stays with it.
   */
  public void reconcile(String module) {
    recover(module);
    journal.module(module).filter(record -> !settledNow(record)).ifPresent(this::reconcile);
  }

  private boolean settledNow(ModuleRecord record) {
    return record.desired() == Desired.REMOVED
        && record.state() != ModuleState.DRAINING
        && allOf(record.id()).isEmpty();
  }

  private void reconcile(ModuleRecord record) {
    try {
      if (record.desired() == Desired.ACTIVE && record.quarantine().isEmpty()) {
        host.expect(record.id());
        Optional<Surroundings.Veto> veto = surroundings.veto(record);
        if (veto.isPresent()) {
          leaveOut(record, veto.get());
          return;
        }
      }
      // what kept it from running is over once it runs; what was said of it while it ran is not
      boolean over = record.desired() == Desired.ACTIVE && record.state() != ModuleState.ACTIVE;
      bringAbout(record, over ? Optional.empty() : record.reason());
    } catch (Throwable failure) {
      passOn(failure);
      LOG.error("Module {} can't be made {}", record.id(), record.desired(), failure);
      takeOut(record.id(), reason(failure));
    }
  }

  private void leaveOut(ModuleRecord record, Surroundings.Veto veto) {
    LOG.warn("Module {} is not started: {}", record.id(), veto.reason());
    if (veto.lasting()) {
      journal.save(record.quarantined(Optional.of(veto.reason())));
      hold(record.id(), ModuleState.QUARANTINED, Optional.of(veto.reason()));
    } else {
      hold(record.id(), ModuleState.WAITING, Optional.of(veto.reason()));
    }
  }

  /** It can't be had as it should be: nothing of it may take part half. */
  private void takeOut(String module, Text reason) {
    try {
      hold(module, ModuleState.FAILED, Optional.of(reason));
    } catch (DatabaseUnavailableException away) {
      throw away;
    } catch (RuntimeException | LinkageError again) {
      LOG.error("Module {} could not be taken out", module, again);
      settle(module, ModuleState.FAILED, Optional.of(reason));
    }
  }

  /**
   * Ends the operations of a module that were cut off, by the end of the server or of the database.
   *
   * @return whether there was any
   */
  public boolean recover(String module) {
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
  public List<OperationRecord> unfinished() {
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
      passOn(failure);
      LOG.error("Module {} could not be put right", operation.module(), failure);
      takeOut(operation.module(), reason(failure));
      journal.end(operation.id(), Outcome.FAILED, clock.instant(), Optional.of(reason(failure)));
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
}
