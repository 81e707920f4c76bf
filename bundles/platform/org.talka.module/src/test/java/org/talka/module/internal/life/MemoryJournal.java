/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.module.internal.store.OperationRecord.Step;
import org.talka.module.internal.store.OperationRecord.StepState;
import org.talka.module.internal.store.StoredPlan;

/** A journal in memory; the world may end before each write. */
final class MemoryJournal implements Journal {
  private final Doom doom;
  private final Map<String, ModuleRecord> modules = new TreeMap<>();
  private final Map<String, Artifact> artifacts = new HashMap<>();
  private final Map<String, StoredPlan> plans = new HashMap<>();
  private final Map<String, OperationRecord> operations = new HashMap<>();

  MemoryJournal(Doom doom) {
    this.doom = doom;
  }

  @Override
  public List<ModuleRecord> modules() {
    return List.copyOf(modules.values());
  }

  @Override
  public Optional<ModuleRecord> module(String id) {
    return Optional.ofNullable(modules.get(id));
  }

  @Override
  public void save(ModuleRecord module) {
    doom.tick();
    modules.put(module.id(), module);
  }

  @Override
  public Optional<Artifact> artifact(String digest) {
    return Optional.ofNullable(artifacts.get(digest));
  }

  @Override
  public void store(Artifact artifact, Instant at) {
    doom.tick();
    artifacts.putIfAbsent(artifact.digest(), artifact);
  }

  @Override
  public void save(StoredPlan plan) {
    plans.put(plan.id(), plan);
  }

  @Override
  public Optional<StoredPlan> plan(String id) {
    return Optional.ofNullable(plans.get(id));
  }

  @Override
  public Map<String, StoredPlan> plansOf(Collection<String> operations) {
    Map<String, StoredPlan> found = new HashMap<>();
    plans.values().stream()
        .filter(plan -> plan.operation().filter(operations::contains).isPresent())
        .forEach(plan -> found.put(plan.operation().orElseThrow(), plan));
    return found;
  }

  @Override
  public void applied(String plan, String operation) {
    StoredPlan p = plans.get(plan);
    plans.put(
        plan,
        new StoredPlan(
            p.id(),
            p.module(),
            p.generation(),
            p.body(),
            p.madeAt(),
            p.madeBy(),
            Optional.of(operation)));
  }

  @Override
  public void forget(Instant before) {
    plans.values().removeIf(plan -> plan.madeAt().isBefore(before));
  }

  @Override
  public void begin(
      String operation,
      String module,
      ModuleAction action,
      String digest,
      String actor,
      Instant at,
      List<String> steps) {
    doom.tick();
    List<Step> planned = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      planned.add(new Step(i, steps.get(i), StepState.PENDING, Optional.empty(), Optional.empty()));
    }
    operations.put(
        operation,
        new OperationRecord(
            operation,
            module,
            action,
            digest,
            OperationRecord.Outcome.RUNNING,
            actor,
            at,
            Optional.empty(),
            Optional.empty(),
            planned,
            List.of()));
  }

  @Override
  public void step(
      String operation,
      int position,
      String step,
      StepState state,
      Instant at,
      Optional<Text> note) {
    doom.tick();
    OperationRecord o = operations.get(operation);
    List<Step> steps = new ArrayList<>(o.steps());
    steps.removeIf(known -> known.position() == position);
    steps.add(new Step(position, step, state, Optional.of(at), note));
    steps.sort(Comparator.comparingInt(Step::position));
    operations.put(operation, with(o, o.outcome(), o.finishedAt(), o.error(), steps));
  }

  @Override
  public void end(
      String operation, OperationRecord.Outcome outcome, Instant at, Optional<Text> error) {
    doom.tick();
    OperationRecord o = operations.get(operation);
    List<Step> steps =
        o.steps().stream().map(step -> closed(step, outcome, Optional.of(at), error)).toList();
    operations.put(operation, with(o, outcome, Optional.of(at), error, steps));
  }

  private static Step closed(
      Step step, OperationRecord.Outcome outcome, Optional<Instant> at, Optional<Text> error) {
    return switch (step.state()) {
      case PENDING ->
          new Step(step.position(), step.step(), StepState.SKIPPED, step.at(), step.note());
      case RUNNING ->
          outcome == OperationRecord.Outcome.SUCCEEDED
              ? new Step(step.position(), step.step(), StepState.DONE, at, error)
              : new Step(step.position(), step.step(), StepState.FAILED, at, error);
      default -> step;
    };
  }

  private static OperationRecord with(
      OperationRecord o,
      OperationRecord.Outcome outcome,
      Optional<Instant> finished,
      Optional<Text> error,
      List<Step> steps) {
    return new OperationRecord(
        o.id(),
        o.module(),
        o.action(),
        o.digest(),
        outcome,
        o.actor(),
        o.startedAt(),
        finished,
        error,
        steps,
        o.differences());
  }

  @Override
  public void differs(String operation, List<Text> differences) {
    doom.tick();
    OperationRecord o = operations.get(operation);
    operations.put(
        operation,
        new OperationRecord(
            o.id(),
            o.module(),
            o.action(),
            o.digest(),
            o.outcome(),
            o.actor(),
            o.startedAt(),
            o.finishedAt(),
            o.error(),
            o.steps(),
            differences));
  }

  @Override
  public Optional<OperationRecord> operation(String id) {
    return Optional.ofNullable(operations.get(id));
  }

  @Override
  public List<OperationRecord> operations(Optional<OperationRecord> before, int limit) {
    return List.copyOf(operations.values());
  }

  @Override
  public List<OperationRecord> unfinished() {
    return operations.values().stream()
        .filter(o -> o.outcome() == OperationRecord.Outcome.RUNNING)
        .toList();
  }
}
