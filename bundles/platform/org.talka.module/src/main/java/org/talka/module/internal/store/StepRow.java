/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.talka.api.text.Text;

/** An {@link OperationRecord.Step} in the database. */
@Entity
@Table(name = "module_step")
public class StepRow {
  @Id private String id;
  private String operation;
  private int ordinal;
  private String step;

  @Enumerated(EnumType.STRING)
  private OperationRecord.StepState state;

  @Column(name = "happened_at")
  private Instant at;

  @Lob private String note;

  protected StepRow() {}

  StepRow(String operation, int position, String step) {
    this.id = id(operation, position);
    this.operation = operation;
    this.ordinal = position;
    this.step = step;
    this.state = OperationRecord.StepState.PENDING;
  }

  static String id(String operation, int position) {
    return operation + "/" + position;
  }

  void become(OperationRecord.StepState now, Instant when, Optional<Text> why) {
    state = now;
    at = when;
    note = why.map(TextJson::write).orElse(null);
  }

  /** Its operation has ended: what never began was skipped, what was cut off is over as well. */
  void close(OperationRecord.Outcome outcome, Instant when, Optional<Text> error) {
    if (state == OperationRecord.StepState.PENDING) {
      state = OperationRecord.StepState.SKIPPED;
    } else if (state == OperationRecord.StepState.RUNNING) {
      boolean done = outcome == OperationRecord.Outcome.SUCCEEDED;
      become(done ? OperationRecord.StepState.DONE : OperationRecord.StepState.FAILED, when, error);
    }
  }

  OperationRecord.Step toRecord() {
    return new OperationRecord.Step(
        ordinal,
        step,
        state,
        Optional.ofNullable(at),
        Optional.ofNullable(note).map(TextJson::read));
  }
}
