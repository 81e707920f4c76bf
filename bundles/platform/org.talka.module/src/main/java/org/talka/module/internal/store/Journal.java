/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;

/**
 * What is wanted, what was done, and what is being done, durable before the method returns: each in
 * a transaction of its own, whatever the caller's does.
 */
public interface Journal {
  List<ModuleRecord> modules();

  Optional<ModuleRecord> module(String id);

  void save(ModuleRecord module);

  Optional<Artifact> artifact(String digest);

  /** Does nothing when it is there already. */
  void store(Artifact artifact, Instant at);

  void save(StoredPlan plan);

  Optional<StoredPlan> plan(String id);

  void applied(String plan, String operation);

  /** The plans that these operations carried out, by operation; without those nobody planned. */
  default Map<String, StoredPlan> plansOf(Collection<String> operations) {
    return Map.of();
  }

  /** The version of an archive that is kept. */
  default Optional<String> versionOf(String digest) {
    return artifact(digest).map(Artifact::version);
  }

  /**
   * Removes plans made before that nobody applied, and archives that no module, no plan and no
   * operation names.
   */
  void forget(Instant before);

  void begin(
      String operation,
      String module,
      ModuleAction action,
      String digest,
      String actor,
      Instant at,
      List<String> steps);

  /** Writes how a step stands; a step that was not planned is added. */
  void step(
      String operation,
      int position,
      String step,
      OperationRecord.StepState state,
      Instant at,
      Optional<Text> note);

  /** Writes down what came out otherwise than planned. */
  void differs(String operation, List<Text> differences);

  /** Ends it; what is still pending is skipped. */
  void end(String operation, OperationRecord.Outcome outcome, Instant at, Optional<Text> error);

  Optional<OperationRecord> operation(String id);

  /** The latest first, older than {@code before} when present, without their steps. */
  List<OperationRecord> operations(Optional<OperationRecord> before, int limit);

  /** Operations that did not end, the earliest first. */
  List<OperationRecord> unfinished();
}
