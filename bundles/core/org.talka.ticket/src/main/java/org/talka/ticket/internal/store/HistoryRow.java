/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

/** One thing that happened to a ticket; only ever added. */
@Entity
@Table(name = "tkt_history")
@NamedQuery(
    name = "HistoryRow.of",
    query =
        "select h from HistoryRow h where h.ticket = :ticket and h.id > :after"
            + " and h.internal <= :internal order by h.id")
public class HistoryRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "ticket_id")
  private long ticket;

  @Column(name = "happened_at")
  private Instant at;

  @Column(name = "actor_id")
  private Long actor;

  @Column(name = "actor_name")
  private String actorName;

  @Column(name = "kind")
  private String kind;

  @Column(name = "internal_only")
  private int internal;

  @Lob
  @Column(name = "changes")
  private String changes;

  protected HistoryRow() {}

  HistoryRow(
      long id,
      long ticket,
      Instant at,
      Long actor,
      String actorName,
      String kind,
      boolean internal,
      String changes) {
    this.id = id;
    this.ticket = ticket;
    this.at = at;
    this.actor = actor;
    this.actorName = actorName;
    this.kind = kind;
    this.internal = internal ? 1 : 0;
    this.changes = changes;
  }

  long id() {
    return id;
  }

  Instant at() {
    return at;
  }

  Long actor() {
    return actor;
  }

  String actorName() {
    return actorName;
  }

  String kind() {
    return kind;
  }

  boolean internal() {
    return internal != 0;
  }

  String changes() {
    return changes;
  }
}
