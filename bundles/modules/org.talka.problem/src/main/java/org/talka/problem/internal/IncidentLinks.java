/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.ticket.TicketGuard;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.api.ticket.TicketLink;
import org.talka.api.ticket.TicketParticipant;

/**
 * Keeps the figures with every link, and sends a published workaround to an incident that joins.
 */
@Component(property = TicketGuard.TYPES + "=problem")
public class IncidentLinks implements TicketParticipant {
  private final ProblemStore store;
  private final Workarounds workarounds;

  @Activate
  public IncidentLinks(@Reference ProblemStore store, @Reference Workarounds workarounds) {
    this.store = store;
    this.workarounds = workarounds;
  }

  @Override
  public void changed(Context context) {
    context
        .link()
        .filter(link -> link.outgoing() && link.type().equals(Workarounds.CAUSES))
        .ifPresent(link -> changed(context, link));
  }

  private void changed(Context context, TicketLink link) {
    String problem = context.after().key();
    if (context.operation() == Operation.LINK) {
      store.incidentLinked(problem, 1);
      workarounds.deliverPublished(context.after(), link.other(), context.caller());
    } else if (context.operation() == Operation.UNLINK) {
      store.incidentLinked(problem, -1);
    }
  }
}
