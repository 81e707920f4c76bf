/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.talka.cmdb.internal.item.EditionRow;

/** What a class or a relation type was from one moment up to another; the present has no end. */
@Entity
@Table(name = "cmdb_schema_edition")
@IdClass(SchemaEditionRow.Key.class)
public class SchemaEditionRow {
  static final String CLASS = "class";
  static final String RELATION_TYPE = "relation";

  @Id
  @Column(name = "kind")
  private String kind;

  @Id
  @Column(name = "subject")
  private String subject;

  @Id
  @Column(name = "valid_from")
  private Instant from;

  @Column(name = "valid_to")
  private Instant to;

  @Lob
  @Column(name = "content")
  private String content;

  protected SchemaEditionRow() {}

  SchemaEditionRow(String kind, String subject, Instant from, String content) {
    this.kind = kind;
    this.subject = subject;
    this.from = from;
    this.to = EditionRow.OPEN;
    this.content = content;
  }

  String kind() {
    return kind;
  }

  Instant from() {
    return from;
  }

  String content() {
    return content;
  }

  void end(Instant at) {
    to = at;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String kind;
    private String subject;
    private Instant from;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.kind.equals(kind)
          && key.subject.equals(subject)
          && key.from.equals(from);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * kind.hashCode() + subject.hashCode()) + from.hashCode();
    }
  }
}
