/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.text.Text;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.api.ticket.TicketId;
import org.talka.api.ticket.WorkflowDefinition.Transition;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.Assignment;
import org.talka.ticket.internal.rule.FieldValues;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.TicketExtensions;
import org.talka.ticket.internal.rule.TransitionGuards;
import org.talka.ticket.internal.rule.Workflow;
import org.talka.ticket.internal.service.TicketWriter.Write;
import org.talka.ticket.internal.store.NumberSeries;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TypeRegistry;

/** Creates tickets, changes their values and moves them through their workflows. */
@Component(service = TicketDesk.class)
public class TicketDesk {
  private final TicketReader reader;
  private final TicketWriter writer;
  private final TypeRegistry registry;
  private final NumberSeries numbers;
  private final FieldValues values;
  private final Workflow workflow;
  private final TicketExtensions extensions;
  private final TransitionGuards guards;
  private final CommentRules comments;
  private final People people;
  private final Transactions transactions;

  @Activate
  public TicketDesk(
      @Reference TicketReader reader,
      @Reference TicketWriter writer,
      @Reference TypeRegistry registry,
      @Reference NumberSeries numbers,
      @Reference FieldValues values,
      @Reference Workflow workflow,
      @Reference TicketExtensions extensions,
      @Reference TransitionGuards guards,
      @Reference CommentRules comments,
      @Reference People people,
      @Reference Transactions transactions) {
    this.reader = reader;
    this.writer = writer;
    this.registry = registry;
    this.numbers = numbers;
    this.values = values;
    this.workflow = workflow;
    this.extensions = extensions;
    this.guards = guards;
    this.comments = comments;
    this.people = people;
    this.transactions = transactions;
  }

  /**
   * @param client whether the values come from a client, which can't set what only code sets
   */
  public TicketImage create(String typeKey, Map<String, Object> given, boolean client) {
    Caller caller = reader.caller();
    if (!caller.may("ticket:create")) {
      throw DomainException.forbidden("error.ticket.forbidden", "permission", "ticket:create");
    }
    boolean agent = caller.may("ticket:update");
    TicketType type =
        registry
            .types()
            .find(typeKey)
            .filter(found -> !found.missing() && !found.retired())
            .filter(found -> agent || found.definition().portal())
            .orElseThrow(
                () ->
                    DomainException.invalid("type", "error.ticket.type.unknown", "type", typeKey));
    Optional<Set<String>> only = agent ? Optional.empty() : Optional.of(type.portalFields());

    return transactions.required(
        () -> {
          Refusals refusals = new Refusals();
          TicketDraft draft = draft(type);
          Map<String, Object> rest = new LinkedHashMap<>(given);
          if (!agent) {
            forceOwn(caller, rest, refusals);
          }
          assignment(type, caller, client, only).apply(draft, rest, refusals);
          completeRequester(caller, draft, given);
          List<FormSection> form = agent ? type.definition().form() : type.portalForm();
          Set<String> unasked = TicketType.unasked(form, draft::get);
          Assignment.required(type, draft, only, unasked, refusals);
          Write write =
              new Write(
                  caller,
                  Operation.CREATE,
                  "created",
                  Optional.empty(),
                  draft,
                  List.of(),
                  false,
                  Optional.empty(),
                  Optional.empty());
          return writer.write(write, refusals);
        });
  }

  /**
   * @param version what the caller saw; not compared when absent
   */
  public TicketImage update(
      String key, Optional<Long> version, Map<String, Object> changes, boolean client) {
    return transactions.required(
        () -> {
          Caller caller = reader.caller();
          TicketImage before = reader.lock(key);
          fresh(before, version);
          reader.require("ticket:update", before);
          Refusals refusals = new Refusals();
          TicketType type = reader.type(before);
          TicketDraft draft = new TicketDraft(before);
          assignment(type, caller, client, Optional.empty()).apply(draft, changes, refusals);
          stillRequired(type, before, draft, refusals);
          return writer.write(
              Write.of(caller, Operation.UPDATE, "updated", before, draft), refusals);
        });
  }

  /** The transitions that the caller may take now. */
  public List<Transition> transitions(TicketImage ticket) {
    return registry
        .types()
        .find(ticket.type())
        .map(type -> workflow.open(reader.caller(), type, ticket))
        .orElse(List.of());
  }

