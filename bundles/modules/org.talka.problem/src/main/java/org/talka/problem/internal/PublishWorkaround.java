/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketAction;
import org.talka.api.ticket.Tickets;

/** The button: saves the text that was filled in, then publishes it. */
@Component(property = TicketAction.KEY + "=problem.publish-workaround")
public class PublishWorkaround implements TicketAction {
  private final Tickets tickets;
  private final Workarounds workarounds;

  @Activate
  public PublishWorkaround(@Reference Tickets tickets, @Reference Workarounds workarounds) {
    this.tickets = tickets;
    this.workarounds = workarounds;
  }

  @Override
  public void perform(Context context) {
    Ticket problem = context.ticket();
    Object text = context.values().get("workaround");
    if (text != null && !text.equals(problem.fields().get("workaround"))) {
      problem =
          tickets.update(problem.key(), problem.version(), java.util.Map.of("workaround", text));
    }
    workarounds.publish(problem, context.caller());
  }
}
