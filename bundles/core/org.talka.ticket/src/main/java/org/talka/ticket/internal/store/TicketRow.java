/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.QueryHint;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A ticket. What is only looked at is read without the bookkeeping of changes. */
@Entity
@Table(name = "tkt_ticket")
@NamedQuery(name = "TicketRow.byKey", query = "select t from TicketRow t where t.key = :key")
@NamedQuery(
    name = "TicketRow.view",
    query = "select t from TicketRow t where t.key = :key",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
@NamedQuery(
    name = "TicketRow.byIds",
    query = "select t from TicketRow t where t.id in :ids",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
@NamedQuery(
    name = "TicketRow.afterId",
    query = "select t from TicketRow t where t.id > :id order by t.id",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
public class TicketRow extends TicketColumns {
  @Lob
  @Column(name = "description")
  private String description;

  /** Writers lock the row first; this is the net beneath them. */
  @Version
  @Column(name = "version")
  private long version;

  protected TicketRow() {}

  TicketRow(long id) {
    this.id = id;
  }

  @Override
  String description() {
    return description == null ? "" : description;
  }

  void description(String text) {
    description = text.isEmpty() ? null : text;
  }

  @Override
  long version() {
    return version;
  }
}
