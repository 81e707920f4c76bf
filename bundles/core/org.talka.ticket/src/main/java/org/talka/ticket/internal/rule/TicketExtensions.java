/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Caller;
import org.talka.api.text.Text;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketGuard;
import org.talka.api.ticket.TicketLink;
import org.talka.api.ticket.TicketParticipant;
import org.talka.api.ticket.TransitionAction;
import org.talka.api.ticket.TransitionCondition;
import org.talka.api.ticket.TransitionValidator;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;

/** Asks the extensions that take part in a ticket's life, each only for its ticket types. */
@Component(service = TicketExtensions.class)
public class TicketExtensions {
  private final Extensions<TicketGuard> guards;
  private final Extensions<TicketParticipant> participants;
  private final Extensions<TransitionCondition> conditions;
  private final Extensions<TransitionValidator> validators;
  private final Extensions<TransitionAction> actions;

  @Activate
  public TicketExtensions(@Reference Gate gate) {
    this.guards = gate.open(TicketGuard.class);
    this.participants = gate.open(TicketParticipant.class);
    this.conditions = gate.open(TransitionCondition.class);
    this.validators = gate.open(TransitionValidator.class);
    this.actions = gate.open(TransitionAction.class);
  }

  @Deactivate
  public void close() {
    List.of(guards, participants, conditions, validators, actions).forEach(Extensions::close);
  }

  /** What happens to which ticket. */
  public record Happening(
      TicketGuard.Operation operation,
      Caller caller,
      Optional<Ticket> before,
      Ticket after,
      Optional<TicketLink> link) {}

  public void guard(Happening happening, Refusals refusals) {
    GuardContext context = new GuardContext(happening, refusals);
    for (Extension<TicketGuard> guard : guards.all()) {
      if (concerns(guard, happening.after().type())) {
        guard.run(g -> g.check(context));
      }
    }
  }

  /** Returns whether anybody took part, and so may have changed the ticket again. */
  public boolean tell(Happening happening) {
    boolean told = false;
    ParticipantContext context = new ParticipantContext(happening);
    for (Extension<TicketParticipant> participant : participants.all()) {
      if (concerns(participant, happening.after().type())) {
        participant.run(p -> p.changed(context));
        told = true;
      }
    }
    return told;
  }

  public boolean allowed(Passage passage) {
    for (Extension<TransitionCondition> condition : conditions.all()) {
      if (concerns(condition, passage.ticket().type())
          && !condition.call(c -> c.allowed(passage))) {
        return false;
      }
    }
    return true;
  }

  public void validate(Passage passage, Refusals refusals) {
    ValidatorContext context = new ValidatorContext(passage, refusals);
    for (Extension<TransitionValidator> validator : validators.all()) {
      if (concerns(validator, passage.ticket().type())) {
        validator.run(v -> v.validate(context));
      }
    }
  }

  public void act(Passage passage, FieldSetter setter) {
    ActionContext context = new ActionContext(passage, setter);
    for (Extension<TransitionAction> action : actions.all()) {
      if (concerns(action, passage.ticket().type())) {
        action.run(a -> a.apply(context));
      }
    }
  }

  private static boolean concerns(Extension<?> extension, String type) {
    Set<String> types = extension.strings(TicketGuard.TYPES);
    return types.isEmpty() || types.contains(type);
  }

  /** Where an action's values go. */
  public interface FieldSetter {
    void set(String field, Object value);
  }

  /** A ticket on its way through a transition. */
  public record Passage(
      Caller caller, Ticket ticket, String transition, String to, Map<String, Object> changes)
      implements TransitionCondition.Context {}

  private record GuardContext(Happening happening, Refusals refusals)
      implements TicketGuard.Context {
    @Override
    public TicketGuard.Operation operation() {
      return happening.operation();
    }

    @Override
    public Caller caller() {
      return happening.caller();
    }

    @Override
    public Optional<Ticket> before() {
      return happening.before();
    }

    @Override
    public Ticket after() {
      return happening.after();
    }

    @Override
    public Optional<TicketLink> link() {
      return happening.link();
    }

    @Override
    public void reject(String field, Text reason) {
      refusals.add(field, reason);
    }
  }

  private record ParticipantContext(Happening happening) implements TicketParticipant.Context {
    @Override
    public TicketGuard.Operation operation() {
      return happening.operation();
    }

    @Override
    public Caller caller() {
      return happening.caller();
    }

    @Override
    public Optional<Ticket> before() {
      return happening.before();
    }

    @Override
    public Ticket after() {
      return happening.after();
    }

    @Override
    public Optional<TicketLink> link() {
      return happening.link();
    }
  }

  private record ValidatorContext(Passage passage, Refusals refusals)
      implements TransitionValidator.Context {
    @Override
    public Caller caller() {
      return passage.caller();
    }

    @Override
    public Ticket ticket() {
      return passage.ticket();
    }

    @Override
    public String transition() {
      return passage.transition();
    }

    @Override
    public String to() {
      return passage.to();
    }

    @Override
    public Map<String, Object> changes() {
      return passage.changes();
    }

    @Override
    public void reject(String field, Text reason) {
      refusals.add(field, reason);
    }
  }

  private record ActionContext(Passage passage, FieldSetter setter)
      implements TransitionAction.Context {
    @Override
    public Caller caller() {
      return passage.caller();
    }

    @Override
    public Ticket ticket() {
      return passage.ticket();
    }

    @Override
    public String transition() {
      return passage.transition();
    }

    @Override
    public String to() {
      return passage.to();
    }

    @Override
    public Map<String, Object> changes() {
      return passage.changes();
    }

    @Override
    public void set(String field, Object value) {
      setter.set(field, value);
    }
  }
}
