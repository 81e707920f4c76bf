/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** Remembers, for as long as the database lives, what the demonstration holds already. */
@Component(service = SampleStore.class)
public class SampleStore {
  private final Database database;

  @Activate
  public SampleStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  public boolean filled(String module) {
    return database.read(em -> em.find(SampleRow.class, module) != null);
  }

  /**
   * In the transaction of the thread, at once: another server that does the same waits for its end,
   * and then fails.
   */
  public void fill(String module, Instant at) {
    database.write(
        em -> {
          em.persist(new SampleRow(module, at));
          em.flush();
          return null;
        });
  }

  /** The key of the oldest ticket with this subject. */
  public Optional<String> ticket(String subject) {
    return database.read(
        em ->
            em.createQuery(
                    "select t.key from TicketRow t where t.subject = :subject order by t.id",
                    String.class)
                .setParameter("subject", subject)
                .setMaxResults(1)
                .getResultStream()
                .findFirst());
  }
}
