/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.QueryHint;
import jakarta.persistence.Table;

/** A ticket as lists read it; never written. */
@Entity
@Table(name = "tkt_ticket")
@NamedQuery(
    name = "TicketListRow.byIds",
    query = "select t from TicketListRow t where t.id in :ids",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
public class TicketListRow extends TicketColumns {
  @Column(name = "version", insertable = false, updatable = false)
  private long version;

  protected TicketListRow() {}

  @Override
  long version() {
    return version;
  }
}
