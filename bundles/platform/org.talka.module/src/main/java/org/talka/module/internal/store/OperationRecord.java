/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;

/**
 * An operation on a module.
 *
 * @param digest the archive it brings or takes
 * @param differences what came out otherwise than the plan had said
 */
public record OperationRecord(
    String id,
    String module,
    ModuleAction action,
    String digest,
    Outcome outcome,
    String actor,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Optional<Text> error,
    List<Step> steps,
    List<Text> differences) {
  public OperationRecord {
    steps = List.copyOf(steps);
    differences = List.copyOf(differences);
  }

  /** How it stands. */
  public enum Outcome {
    RUNNING,
    SUCCEEDED,
    /** Neither done nor undone: an administrator must look. */
    FAILED,
    ROLLED_BACK
  }

  /** How a step stands. */
  public enum StepState {
    PENDING,
    RUNNING,
    DONE,
    FAILED,
    /** Not needed any more, because an earlier one failed. */
    SKIPPED
  }

  /**
   * @param step its key, for example {@code install}
   * @param note what went wrong, or what to remember to undo it
   */
  public record Step(
      int position, String step, StepState state, Optional<Instant> at, Optional<Text> note) {}
}
