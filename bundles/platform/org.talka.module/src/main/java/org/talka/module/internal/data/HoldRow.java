/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.data;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;

/** Why a module's records must not be removed. */
@Entity
@Table(name = "module_hold")
public class HoldRow {
  @Id private String module;
  @Lob private String reason;

  @Column(name = "held_by")
  private String heldBy;

  @Column(name = "held_at")
  private Instant heldAt;

  protected HoldRow() {}

  HoldRow(String module, String reason, String heldBy, Instant heldAt) {
    this.module = module;
    this.reason = reason;
    this.heldBy = heldBy;
    this.heldAt = heldAt;
  }

  Hold toRecord() {
    return new Hold(module, reason, heldBy, heldAt);
  }
}
