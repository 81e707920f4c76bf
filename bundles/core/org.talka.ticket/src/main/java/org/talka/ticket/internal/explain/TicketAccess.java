/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.WorkflowDefinition.Transition;
import org.talka.security.Colleagues;
import org.talka.ticket.internal.access.Ground;
import org.talka.ticket.internal.access.Hurdle;
import org.talka.ticket.internal.access.Reach;
import org.talka.ticket.internal.access.Sight;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.FieldValues;
import org.talka.ticket.internal.rule.TransitionGuards;
import org.talka.ticket.internal.rule.Workflow;
import org.talka.ticket.internal.tailor.Office;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * Explains what somebody may do with a ticket by asking the rules that decide it, as the person:
 * {@link Visibility}, {@link Reach}, {@link Workflow} and what workflows demand. What depends on
 * the values of a change – guards of modules, required fields – is decided when it is made.
 */
@Component(service = TicketAccess.class)
public class TicketAccess {
  private final Colleagues colleagues;
  private final Visibility visibility;
  private final Workflow workflow;
  private final TransitionGuards guards;
  private final TypeRegistry registry;

  @Activate
  public TicketAccess(
      @Reference Colleagues colleagues,
      @Reference Visibility visibility,
      @Reference Workflow workflow,
      @Reference TransitionGuards guards,
      @Reference TypeRegistry registry) {
    this.colleagues = colleagues;
    this.visibility = visibility;
    this.workflow = workflow;
    this.guards = guards;
    this.registry = registry;
  }

  /** One verdict on each deed, and on each way out of the ticket's state. */
  public List<Verdict> of(PersonId person, TicketImage ticket) {
    Optional<Caller> caller = colleagues.caller(person);
    if (caller.isEmpty()) {
      return List.of(Verdict.no(Deed.SEE, Visibility.READ, new Reason.Closed()));
    }
    return of(caller.get(), ticket);
  }

  private List<Verdict> of(Caller caller, TicketImage ticket) {
    List<Verdict> verdicts = new ArrayList<>();
    Verdict sees = sees(visibility.sight(caller), ticket);
    Optional<Reason> closed = closed(sees, ticket);
    verdicts.add(sees);
    Verdict reply = reaches(Deed.REPLY, "ticket:comment", caller, ticket, closed);
    verdicts.add(reply);
    // who may say nothing at all writes no notes
    verdicts.add(
        reply.allowed()
            ? reaches(Deed.NOTE, "ticket:note", caller, ticket, closed)
            : Verdict.of(Deed.NOTE, reply.permission(), false, reply.reasons()));
    verdicts.add(reaches(Deed.CHANGE, "ticket:update", caller, ticket, closed));
    for (Transition transition : ways(ticket)) {
      verdicts.add(passes(caller, ticket, transition, closed));
    }
    GrantScope assignable = caller.grant(FieldValues.ASSIGNABLE);
    verdicts.add(has(Deed.ASSIGNEE, FieldValues.ASSIGNABLE, FieldValues.assignable(assignable)));
    verdicts.add(has(Deed.ADMINISTER, Office.PERMISSION, caller.may(Office.PERMISSION)));
    return verdicts;
  }

  private static Verdict sees(Sight sight, TicketImage ticket) {
    List<Reason> reasons = new ArrayList<>(grounds(sight.reach(), Visibility.READ, ticket));
    if (sight.reach().covers(ticket)) {
      sight.hurdles().forEach(hurdle -> passed(hurdle, ticket).ifPresent(reasons::add));
    }
    boolean sees = sight.sees(ticket);
    return Verdict.of(Deed.SEE, Visibility.READ, sees, sees ? reasons : hiding(reasons));
  }

  /**
   * What a module's rule has to do with the ticket; nothing when it can't be asked about others.
   */
  private static Optional<Reason> passed(Hurdle hurdle, TicketImage ticket) {
    String module = hurdle.module();
    boolean own = module.equals(ticket.module());
    return switch (hurdle.state()) {
      case ASKED ->
          Optional.of(hurdle.lets(ticket) ? new Reason.Left(module) : new Reason.Hidden(module));
      case AWAY -> own ? Optional.of(new Reason.Away(module)) : Optional.empty();
      case EXCUSED -> own ? Optional.of(new Reason.Excused(module)) : Optional.empty();
    };
  }

  /** Of somebody who does not see it, only what is in the way. */
  private static List<Reason> hiding(List<Reason> reasons) {
    return reasons.stream()
        .filter(
            reason ->
                !(reason instanceof Reason.Covered
                    || reason instanceof Reason.Left
                    || reason instanceof Reason.Excused))
        .toList();
  }

  /** What keeps everybody of whom this is said from doing anything. */
  private static Optional<Reason> closed(Verdict sees, TicketImage ticket) {
    return sees.allowed()
        ? ticket.moduleMissing().map(Reason.ModuleGone::new)
        : Optional.of(new Reason.Unseen());
  }

  private static Verdict reaches(
      Deed deed, String permission, Caller caller, TicketImage ticket, Optional<Reason> closed) {
    if (closed.isPresent()) {
      return Verdict.no(deed, permission, closed.get());
    }
    Reach reach = Reach.of(caller, permission);
    return Verdict.of(deed, permission, reach.covers(ticket), grounds(reach, permission, ticket));
  }

  private static List<Reason> grounds(Reach reach, String permission, TicketImage ticket) {
    List<Ground> grounds = reach.on(ticket);
    if (!grounds.isEmpty()) {
      return grounds.stream().<Reason>map(Reason.Covered::new).toList();
    }
    return List.of(
        reach.scope() == GrantScope.NONE
            ? new Reason.NotGranted(permission)
            : new Reason.OutOfReach(permission, reach.scope()));
  }

  private List<Transition> ways(TicketImage ticket) {
    return registry
        .types()
        .find(ticket.type())
        .filter(type -> !type.missing())
        .map((TicketType type) -> type.from(ticket.state()))
        .orElse(List.of());
  }

  private Verdict passes(
      Caller caller, TicketImage ticket, Transition transition, Optional<Reason> closed) {
    Optional<String> name = Optional.of(transition.key());
    String permission = transition.permission();
    if (closed.isPresent()) {
      return new Verdict(Deed.TRANSITION, name, permission, false, List.of(closed.get()));
    }
    Workflow.Way way = workflow.way(caller, ticket, transition);
    List<Reason> reasons = new ArrayList<>();
    if (way.requester()) {
      reasons.add(new Reason.Requested());
    }
    if (!way.permitted().isEmpty() || !way.requester()) {
      reasons.addAll(grounds(Reach.of(caller, permission), permission, ticket));
    }
    List<Reason> against = new ArrayList<>();
    way.closedBy().ifPresent(module -> against.add(new Reason.ClosedBy(module)));
    long tasks = guards.waitsFor(transition, ticket);
    if (tasks > 0) {
      against.add(new Reason.TasksOpen(tasks));
    }
    boolean open = way.open() && tasks == 0;
    return new Verdict(
        Deed.TRANSITION, name, permission, open, against.isEmpty() ? reasons : against);
  }

  private static Verdict has(Deed deed, String permission, boolean granted) {
    return Verdict.of(
        deed,
        permission,
        granted,
        List.of(granted ? new Reason.Granted(permission) : new Reason.NotGranted(permission)));
  }
}
