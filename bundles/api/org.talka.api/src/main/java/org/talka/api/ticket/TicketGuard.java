/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.security.Caller;
import org.talka.api.text.Text;

/**
 * May refuse a change before it is written. The service property {@value #TYPES} narrows it to some
 * ticket types.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 50)
public interface TicketGuard {
  /** Service property: the ticket types it is called for; all when absent. */
  String TYPES = "talka.ticket.types";

  void check(Context context);

  enum Operation {
    CREATE,
    UPDATE,
    TRANSITION,
    COMMENT,
    LINK,
    UNLINK,
    DELETE
  }

  @ProviderType
  interface Context {
    Operation operation();

    Caller caller();

    /** The ticket before; absent for a new one. */
    Optional<Ticket> before();

    /** The ticket as it would become. */
    Ticket after();

    /** The link, for {@link Operation#LINK} and {@link Operation#UNLINK}. */
    Optional<TicketLink> link();

    /** What is said with the change: a reply, or a note; also with a transition. */
    Optional<Comment> comment();

    /** Refuses; with null for {@code field} when no single field is to blame. */
    void reject(String field, Text reason);
  }
}
