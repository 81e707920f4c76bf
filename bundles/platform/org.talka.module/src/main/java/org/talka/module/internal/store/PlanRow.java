/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A {@link StoredPlan} in the database. */
@Entity
@Table(name = "module_plan")
public class PlanRow {
  @Id private String id;
  private String module;
  private long generation;
  @Lob private String body;

  @Column(name = "made_at")
  private Instant madeAt;

  @Column(name = "made_by")
  private String madeBy;

  private String operation;

  protected PlanRow() {}

  static PlanRow of(StoredPlan plan) {
    PlanRow row = new PlanRow();
    row.id = plan.id();
    row.module = plan.module();
    row.generation = plan.generation();
    row.body = plan.body();
    row.madeAt = plan.madeAt();
    row.madeBy = plan.madeBy();
    row.operation = plan.operation().orElse(null);
    return row;
  }

  void applied(String by) {
    operation = by;
  }

  StoredPlan toRecord() {
    return new StoredPlan(
        id, module, generation, body, madeAt, madeBy, Optional.ofNullable(operation));
  }
}
