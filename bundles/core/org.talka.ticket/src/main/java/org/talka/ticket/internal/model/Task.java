/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.TicketId;

/**
 * One thing to do for a ticket.
 *
 * @param place where it stands among the ticket's tasks, from 0
 * @param doneAt present when it is done
 */
public record Task(
    long id,
    TicketId ticket,
    String title,
    Optional<PersonId> assignee,
    Optional<LocalDate> due,
    int place,
    Optional<Instant> doneAt,
    long version) {
  public boolean done() {
    return doneAt.isPresent();
  }
}
