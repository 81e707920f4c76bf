/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** An {@link Entry} as it is stored. */
@Entity
@Table(name = "cmdb_ticket_entry")
@IdClass(EntryRow.Key.class)
public class EntryRow {
  private static final int LONGEST = 200;

  @Id
  @Column(name = "ticket_key")
  private String ticket;

  @Id
  @Column(name = "kind")
  private String kind;

  @Id
  @Column(name = "ref_id")
  private long ref;

  @Column(name = "computed")
  private boolean computed;

  @Column(name = "excluded")
  private boolean excluded;

  @Column(name = "label")
  private String label;

  @Column(name = "entered_by")
  private String by;

  @Column(name = "entered_at")
  private Instant at;

  protected EntryRow() {}

  EntryRow(Entry entry) {
    ticket = entry.ticket();
    kind = entry.kind().word();
    ref = entry.ref();
    take(entry);
  }

  void take(Entry entry) {
    computed = entry.computed();
    excluded = entry.excluded();
    label = entry.label().length() > LONGEST ? entry.label().substring(0, LONGEST) : entry.label();
    by = entry.by();
    at = entry.at();
  }

  Entry value() {
    return new Entry(ticket, Entry.Kind.of(kind), ref, computed, excluded, label, by, at);
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String ticket;
    private String kind;
    private long ref;

    public Key() {}

    Key(String ticket, String kind, long ref) {
      this.ticket = ticket;
      this.kind = kind;
      this.ref = ref;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.ticket.equals(ticket)
          && key.kind.equals(kind)
          && key.ref == ref;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * ticket.hashCode() + kind.hashCode()) + Long.hashCode(ref);
    }
  }
}
