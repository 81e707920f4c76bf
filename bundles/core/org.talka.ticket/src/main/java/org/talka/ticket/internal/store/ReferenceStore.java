/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.ticket.TicketId;
import org.talka.api.ticket.TicketReference;

/** The rows of references. Whoever writes has locked the ticket. */
@Component(service = ReferenceStore.class)
public class ReferenceStore {
  private final Database database;

  @Activate
  public ReferenceStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  /** A reference and whose it is. */
  public record Kept(String module, TicketReference reference, Instant createdAt) {}

  /** Of all modules, the oldest first. */
  public List<Kept> of(TicketId ticket) {
    return database.read(
        em ->
            em
                .createNamedQuery("ReferenceRow.of", ReferenceRow.class)
                .setParameter("ticket", ticket.value())
                .getResultList()
                .stream()
                .map(row -> new Kept(row.module(), row.reference(), row.createdAt()))
                .toList());
  }

  public void add(long id, TicketId ticket, String module, TicketReference added, Instant at) {
    database.write(
        em -> {
          em.persist(new ReferenceRow(id, ticket.value(), module, added, at));
          return null;
        });
  }

  public void remove(TicketId ticket, String module, String record) {
    database.write(
        em ->
            em.createQuery(
                    "delete from ReferenceRow r where r.ticket = :ticket and r.module = :module"
                        + " and r.record = :record")
                .setParameter("ticket", ticket.value())
                .setParameter("module", module)
                .setParameter("record", record)
                .executeUpdate());
  }

  /** Without reading the rows, and without writing those that say so already. */
  public void retitle(String module, String record, String title, boolean internal) {
    database.write(
        em ->
            em.createNamedQuery("ReferenceRow.retitle")
                .setParameter("module", module)
                .setParameter("record", record)
                .setParameter("title", title)
                .setParameter("internal", internal ? 1 : 0)
                .executeUpdate());
  }
}
