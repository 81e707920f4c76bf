/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.security.Caller;

/**
 * Takes part in a change in the same transaction: what it writes to its own unit is committed with
 * the ticket, and its failure rolls the ticket's change back. The service property {@link
 * TicketGuard#TYPES} narrows it.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 100)
public interface TicketParticipant {
  void changed(Context context);

  @ProviderType
  interface Context {
    TicketGuard.Operation operation();

    Caller caller();

    Optional<Ticket> before();

    Ticket after();

    /**
     * The link as seen from {@link #after()}, which is its source, for {@link
     * TicketGuard.Operation#LINK} and {@link TicketGuard.Operation#UNLINK}.
     */
    Optional<TicketLink> link();

    /** What is said with the change: a reply, or a note; also with a transition. */
    Optional<Comment> comment();
  }
}
