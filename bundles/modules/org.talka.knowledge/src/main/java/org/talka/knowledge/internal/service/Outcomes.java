/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.api.ticket.TicketParticipant;

/** What becomes of tickets says what articles are worth: used and solved, or asked all the same. */
@Component
public class Outcomes implements TicketParticipant {
  private final Usage usage;
  private final Deflection deflection;

  @Activate
  public Outcomes(@Reference Usage usage, @Reference Deflection deflection) {
    this.usage = usage;
    this.deflection = deflection;
  }

  @Override
  public void changed(Context context) {
    if (context.operation() == Operation.CREATE) {
      context
          .after()
          .requester()
          .ifPresent(who -> deflection.asks(who.value(), context.after().createdAt()));
    }
    if (context.operation() != Operation.TRANSITION) {
      return;
    }
    boolean before = context.before().filter(Outcomes::solved).isPresent();
    boolean after = Optional.of(context.after()).filter(Outcomes::solved).isPresent();
    if (before != after) {
      usage.solved(context.after().key(), after);
    }
  }

  private static boolean solved(Ticket ticket) {
    return ticket.category() == StateCategory.RESOLVED || ticket.category() == StateCategory.CLOSED;
  }
}
