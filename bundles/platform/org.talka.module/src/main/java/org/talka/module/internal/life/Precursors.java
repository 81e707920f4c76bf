/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;

/**
 * What one plan does to other modules before its own: operations like any other, one after the
 * other, and taken back in reverse when one of them, or the one that they are for, fails. For one
 * operation, on one thread.
 */
final class Precursors {
  private final Journal journal;
  private final LifeCycle lifeCycle;
  private final BiFunction<LifeCycle.Task, Optional<PlanBody>, OperationRecord.Outcome> perform;
  private final BiFunction<Text, Locale, String> words;
  private final Deque<PlanBody> done = new ArrayDeque<>();

  /**
   * @param perform carries out an operation that has been begun
   */
  Precursors(
      Journal journal,
      LifeCycle lifeCycle,
      BiFunction<LifeCycle.Task, Optional<PlanBody>, OperationRecord.Outcome> perform,
      BiFunction<Text, Locale, String> words) {
    this.journal = journal;
    this.lifeCycle = lifeCycle;
    this.perform = perform;
    this.words = words;
  }

  /**
   * @return why not all of them came about; those that did are taken back then
   */
  Optional<Text> carryOut(List<PlanBody> plans, String actor) {
    for (PlanBody plan : plans) {
      LifeCycle.Task task =
          task(plan.action(), plan, plan.version(), plan.digest(), actor, List.of());
      lifeCycle.begin(task);
      if (perform.apply(task, Optional.of(plan)) != OperationRecord.Outcome.SUCCEEDED) {
        takeBack(actor);
        return Optional.of(
            Text.of("module.reason.precursor", "module", plan.module(), "reason", why(task)));
      }
      done.push(plan);
    }
    return Optional.empty();
  }

  private String why(LifeCycle.Task task) {
    return journal
        .operation(task.operation())
        .flatMap(OperationRecord::error)
        .map(error -> words.apply(error, Locale.ENGLISH))
        .orElse("");
  }

  /**
   * Those that had come about when the operation was cut off that they were for.
   *
   * @param since when it began
   */
  void remember(List<PlanBody> plans, Instant since) {
    plans.stream().filter(plan -> cameAbout(plan, since)).forEach(done::push);
  }

  private boolean cameAbout(PlanBody plan, Instant since) {
    return journal
        .module(plan.module())
        .flatMap(ModuleRecord::committedBy)
        .flatMap(journal::operation)
        .filter(operation -> operation.action() == plan.action())
        .filter(operation -> operation.digest().equals(plan.digest()))
        .filter(operation -> !operation.startedAt().isBefore(since))
        .isPresent();
  }

  /** The last one first. */
  void takeBack(String actor) {
    while (!done.isEmpty()) {
      PlanBody plan = done.pop();
      journal
          .module(plan.module())
          .flatMap(record -> opposite(plan, record, actor))
          .ifPresent(this::run);
    }
  }

  private void run(LifeCycle.Task task) {
    lifeCycle.begin(task);
    perform.apply(task, Optional.empty());
  }

  private Optional<LifeCycle.Task> opposite(PlanBody plan, ModuleRecord record, String actor) {
    return switch (plan.action()) {
      case INSTALL ->
          Optional.of(
              task(
                  ModuleAction.UNINSTALL,
                  plan,
                  record.version(),
                  record.digest(),
                  actor,
                  List.of()));
      case ENABLE ->
          Optional.of(
              task(
                  ModuleAction.DISABLE, plan, record.version(), record.digest(), actor, List.of()));
      case UPDATE ->
          record
              .previous()
              .map(
                  before ->
                      task(
                          ModuleAction.ROLLBACK,
                          plan,
                          before.version(),
                          before.digest(),
                          actor,
                          lifeCycle.migratedBy(record)));
      default -> Optional.empty();
    };
  }

  private static LifeCycle.Task task(
      ModuleAction action,
      PlanBody plan,
      String version,
      String digest,
      String actor,
      List<String> undo) {
    return new LifeCycle.Task(
        UUID.randomUUID().toString(),
        action,
        plan.module(),
        version,
        digest,
        Optional.empty(),
        plan.titles(),
        actor,
        Optional.empty(),
        undo);
  }
}
