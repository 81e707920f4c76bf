/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

/** A typed relation between two tickets. */
@Entity
@Table(name = "tkt_link")
@NamedQuery(
    name = "LinkRow.of",
    query = "select l from LinkRow l where l.from = :ticket or l.to = :ticket order by l.id")
public class LinkRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "type")
  private String type;

  @Column(name = "from_id")
  private long from;

  @Column(name = "to_id")
  private long to;

  @Column(name = "created_at")
  private Instant createdAt;

  protected LinkRow() {}

  LinkRow(long id, String type, long from, long to, Instant createdAt) {
    this.id = id;
    this.type = type;
    this.from = from;
    this.to = to;
    this.createdAt = createdAt;
  }

  long id() {
    return id;
  }

  String type() {
    return type;
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }
}
