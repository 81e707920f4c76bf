/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Caller;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.WorkflowDefinition.Transition;
import org.talka.ticket.internal.access.Ground;
import org.talka.ticket.internal.access.Reach;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.type.TicketType;

/** Which ways out of a ticket's state are open to a caller. */
@Component(service = Workflow.class)
public class Workflow {
  private final TicketExtensions extensions;

  @Activate
  public Workflow(@Reference TicketExtensions extensions) {
    this.extensions = extensions;
  }

  /** In the order of the declaration. */
  public List<Transition> open(Caller caller, TicketType type, TicketImage ticket) {
    if (type.missing()) {
      return List.of();
    }
    return type.from(ticket.state()).stream()
        .filter(transition -> open(caller, ticket, transition))
        .toList();
  }

  public boolean open(Caller caller, TicketImage ticket, Transition transition) {
    return way(caller, ticket, transition).open();
  }

  /**
   * Whether a way is open, and why.
   *
   * @param permitted the permission's grounds for the ticket
   * @param requester whether it is open because the caller requested the ticket
   * @param closedBy the module whose condition closes it; not asked when nothing permits it
   */
  public record Way(List<Ground> permitted, boolean requester, Optional<String> closedBy) {
    public boolean open() {
      return allowed() && closedBy.isEmpty();
    }

    private boolean allowed() {
      return requester || !permitted.isEmpty();
    }
  }

  public Way way(Caller caller, TicketImage ticket, Transition transition) {
    List<Ground> permitted = Reach.of(caller, transition.permission()).on(ticket);
    boolean requester = transition.requester() && requested(caller, ticket);
    Way way = new Way(permitted, requester, Optional.empty());
    return way.allowed() ? new Way(permitted, requester, closing(caller, ticket, transition)) : way;
  }

  private Optional<String> closing(Caller caller, TicketImage ticket, Transition transition) {
    return extensions.closing(
        new TicketExtensions.Passage(caller, ticket, transition.key(), transition.to(), Map.of()));
  }

  /** What a reply of the requester sets off: a ticket that waited, or was done, is active again. */
  public Optional<Transition> revival(Caller caller, TicketType type, TicketImage ticket) {
    boolean rests =
        ticket.category() == StateCategory.PENDING || ticket.category() == StateCategory.RESOLVED;
    if (!rests || !requested(caller, ticket)) {
      return Optional.empty();
    }
    return type.from(ticket.state()).stream()
        .filter(Transition::requester)
        .filter(transition -> type.category(transition.to()) == StateCategory.ACTIVE)
        .filter(transition -> transition.requires().isEmpty())
        .filter(transition -> open(caller, ticket, transition))
        .findFirst();
  }

  public static boolean requested(Caller caller, TicketImage ticket) {
    return caller.person().isPresent() && caller.person().equals(ticket.requester());
  }
}
