/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A value that tickets can be found by and that has no column: tags, watchers, indexed fields. */
@Entity
@Table(name = "tkt_value")
@IdClass(ValueRow.Key.class)
@NamedQuery(name = "ValueRow.of", query = "select v from ValueRow v where v.ticket = :ticket")
public class ValueRow {
  @Id
  @Column(name = "ticket_id")
  private long ticket;

  @Id
  @Column(name = "field")
  private String field;

  @Id
  @Column(name = "val")
  private String value;

  protected ValueRow() {}

  ValueRow(long ticket, String field, String value) {
    this.ticket = ticket;
    this.field = field;
    this.value = value;
  }

  String field() {
    return field;
  }

  String value() {
    return value;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long ticket;
    private String field;
    private String value;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.ticket == ticket
          && Objects.equals(key.field, field)
          && Objects.equals(key.value, value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(ticket, field, value);
    }
  }
}
