/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** That a module has brought its part of the demonstration. */
@Entity
@Table(name = "tkt_sample")
public class SampleRow {
  @Id
  @Column(name = "module_id")
  private String module;

  @Column(name = "filled_at")
  private Instant filledAt;

  protected SampleRow() {}

  SampleRow(String module, Instant at) {
    this.module = module;
    this.filledAt = at;
  }
}
