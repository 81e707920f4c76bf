/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.security.Audit;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;

/**
 * Begins operations on modules and carries them out on threads of its own: takes every module that
 * one touches, has the {@link LifeCycle} do it, compares the outcome with the plan, and lets go.
 */
final class OperationEngine {
  private static final Logger LOG = LoggerFactory.getLogger(OperationEngine.class);

  /** How long somebody who wants a module waits for one who has just ended with it. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final BundleContext context;
  private final Journal journal;
  private final LifeCycle lifeCycle;
  private final Dependencies dependencies;
  private final Busy busy;
  private final Workers workers;
  private final PlanComparison comparison;
  private final Audit audit;
  private final Views views;
  private final Consumer<Set<String>> afterwards;

  /**
   * @param busy modules that somebody works on
   * @param afterwards is told of the modules that an operation has touched
   */
  OperationEngine(
      BundleContext context,
      Journal journal,
      LifeCycle lifeCycle,
      Dependencies dependencies,
      Busy busy,
      Workers workers,
      PlanComparison comparison,
      Audit audit,
      Views views,
      Consumer<Set<String>> afterwards) {
    this.context = context;
    this.journal = journal;
    this.lifeCycle = lifeCycle;
    this.dependencies = dependencies;
    this.busy = busy;
    this.workers = workers;
    this.comparison = comparison;
    this.audit = audit;
    this.views = views;
    this.afterwards = afterwards;
  }

  /** For what the framework shows, and nobody has planned: gives way to whoever is there. */
  void begin(LifeCycle.Task task, Runnable check) {
    begin(task, List.of(), Optional.empty(), Duration.ZERO, check);
  }

  /**
   * Takes every module that is touched, writes the operation down and lets a worker carry it out.
   *
   * @param before what is done first, to modules that this one needs
   * @param plan what an administrator was told
   * @param patience how long is waited for somebody else who has one of the modules
   * @param check is run once the modules are ours and nobody else can change them
   */
  void begin(
      LifeCycle.Task task,
      List<PlanBody> before,
      Optional<PlanBody> plan,
      Duration patience,
      Runnable check) {
    Set<String> touched = touched(task.module(), before);
    busy.take(touched, task.operation(), patience)
        .ifPresent(
            module -> {
              throw DomainException.conflict("error.module.busy", "module", module);
            });
    try {
      lifeCycle.unfinished().stream()
          .map(OperationRecord::module)
          .filter(touched::contains)
          .findFirst()
          .ifPresent(
              module -> {
                // cut off with the database; it is put right first
                throw DomainException.conflict("error.module.busy", "module", module);
              });
      check.run();
      audit(task, "started");
      lifeCycle.begin(task);
      workers.execute(() -> carryOut(task, before, plan, touched));
    } catch (RuntimeException refused) {
      busy.free(touched);
      throw refused;
    }
  }

  /** What the desk itself wants; when somebody works on the module it waits for another time. */
  void begunByItself(LifeCycle.Task task) {
    try {
      begin(task, List.of(), Optional.empty(), Duration.ZERO, () -> {});
    } catch (DomainException other) {
      LOG.info("{} of module {} waits: {}", task.action(), task.module(), other.getMessage());
    }
  }

  /** Something to be done with the version that is here. */
  static LifeCycle.Task task(
      ModuleAction action, ModuleRecord module, String actor, Optional<Text> reason) {
    return new LifeCycle.Task(
        UUID.randomUUID().toString(),
        action,
        module.id(),
        module.version(),
        module.digest(),
        Optional.empty(),
        module.titles(),
        actor,
        reason,
        List.of());
  }

  /** The module, those that need it, and those that come before it with theirs. */
  private Set<String> touched(String module, List<PlanBody> before) {
    Set<String> touched = new TreeSet<>(dependencies.dependents(module));
    touched.add(module);
    for (PlanBody other : before) {
      touched.add(other.module());
      touched.addAll(dependencies.dependents(other.module()));
    }
    return touched;
  }

  private void carryOut(
      LifeCycle.Task task, List<PlanBody> before, Optional<PlanBody> plan, Set<String> touched) {
    try {
      workers.asCore(
          () -> {
            Precursors precursors = precursors();
            Optional<Text> failed = precursors.carryOut(before, task.actor());
            if (failed.isPresent()) {
              lifeCycle.giveUp(task, failed.get());
              audit(task, Views.lower(OperationRecord.Outcome.ROLLED_BACK));
            } else if (perform(task, plan) != OperationRecord.Outcome.SUCCEEDED) {
              precursors.takeBack(task.actor());
            }
          });
    } catch (RuntimeException failure) {
      LOG.error("Operation {} on {} ended badly", task.operation(), task.module(), failure);
    } finally {
      busy.free(touched);
    }
    afterwards.accept(touched);
  }

  private OperationRecord.Outcome perform(LifeCycle.Task task, Optional<PlanBody> plan) {
    try (PlanWatch watched = new PlanWatch(context, task.module(), busy::has)) {
      OperationRecord.Outcome outcome = lifeCycle.run(task);
      if (outcome == OperationRecord.Outcome.SUCCEEDED) {
        plan.ifPresent(said -> comparison.compare(task, said, watched));
      }
      audit(task, Views.lower(outcome));
      return outcome;
    }
  }

  /** What came before an operation that was cut off and taken back is taken back, too. */
  void recall(OperationRecord cutOff) {
    Optional<PlanBody> plan =
        Optional.ofNullable(journal.plansOf(List.of(cutOff.id())).get(cutOff.id()))
            .map(stored -> PlanBody.read(stored.body()))
            .filter(body -> !body.also().isEmpty());
    boolean takenBack =
        journal
            .operation(cutOff.id())
            .filter(now -> now.outcome() != OperationRecord.Outcome.RUNNING)
            .filter(now -> now.outcome() != OperationRecord.Outcome.SUCCEEDED)
            .isPresent();
    if (plan.isEmpty() || !takenBack) {
      return;
    }
    List<PlanBody> before = plan.get().also();
    Set<String> touched = touched(cutOff.module(), before);
    Optional<String> inTheWay = busy.take(touched, cutOff.id(), PATIENCE);
    if (inTheWay.isPresent()) {
      LOG.warn("What came before {} stays: module {} is busy", cutOff.id(), inTheWay.get());
      return;
    }
    try {
      workers.asCore(
          () -> {
            Precursors precursors = precursors();
            precursors.remember(before, cutOff.startedAt());
            precursors.takeBack(cutOff.actor());
          });
    } catch (RuntimeException failure) {
      LOG.error("What came before {} could not be taken back", cutOff.id(), failure);
    } finally {
      busy.free(touched);
    }
  }

  private Precursors precursors() {
    return new Precursors(journal, lifeCycle, this::perform, views::text);
  }

  private void audit(LifeCycle.Task task, String outcome) {
    audit.recordAlways(
        "module." + Views.lower(task.action()) + "." + outcome,
        "module:" + task.module(),
        Map.of(
            "operation", task.operation(),
            "version", task.version(),
            "digest", task.digest(),
            "actor", task.actor()));
  }
}
