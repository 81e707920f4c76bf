/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.talka.api.ticket.TicketReference;

/** A reference of a ticket to a record of a module that is no ticket. */
@Entity
@Table(name = "tkt_reference")
@NamedQuery(
    name = "ReferenceRow.of",
    query = "select r from ReferenceRow r where r.ticket = :ticket order by r.id")
@NamedQuery(
    name = "ReferenceRow.retitle",
    query =
        "update ReferenceRow r set r.title = :title, r.internal = :internal"
            + " where r.module = :module and r.record = :record"
            + " and (r.title <> :title or r.internal <> :internal)")
public class ReferenceRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "ticket_id")
  private long ticket;

  @Column(name = "module_id")
  private String module;

  @Column(name = "record_key")
  private String record;

  @Column(name = "title")
  private String title;

  @Column(name = "address")
  private String address;

  @Column(name = "is_internal")
  private int internal;

  @Column(name = "created_at")
  private Instant createdAt;

  protected ReferenceRow() {}

  ReferenceRow(long id, long ticket, String module, TicketReference reference, Instant at) {
    this.id = id;
    this.ticket = ticket;
    this.module = module;
    this.record = reference.record();
    this.createdAt = at;
    this.title = reference.title();
    this.internal = reference.internal() ? 1 : 0;
    this.address = reference.address();
  }

  String module() {
    return module;
  }

  Instant createdAt() {
    return createdAt;
  }

  TicketReference reference() {
    return new TicketReference(record, title, address, internal == 1);
  }
}