  public TicketImage transition(
      String key,
      Optional<Long> version,
      String name,
      Map<String, Object> changes,
      Optional<String> comment,
      boolean internal,
      boolean client) {
    return transactions.required(
        () -> {
          Caller caller = reader.caller();
          TicketImage before = reader.lock(key);
          fresh(before, version);
          TicketType type = reader.type(before);
          Transition transition =
              type.transition(name)
                  .orElseThrow(
                      () ->
                          DomainException.invalid("transition", "error.ticket.transition.unknown"));
          boolean startsHere = type.from(before.state()).contains(transition);
          if (!startsHere || !workflow.open(caller, before, transition)) {
            throw DomainException.conflict(
                "error.ticket.transition.closed", "key", before.key(), "transition", name);
          }
          Refusals refusals = new Refusals();
          Optional<CommentImage> said =
              comment
                  .filter(text -> !text.isBlank())
                  .map(text -> comments.check(text, "comment", refusals))
                  .map(text -> writer.comment(caller, before, text, internal));
          if (transition.comment().equals("required") && said.isEmpty()) {
            refusals.add("comment", "error.ticket.transition.comment");
          }
          if (internal && said.isPresent()) {
            reader.require("ticket:note", before);
          }
          TicketDraft draft = new TicketDraft(before);
          Optional<Set<String>> only =
              reader.may("ticket:update", before)
                  ? Optional.empty()
                  : Optional.of(new HashSet<>(transition.requires()));
          assignment(type, caller, client, only).apply(draft, changes, refusals);
          pass(caller, type, before, draft, transition, changes, refusals);
          Write write = Write.of(caller, Operation.TRANSITION, "transitioned", before, draft);
          return writer.write(said.map(write::with).orElse(write), refusals);
        });
  }

  /** Takes a draft through a transition: effects of extensions, the state, what it demands. */
  void pass(
      Caller caller,
      TicketType type,
      TicketImage before,
      TicketDraft draft,
      Transition transition,
      Map<String, Object> changes,
      Refusals refusals) {
    TicketExtensions.Passage passage =
        new TicketExtensions.Passage(
            caller,
            draft.image(before.updatedAt(), before.version()),
            transition.key(),
            transition.to(),
            java.util.Collections.unmodifiableMap(new LinkedHashMap<>(changes)));
    Assignment byCode = assignment(type, caller, false, Optional.empty());
    extensions.act(
        passage,
        (field, value) ->
            byCode.apply(draft, value == null ? nothing(field) : Map.of(field, value), refusals));
    draft.enter(transition.to(), type.category(transition.to()), writer.now());
    for (String field : transition.requires()) {
      if (draft.get(field).isEmpty()) {
        boolean builtIn = org.talka.ticket.internal.model.BuiltIns.has(field);
        refusals.add(builtIn ? field : "fields." + field, "error.ticket.field.required");
      }
    }
    guards.check(transition, before, refusals);
    extensions.validate(passage, refusals);
  }

  private Assignment assignment(
      TicketType type, Caller caller, boolean client, Optional<Set<String>> only) {
    return new Assignment(values, type, caller, client, only, key -> reader.find(key).isPresent());
  }

  private TicketDraft draft(TicketType type) {
    String initial = type.workflow().initial();
    return new TicketDraft(
        new TicketId(numbers.id()),
        numbers.key(type.definition().prefix()),
        type.key(),
        type.module(),
        initial,
        type.category(initial),
        writer.now());
  }

  /** Requesters ask for themselves alone. */
  private static void forceOwn(Caller caller, Map<String, Object> given, Refusals refusals) {
    Object requester = given.remove("requester");
    if (requester != null && !requester.equals(caller.username())) {
      refusals.add("requester", "error.ticket.field.requester");
    }
  }

  private void completeRequester(Caller caller, TicketDraft draft, Map<String, Object> given) {
    if (!given.containsKey("requester") || draft.get("requester").isEmpty()) {
      draft.set("requester", caller.person().map(PersonId::value));
    }
    if (draft.get("organisation").isEmpty()) {
      draft.set(
          "organisation",
          draft
              .get("requester")
              .flatMap(id -> people.person(new PersonId((Long) id)))
              .flatMap(Person::organisation)
              .map(OrganisationId::value));
    }
  }

  /** A change may leave a gap that was there before, not make one. */
  private static void stillRequired(
      TicketType type, TicketImage before, TicketDraft draft, Refusals refusals) {
    TicketDraft was = new TicketDraft(before);
    Refusals gaps = new Refusals();
    Assignment.required(type, draft, Optional.empty(), Set.of(), gaps);
    Refusals old = new Refusals();
    Assignment.required(type, was, Optional.empty(), Set.of(), old);
    gaps.without(old).forEach(error -> refusals.add(error.field(), error.message()));
  }

  private static void fresh(TicketImage ticket, Optional<Long> version) {
    if (version.isPresent() && version.get() != ticket.version()) {
      throw new DomainException(
          ErrorKind.STALE, Text.of("error.ticket.stale", "key", ticket.key()));
    }
  }

  private static Map<String, Object> nothing(String field) {
    Map<String, Object> map = new java.util.HashMap<>();
    map.put(field, null);
    return map;
  }
}
