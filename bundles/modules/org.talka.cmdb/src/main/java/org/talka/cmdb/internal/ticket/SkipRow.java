/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A text of which somebody said that it means no item. */
@Entity
@Table(name = "cmdb_text_skip")
public class SkipRow {
  @Id
  @Column(name = "text_key")
  private String key;

  @Column(name = "skipped_by")
  private String by;

  @Column(name = "skipped_at")
  private Instant at;

  protected SkipRow() {}

  SkipRow(String key, String by, Instant at) {
    this.key = key;
    this.by = by;
    this.at = at;
  }

  String key() {
    return key;
  }
}
