/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.time;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A {@link Baseline} as it is stored. */
@Entity
@Table(name = "cmdb_baseline")
public class BaselineRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "name")
  private String name;

  @Column(name = "taken_at")
  private Instant at;

  @Column(name = "taken_by")
  private String by;

  protected BaselineRow() {}

  BaselineRow(long id, String name, Instant at, String by) {
    this.id = id;
    this.name = name;
    this.at = at;
    this.by = by;
  }

  Baseline value() {
    return new Baseline(id, name, at, by);
  }
}
