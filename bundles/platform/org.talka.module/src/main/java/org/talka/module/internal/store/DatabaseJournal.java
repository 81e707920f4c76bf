/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;

/** The journal in the persistence unit {@code module}. */
@Component
public final class DatabaseJournal implements Journal {
  private final Database database;
  private final Transactions transactions;

  @Activate
  public DatabaseJournal(
      @Reference(target = "(talka.unit=module)") Database database,
      @Reference Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @Override
  public List<ModuleRecord> modules() {
    return database.read(
        entities ->
            entities
                .createQuery("select m from ModuleRow m order by m.id", ModuleRow.class)
                .getResultStream()
                .map(ModuleRow::toRecord)
                .toList());
  }

  @Override
  public Optional<ModuleRecord> module(String id) {
    return database.read(
        entities ->
            Optional.ofNullable(entities.find(ModuleRow.class, id)).map(ModuleRow::toRecord));
  }

  @Override
  public void save(ModuleRecord module) {
    write(entities -> entities.merge(ModuleRow.of(module)));
  }

  @Override
  public Optional<Artifact> artifact(String digest) {
    return database.read(
        entities ->
            Optional.ofNullable(entities.find(ArtifactRow.class, digest))
                .map(ArtifactRow::toRecord));
  }

  @Override
  public void store(Artifact artifact, Instant at) {
    write(
        entities -> {
          boolean known =
              !entities
                  .createQuery("select a.digest from ArtifactRow a where a.digest = :d")
                  .setParameter("d", artifact.digest())
                  .getResultList()
                  .isEmpty();
          if (known) {
            // somebody wants it again: it is kept as long as a new one
            entities
                .createQuery("update ArtifactRow a set a.storedAt = :t where a.digest = :d")
                .setParameter("t", at)
                .setParameter("d", artifact.digest())
                .executeUpdate();
          } else {
            entities.persist(ArtifactRow.of(artifact, at));
          }
        });
  }

  @Override
  public void save(StoredPlan plan) {
    write(entities -> entities.persist(PlanRow.of(plan)));
  }

  @Override
  public Optional<StoredPlan> plan(String id) {
    return database.read(
        entities -> Optional.ofNullable(entities.find(PlanRow.class, id)).map(PlanRow::toRecord));
  }

  @Override
  public void applied(String plan, String operation) {
    write(entities -> entities.find(PlanRow.class, plan).applied(operation));
  }

  @Override
  public Map<String, StoredPlan> plansOf(Collection<String> operations) {
    if (operations.isEmpty()) {
      return Map.of();
    }
    return database.read(
        entities -> {
          Map<String, StoredPlan> plans = new HashMap<>();
          entities
              .createQuery("select p from PlanRow p where p.operation in :ids", PlanRow.class)
              .setParameter("ids", operations)
              .getResultStream()
              .map(PlanRow::toRecord)
              .forEach(plan -> plan.operation().ifPresent(id -> plans.put(id, plan)));
          return plans;
        });
  }

  @Override
  public Optional<String> versionOf(String digest) {
    return database.read(
        entities ->
            entities
                .createQuery(
                    "select a.version from ArtifactRow a where a.digest = :d", String.class)
                .setParameter("d", digest)
                .getResultStream()
                .findFirst());
  }

  @Override
  public void forget(Instant before) {
    write(
        entities -> {
          entities
              .createQuery("delete from PlanRow p where p.madeAt < :t and p.operation is null")
              .setParameter("t", before)
              .executeUpdate();
          entities
              .createQuery(
                  "delete from ArtifactRow a where a.storedAt < :t"
                      + " and not exists (select m from ModuleRow m"
                      + " where m.digest = a.digest or m.previousDigest = a.digest)"
                      + " and not exists (select o from OperationRow o where o.digest = a.digest"
                      + " and o.state = :running)")
              .setParameter("t", before)
              .setParameter("running", OperationRecord.Outcome.RUNNING)
              .executeUpdate();
        });
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
    write(
        entities -> {
          entities.persist(new OperationRow(operation, module, action, digest, actor, at));
          for (int i = 0; i < steps.size(); i++) {
            entities.persist(new StepRow(operation, i, steps.get(i)));
          }
        });
  }

  @Override
  public void step(
      String operation,
      int position,
      String step,
      OperationRecord.StepState state,
      Instant at,
      Optional<Text> note) {
    write(
        entities -> {
          StepRow row = entities.find(StepRow.class, StepRow.id(operation, position));
          if (row == null) {
            row = new StepRow(operation, position, step);
            entities.persist(row);
          }
          row.become(state, at, note);
        });
  }

  @Override
  public void differs(String operation, List<Text> differences) {
    write(entities -> entities.find(OperationRow.class, operation).differs(differences));
  }

  @Override
  public void end(
      String operation, OperationRecord.Outcome outcome, Instant at, Optional<Text> error) {
    write(
        entities -> {
          entities.find(OperationRow.class, operation).end(outcome, at, error);
          steps(entities, operation).forEach(step -> step.close(outcome, at, error));
        });
  }

  @Override
  public Optional<OperationRecord> operation(String id) {
    return database.read(
        entities ->
            Optional.ofNullable(entities.find(OperationRow.class, id))
                .map(row -> row.toRecord(stepRecords(entities, id))));
  }

  @Override
  public List<OperationRecord> operations(Optional<OperationRecord> before, int limit) {
    return database.read(
        entities -> {
          String where =
              before.isPresent()
                  ? " where o.startedAt < :at or o.startedAt = :at and o.id < :id"
                  : "";
          TypedQuery<OperationRow> query =
              entities.createQuery(
                  "select o from OperationRow o" + where + " order by o.startedAt desc, o.id desc",
                  OperationRow.class);
          before.ifPresent(
              last -> query.setParameter("at", last.startedAt()).setParameter("id", last.id()));
          return query
              .setMaxResults(limit)
              .getResultStream()
              .map(row -> row.toRecord(List.of()))
              .toList();
        });
  }

  @Override
  public List<OperationRecord> unfinished() {
    return database.read(
        entities ->
            entities
                .createQuery(
                    "select o from OperationRow o where o.state = :running order by o.startedAt",
                    OperationRow.class)
                .setParameter("running", OperationRecord.Outcome.RUNNING)
                .getResultStream()
                .map(row -> row.toRecord(List.of()))
                .toList());
  }

  private static List<StepRow> steps(EntityManager entities, String operation) {
    return entities
        .createQuery(
            "select s from StepRow s where s.operation = :o order by s.ordinal", StepRow.class)
        .setParameter("o", operation)
        .getResultList();
  }

  private static List<OperationRecord.Step> stepRecords(EntityManager entities, String operation) {
    return steps(entities, operation).stream().map(StepRow::toRecord).toList();
  }

  private void write(Consumer<EntityManager> work) {
    transactions.separate(
        () ->
            database.write(
                entities -> {
                  work.accept(entities);
                  return null;
                }));
  }
}
