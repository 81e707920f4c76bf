/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import org.talka.cmdb.internal.FieldText;

/** Some rows of a file, in the order of its columns: what one transaction takes in. */
@Entity
@Table(name = "cmdb_import_part")
@IdClass(PartRow.Key.class)
public class PartRow {
  /** Begins each row, so that one without values is one as well. */
  private static final String ROW = ":";

  @Id
  @Column(name = "file_id")
  private long file;

  @Id
  @Column(name = "position")
  private int number;

  @Lob
  @Column(name = "content")
  private String content;

  protected PartRow() {}

  PartRow(long file, int number, List<List<String>> rows) {
    this.file = file;
    this.number = number;
    this.content = FieldText.join(rows.stream().map(row -> ROW + FieldText.join(row)).toList());
  }

  List<List<String>> rows() {
    return FieldText.split(content).stream()
        .map(row -> FieldText.split(row.substring(ROW.length())))
        .toList();
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long file;
    private int number;

    public Key() {}

    Key(long file, int number) {
      this.file = file;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.file == file && key.number == number;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(file) + number;
    }
  }
}
