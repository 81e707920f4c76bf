/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.module.internal.store.OperationRecord.Outcome;

/**
 * Carries operations out, step by step, each written to the journal before it is taken.
 *
 * <p>A module's record says what is wanted; the step {@link Steps#COMMIT} changes it. Whatever
 * fails or is interrupted is put right by one thing, {@link DesiredState}: it makes the running
 * system what the record says. Before the commit that takes the operation back, after it that
 * finishes it. One module is worked on by one thread at a time; the caller sees to that.
 */
public final class LifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(LifeCycle.class);

  /** How long calls that run in a module may take to finish. */
  static final Duration DRAIN = Duration.ofSeconds(10);

  private final Journal journal;
  private final ModuleHost host;
  private final Clock clock;
  private final Surroundings surroundings;
  private final ApiBundles apis;
  private final DesiredState system;
  private final Recovery recovery;

  /** Operations that can still be cancelled, and whether they were. */
  private final Map<String, Boolean> cancellable = new ConcurrentHashMap<>();

  public LifeCycle(Journal journal, ModuleHost host, Clock clock, Surroundings surroundings) {
    this.journal = journal;
    this.host = host;
    this.clock = clock;
    this.surroundings = surroundings;
    this.apis = new ApiBundles(host, surroundings::apis);
    this.system = new DesiredState(journal, host, clock, surroundings, apis);
    this.recovery = new Recovery(journal, host, clock, surroundings, system);
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
    OperationRun run = null;
    try {
      run =
          new OperationRun(
              task,
              planned(task),
              journal,
              host,
              clock,
              surroundings,
              apis,
              system,
              recovery,
              cancellable);
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
  static void passOn(Throwable failure) {
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
    system.hold(module, ModuleState.WAITING, Optional.of(reason));
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
   * Ends the operations of a module that were cut off, by the end of the server or of the database.
   *
   * @return whether there was any
   */
  public boolean recover(String module) {
    return recovery.recover(module);
  }

  /** Operations that did not end; those that run now are among them. */
  public List<OperationRecord> unfinished() {
    return recovery.unfinished();
  }

  /**
   * At the start of the server, for one module: ends what was interrupted, and makes it as wanted.
   * What is wrong with it stays with it.
   */
  public void reconcile(String module) {
    recovery.recover(module);
    journal.module(module).filter(record -> !settledNow(record)).ifPresent(this::reconcile);
  }

  private boolean settledNow(ModuleRecord record) {
    return record.desired() == Desired.REMOVED
        && record.state() != ModuleState.DRAINING
        && system.allOf(record.id()).isEmpty();
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
      system.bringAbout(record, over ? Optional.empty() : record.reason());
    } catch (Throwable failure) {
      passOn(failure);
      LOG.error("Module {} can't be made {}", record.id(), record.desired(), failure);
      system.takeOut(record.id(), reason(failure));
    }
  }

  private void leaveOut(ModuleRecord record, Surroundings.Veto veto) {
    LOG.warn("Module {} is not started: {}", record.id(), veto.reason());
    if (veto.lasting()) {
      journal.save(record.quarantined(Optional.of(veto.reason())));
      system.hold(record.id(), ModuleState.QUARANTINED, Optional.of(veto.reason()));
    } else {
      system.hold(record.id(), ModuleState.WAITING, Optional.of(veto.reason()));
    }
  }
}
