/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketAction;
import org.talka.api.ticket.TicketActionDefinition;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.Assignment;
import org.talka.ticket.internal.rule.FieldValues;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TypeRegistry;

/** Declared actions, each done by the extension that has its key. */
@Component(service = Actions.class)
public class Actions {
  private final TicketReader reader;
  private final TypeRegistry registry;
  private final FieldValues values;
  private final CommentRules comments;
  private final Transactions transactions;
  private final Extensions<TicketAction> actions;

  @Activate
  public Actions(
      @Reference TicketReader reader,
      @Reference TypeRegistry registry,
      @Reference FieldValues values,
      @Reference CommentRules comments,
      @Reference Transactions transactions,
      @Reference Gate gate) {
    this.reader = reader;
    this.registry = registry;
    this.values = values;
    this.comments = comments;
    this.transactions = transactions;
    this.actions = gate.open(TicketAction.class);
  }

  @Deactivate
  public void close() {
    actions.close();
  }

  /** Those that the caller may do now. */
  public List<TicketActionDefinition> of(TicketImage ticket) {
    if (ticket.moduleMissing().isPresent()) {
      return List.of();
    }
    return registry.types().actionsOn(ticket.type()).stream()
        .filter(action -> offered(action, ticket))
        .filter(
            action ->
                actions.named(TicketAction.KEY, action.key()).stream()
                    .anyMatch(Extension::available))
        .toList();
  }

  public TicketImage perform(
      String key, String actionKey, Map<String, Object> given, Optional<String> comment) {
    return transactions.required(
        () -> {
          TicketImage ticket = reader.lock(key);
          TicketActionDefinition action =
              registry.types().actionsOn(ticket.type()).stream()
                  .filter(each -> each.key().equals(actionKey))
                  .findFirst()
                  .orElseThrow(() -> DomainException.notFound("error.ticket.action.unknown"));
          if (action.permission() != null) {
            reader.require(action.permission(), ticket);
          }
          Extension<TicketAction> doer =
              Optional.of(action)
                  .filter(each -> offered(each, ticket))
                  .flatMap(each -> actions.named(TicketAction.KEY, actionKey))
                  .orElseThrow(() -> DomainException.conflict("error.ticket.action.closed"));
          Refusals refusals = new Refusals();
          Map<String, Object> read = read(action, ticket, given, refusals);
          Optional<String> said = comment.filter(text -> !text.isBlank());
          if (action.comment().equals("required") && said.isEmpty()) {
            refusals.add("comment", "error.ticket.transition.comment");
          }
          said.ifPresent(text -> comments.check(text, "comment", refusals));
          refusals.raise();
          Call call = new Call(ticket, reader.caller(), read, said);
          doer.run(service -> service.perform(call));
          return reader.get(key);
        });
  }

  /** The values that the action asks for, in the form in which {@link Ticket#fields} gives them. */
  private Map<String, Object> read(
      TicketActionDefinition action,
      TicketImage ticket,
      Map<String, Object> given,
      Refusals refusals) {
    TicketType type = reader.type(ticket);
    TicketDraft scratch = new TicketDraft(ticket);
    Assignment assignment =
        new Assignment(
            values,
            type,
            reader.caller(),
            true,
            Optional.of(java.util.Set.copyOf(action.fields())),
            key -> reader.find(key).isPresent());
    assignment.apply(scratch, given, refusals);
    Map<String, Object> read = new LinkedHashMap<>();
    for (String field : action.fields()) {
      if (given.containsKey(field)) {
        scratch.get(field).ifPresent(value -> read.put(field, value));
      }
    }
    return java.util.Collections.unmodifiableMap(read);
  }

  private boolean offered(TicketActionDefinition action, TicketImage ticket) {
    return (action.states().isEmpty() || action.states().contains(ticket.state()))
        && (action.permission() == null || reader.may(action.permission(), ticket))
        && actions.named(TicketAction.KEY, action.key()).isPresent();
  }

  private record Call(
      Ticket ticket, Caller caller, Map<String, Object> values, Optional<String> comment)
      implements TicketAction.Context {}
}
