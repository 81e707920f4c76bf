/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.ticket.WorkflowDefinition.Transition;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.store.TaskStore;

/**
 * What a workflow can demand of a transition by name. The transition stays on offer all the same:
 * whoever tries it hears what is to be done first.
 */
@Component(service = TransitionGuards.class)
public class TransitionGuards {
  private final TaskStore tasks;

  @Activate
  public TransitionGuards(@Reference TaskStore tasks) {
    this.tasks = tasks;
  }

  /** Adds a refusal for each demand that is not met. */
  public void check(Transition transition, TicketImage ticket, Refusals refusals) {
    long open = waitsFor(transition, ticket);
    if (open > 0) {
      refusals.add(null, "error.ticket.task.open", "n", open, "key", ticket.key());
    }
  }

  /** How many open tasks the transition waits for; 0 when it does not wait. */
  public long waitsFor(Transition transition, TicketImage ticket) {
    boolean waits = transition.guards().contains(Transition.NO_OPEN_TASKS);
    return waits ? tasks.openOf(ticket.id()) : 0;
  }
}
