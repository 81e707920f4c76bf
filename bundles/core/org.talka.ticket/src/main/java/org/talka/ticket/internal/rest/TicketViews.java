/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Organisation;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.FieldDefinition;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.rating.Ratings;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.text.Markdown;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TicketTypes;
import org.talka.ticket.internal.type.TypeRegistry;

/** Puts tickets into the form that clients get, everybody's name found in one look-up. */
@Component(service = TicketViews.class)
public class TicketViews {
  private final TicketReader reader;
  private final TypeRegistry registry;
  private final People people;
  private final Markdown markdown;
  private final Ratings ratings;

  @Activate
  public TicketViews(
      @Reference TicketReader reader,
      @Reference TypeRegistry registry,
      @Reference People people,
      @Reference Markdown markdown,
      @Reference Ratings ratings) {
    this.reader = reader;
    this.registry = registry;
    this.people = people;
    this.markdown = markdown;
    this.ratings = ratings;
  }

  TicketView whole(TicketImage ticket) {
    return view(ticket, names(List.of(ticket)), true);
  }

  List<TicketView> list(List<TicketImage> tickets) {
    Map<PersonId, Person> names = names(tickets);
    return tickets.stream().map(ticket -> view(ticket, names, false)).toList();
  }

  /** A person who may be unknown by now. */
  PersonView person(Optional<PersonId> id, String nameThen, Map<PersonId, Person> names) {
    return id.map(names::get)
        .map(TicketViews::person)
        .orElse(new PersonView(id.map(PersonId::value).orElse(null), null, nameThen));
  }

  Map<PersonId, Person> names(Collection<PersonId> ids) {
    return ids.isEmpty() ? Map.of() : people.persons(new HashSet<>(ids));
  }

  /** A stored value of a field, with names instead of ids. */
  Object value(String field, Object stored, Map<PersonId, Person> names) {
    if (stored instanceof List<?> list) {
      List<Object> shown = new ArrayList<>();
      list.forEach(each -> shown.add(value(field, each, names)));
      return shown;
    }
    if (!(stored instanceof Number number)) {
      return stored;
    }
    return switch (kind(field)) {
      case "person" -> person(Optional.of(new PersonId(number.longValue())), "", names);
      case "team" ->
          people.team(new TeamId(number.longValue())).<Object>map(TicketViews::team).orElse(stored);
      case "organisation" ->
          people
              .organisation(new OrganisationId(number.longValue()))
              .<Object>map(TicketViews::organisation)
              .orElse(stored);
      default -> stored;
    };
  }

  /** The ids of people among the values of a field. */
  void people(String field, Object stored, Set<PersonId> ids) {
    if (stored == null || !kind(field).equals("person")) {
      return;
    }
    for (Object each : stored instanceof List<?> list ? list : List.of(stored)) {
      if (each instanceof Number number) {
        ids.add(new PersonId(number.longValue()));
      }
    }
  }

  /** Whether the caller may know of the field at all. */
  boolean visible(String field, boolean internal) {
    FieldDefinition definition = registry.types().fields().get(field);
    return internal || definition == null || definition.audience().equals("all");
  }

  private String kind(String field) {
    if (field.equals("watcher") || field.equals("taskAssignee")) {
      return "person";
    }
    return BuiltIns.editable(field)
        .or(() -> Optional.ofNullable(registry.types().fields().get(field)))
        .map(FieldDefinition::type)
        .orElse("");
  }

  private Map<PersonId, Person> names(List<TicketImage> tickets) {
    Set<PersonId> ids = new HashSet<>();
    for (TicketImage ticket : tickets) {
      ticket.requester().ifPresent(ids::add);
      ticket.assignee().ifPresent(ids::add);
      ticket.fields().forEach((field, value) -> people(field, value, ids));
    }
    return names((Collection<PersonId>) ids);
  }

  private TicketView view(TicketImage ticket, Map<PersonId, Person> names, boolean whole) {
    TicketTypes types = registry.types();
    Optional<TicketType> type = types.find(ticket.type());
    boolean internal = reader.internal(ticket);
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, String> html = new LinkedHashMap<>();
    ticket
        .fields()
        .forEach(
            (field, value) -> {
              if (visible(field, internal)) {
                fields.put(field, value(field, value, names));
                if (whole && kind(field).equals("markdown") && value instanceof String text) {
                  html.put(field, markdown.html(text));
                }
              }
            });
    return new TicketView(
        ticket.key(),
        ticket.type(),
        ticket.subject(),
        whole ? ticket.description() : null,
        whole ? markdown.html(ticket.description()) : null,
        ticket.state(),
        Words.of(ticket.category()),
        type.map(found -> found.workflow().key()).orElse(ticket.type()),
        Words.of(ticket.priority()),
        ticket.priorityOverridden(),
        Words.of(ticket.impact()),
        Words.of(ticket.urgency()),
        ticket.requester().map(id -> person(Optional.of(id), "", names)).orElse(null),
        ticket.assignee().map(id -> person(Optional.of(id), "", names)).orElse(null),
        ticket.team().flatMap(people::team).map(TicketViews::team).orElse(null),
        ticket
            .organisation()
            .flatMap(people::organisation)
            .map(TicketViews::organisation)
            .orElse(null),
        ticket.tags(),
        fields,
        whole ? html : null,
        ticket.createdAt(),
        ticket.updatedAt(),
        ticket.resolvedAt().orElse(null),
        ticket.version(),
        ticket.moduleMissing().orElse(null),
        can(ticket, internal));
  }

  private TicketView.Can can(TicketImage ticket, boolean internal) {
    if (ticket.moduleMissing().isPresent()) {
      return new TicketView.Can(false, false, false, false);
    }
    return new TicketView.Can(
        reader.may("ticket:update", ticket),
        internal,
        reader.may("ticket:comment", ticket),
        ratings.open(ticket));
  }

  static PersonView person(Person person) {
    return new PersonView(person.id().value(), person.username(), person.displayName());
  }

  private static TeamView team(Team team) {
    return new TeamView(team.id().value(), team.key(), team.name());
  }

  private static TeamView organisation(Organisation organisation) {
    return new TeamView(organisation.id().value(), organisation.key(), organisation.name());
  }
}
