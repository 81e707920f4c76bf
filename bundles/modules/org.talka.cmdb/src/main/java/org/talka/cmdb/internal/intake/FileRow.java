/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.talka.cmdb.internal.FieldText;

/** A file that waits to be imported; its rows are {@link PartRow parts} of their own. */
@Entity
@Table(name = "cmdb_import_file")
public class FileRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "name")
  private String name;

  @Lob
  @Column(name = "headings")
  private String columns;

  @Column(name = "rows_total")
  private int rows;

  @Column(name = "sent_by")
  private String by;

  @Column(name = "sent_at")
  private Instant at;

  /** Whether all of it has arrived. */
  @Column(name = "complete")
  private boolean complete;

  protected FileRow() {}

  FileRow(long id, String name, String by, Instant at) {
    this.id = id;
    this.name = name;
    this.by = by;
    this.at = at;
    this.columns = "";
  }

  void complete(List<String> names, int count) {
    columns = FieldText.join(names);
    rows = count;
    complete = true;
  }

  boolean complete() {
    return complete;
  }

  Sent value() {
    return new Sent(id, name, FieldText.split(columns), rows, by, at);
  }

  /** A file that has arrived. */
  public record Sent(long id, String name, List<String> columns, int rows, String by, Instant at) {}
}
