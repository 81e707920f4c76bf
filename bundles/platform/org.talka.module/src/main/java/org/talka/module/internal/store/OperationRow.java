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
import java.util.List;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;

/** An {@link OperationRecord} in the database. */
@Entity
@Table(name = "module_operation")
public class OperationRow {
  @Id private String id;
  private String module;

  @Enumerated(EnumType.STRING)
  private ModuleAction action;

  private String digest;

  @Enumerated(EnumType.STRING)
  private OperationRecord.Outcome state;

  private String actor;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "finished_at")
  private Instant finishedAt;

  @Lob private String error;
  @Lob private String difference;

  protected OperationRow() {}

  OperationRow(
      String id, String module, ModuleAction action, String digest, String actor, Instant at) {
    this.id = id;
    this.module = module;
    this.action = action;
    this.digest = digest;
    this.actor = actor;
    this.startedAt = at;
    this.state = OperationRecord.Outcome.RUNNING;
  }

  void end(OperationRecord.Outcome outcome, Instant at, Optional<Text> why) {
    state = outcome;
    finishedAt = at;
    error = why.map(TextJson::write).orElse(null);
  }

  void differs(List<Text> differences) {
    difference = TextJson.writeAll(differences);
  }

  OperationRecord toRecord(List<OperationRecord.Step> steps) {
    return new OperationRecord(
        id,
        module,
        action,
        digest,
        state,
        actor,
        startedAt,
        Optional.ofNullable(finishedAt),
        Optional.ofNullable(error).map(TextJson::read),
        steps,
        difference == null ? List.of() : TextJson.readAll(difference));
  }
}
