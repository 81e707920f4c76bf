/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Caller;
import org.talka.api.text.Text;
import org.talka.api.ticket.Comment;
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
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * Asks the extensions that take part in a ticket's life, each only for its ticket types.
 *
 * <p>An extension may be away: its module is being switched, or its circuit is open. On the
 * module's own types nothing is decided without it: writes are refused for the moment. On all other
 * types the desk goes on without it, as if it were not installed.
 */
@Component(service = TicketExtensions.class)
public class TicketExtensions {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final String CORE = "core";
  private static final Logger LOG = LoggerFactory.getLogger(TicketExtensions.class);

  private final Gate gate;
  private final TypeRegistry registry;
  private final Extensions<TicketGuard> guards;
  private final Extensions<TicketParticipant> participants;
  private final Extensions<TransitionCondition> conditions;
  private final Extensions<TransitionValidator> validators;
  private final Extensions<TransitionAction> actions;

  @Activate
  public TicketExtensions(@Reference Gate gate, @Reference TypeRegistry registry) {
    this.gate = gate;
    this.registry = registry;
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
      Optional<TicketLink> link,
      Optional<Comment> comment) {}

  /**
   * @throws DomainException UNAVAILABLE while the module that owns the ticket's type is switched
   */
  public void guard(Happening happening, Refusals refusals) {
    requireHere(happening.after().type(), happening.caller());
    GuardContext context = new GuardContext(happening, refusals);
    for (Extension<TicketGuard> guard : guards.all()) {
      if (concerns(guard, happening.after().type())) {
        decide(guard, happening.after().type(), g -> g.check(context));
      }
    }
  }

  /** Returns whether anybody took part, and so may have changed the ticket again. */
  public boolean tell(Happening happening) {
    boolean told = false;
    ParticipantContext context = new ParticipantContext(happening);
    for (Extension<TicketParticipant> participant : participants.all()) {
      if (concerns(participant, happening.after().type())) {
        told |= decide(participant, happening.after().type(), p -> p.changed(context));
      }
    }
    return told;
  }

  /** The module whose condition closes a way; absent when it is open. */
  public Optional<String> closing(Passage passage) {
    for (Extension<TransitionCondition> condition : conditions.all()) {
      if (concerns(condition, passage.ticket().type()) && !allowed(condition, passage)) {
        return Optional.of(condition.module());
      }
    }
    return Optional.empty();
  }

  /** A condition that fails does not break whoever only looks: its way is closed. */
  private boolean allowed(Extension<TransitionCondition> condition, Passage passage) {
    try {
      return condition
          .callIfOpen(c -> c.allowed(passage))
          .orElseGet(() -> !owns(condition, passage.ticket().type()));
    } catch (DomainException failed) {
      LOG.debug("Condition {} closes {}", condition.name(), passage.transition(), failed);
      return false;
    }
  }

  /** Whether the type is declared by the extension's module. */
  private boolean owns(Extension<?> extension, String type) {
    return registry
        .types()
        .find(type)
        .filter(known -> known.module().equals(extension.module()))
        .isPresent();
  }

  /**
   * Calls somebody who has a say.
   *
   * @return whether it was called; if not, the desk goes on without it
   */
  private <T> boolean decide(Extension<T> extension, String type, Consumer<T> work) {
    if (extension.runIfOpen(work)) {
      return true;
    }
    if (owns(extension, type)) {
      throw unavailable(extension.module());
    }
    LOG.debug("{} of module {} is away and was not asked", extension.name(), extension.module());
    return false;
  }

  /** A module's own code may write while the module starts. */
  private void requireHere(String type, Caller caller) {
    String module =
        registry
            .types()
            .find(type)
            .filter(known -> !known.missing())
            .map(TicketType::module)
            .orElse(CORE);
    if (!gate.admitted(module) && caller.kind() != Caller.Kind.SYSTEM) {
      throw unavailable(module);
    }
  }

  private static DomainException unavailable(String module) {
    return new DomainException(
        ErrorKind.UNAVAILABLE,
        Text.of("error.gate.unavailable", "module", module),
        List.of(),
        RETRY_AFTER);
  }

  public void validate(Passage passage, Refusals refusals) {
    ValidatorContext context = new ValidatorContext(passage, refusals);
    for (Extension<TransitionValidator> validator : validators.all()) {
      if (concerns(validator, passage.ticket().type())) {
        decide(validator, passage.ticket().type(), v -> v.validate(context));
      }
    }
  }

  public void act(Passage passage, FieldSetter setter) {
    ActionContext context = new ActionContext(passage, setter);
    for (Extension<TransitionAction> action : actions.all()) {
      if (concerns(action, passage.ticket().type())) {
        decide(action, passage.ticket().type(), a -> a.apply(context));
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
    public Optional<Comment> comment() {
      return happening.comment();
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

    @Override
    public Optional<Comment> comment() {
      return happening.comment();
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
