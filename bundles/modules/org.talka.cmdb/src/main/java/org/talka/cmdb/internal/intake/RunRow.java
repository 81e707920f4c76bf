/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A {@link Run} as it is stored. */
@Entity
@Table(name = "cmdb_run")
public class RunRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "source")
  private String source;

  @Column(name = "class_key")
  private String classKey;

  @Column(name = "started_by")
  private String by;

  @Column(name = "started_at")
  private Instant at;

  @Column(name = "rows_read")
  private int read;

  @Column(name = "created")
  private int created;

  @Column(name = "changed")
  private int changed;

  @Column(name = "same")
  private int same;

  @Column(name = "quarantined")
  private int quarantined;

  @Column(name = "refused")
  private int refused;

  @Column(name = "undone_at")
  private Instant undoneAt;

  @Column(name = "undone_by")
  private String undoneBy;

  @Column(name = "kept")
  private int kept;

  protected RunRow() {}

  RunRow(long id, String source, String classKey, String by, Instant at) {
    this.id = id;
    this.source = source;
    this.classKey = classKey;
    this.by = by;
    this.at = at;
  }

  void counted(Run.Counts counts) {
    read = counts.read();
    created = counts.created();
    changed = counts.changed();
    same = counts.same();
    quarantined = counts.quarantined();
    refused = counts.refused();
  }

  void undone(Instant when, String who, int left) {
    undoneAt = when;
    undoneBy = who;
    kept = left;
  }

  Run value() {
    return new Run(
        id,
        source,
        classKey,
        by,
        at,
        new Run.Counts(read, created, changed, same, quarantined, refused),
        Optional.ofNullable(undoneAt),
        Optional.ofNullable(undoneBy),
        kept);
  }
}
