/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.Organisation;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.Team;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.StateCategory;
import org.talka.search.FieldCatalogue;
import org.talka.search.SearchField;
import org.talka.ticket.internal.access.TicketFields;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.type.TicketTypes;

/** The fields that a caller's query may name, and what {@code me}, {@code open} and names mean. */
final class TicketCatalogue implements FieldCatalogue {
  private static final List<String> PERSON_FIELDS = List.of("requester", "assignee", "watcher");

  private final TicketTypes types;
  private final People people;
  private final Caller caller;

  TicketCatalogue(TicketTypes types, People people, Caller caller) {
    this.types = types;
    this.people = people;
    this.caller = caller;
  }

  @Override
  public Optional<SearchField> field(String name) {
    return TicketFields.of(name, types, caller.may("ticket:note"));
  }

  @Override
  public Filter term(SearchField field, String value) {
    String name = field.name();
    if (value.equalsIgnoreCase("none")) {
      return new Filter.Not(new Filter.Exists(name));
    }
    String kind = kind(name);
    return switch (kind) {
      case "person" -> person(name, value);
      case "team" -> team(name, value);
      case "organisation" -> organisation(name, value);
      case "state" -> state(value.toLowerCase(Locale.ROOT));
      case "key", "ticket" -> new Filter.Is(name, value.toUpperCase(Locale.ROOT));
      case "word" -> new Filter.Is(name, value.toLowerCase(Locale.ROOT));
      default -> new Filter.Is(name, value);
    };
  }

  private String kind(String name) {
    if (PERSON_FIELDS.contains(name)) {
      return "person";
    }
    return switch (name) {
      case "team", "organisation", "state", "key" -> name;
      case "category", "open", "priority", "impact", "urgency", "tag", "type" -> "word";
      default ->
          Optional.ofNullable(types.fields().get(name)).map(FieldDefinition::type).orElse("");
    };
  }

  private Filter person(String field, String value) {
    if (value.equalsIgnoreCase("me")) {
      return caller
          .person()
          .<Filter>map(id -> new Filter.Is(field, Long.toString(id.value())))
          .orElse(new Filter.None());
    }
    Optional<Person> person = people.personByUsername(value);
    if (person.isEmpty() && caller.may("person:read")) {
      throw DomainException.malformed("error.ticket.query.person", "value", shown(value));
    }
    // whoever may not read people learns nothing from the difference
    return person
        .<Filter>map(found -> new Filter.Is(field, Long.toString(found.id().value())))
        .orElse(new Filter.None());
  }

  private Filter team(String field, String value) {
    if (value.equalsIgnoreCase("mine")) {
      Filter any = new Filter.None();
      for (var team : caller.teams()) {
        any = Filter.or(any, new Filter.Is(field, Long.toString(team.value())));
      }
      return any;
    }
    Team team =
        people
            .teamByKey(value)
            .orElseThrow(
                () -> DomainException.malformed("error.ticket.query.team", "value", shown(value)));
    return new Filter.Is(field, Long.toString(team.id().value()));
  }

  private Filter organisation(String field, String value) {
    Organisation organisation =
        people
            .organisationByKey(value)
            .orElseThrow(
                () ->
                    DomainException.malformed(
                        "error.ticket.query.organisation", "value", shown(value)));
    return new Filter.Is(field, Long.toString(organisation.id().value()));
  }

  /**
   * A state by its key, or all that mean the same to the desk; with an equals sign before it that
   * one state alone.
   */
  private static Filter state(String value) {
    if (value.startsWith("=")) {
      return new Filter.Is("state", value.substring(1));
    }
    if (value.equals("open")) {
      return new Filter.Is("open", "true");
    }
    if (value.equals("done")) {
      return new Filter.Is("open", "false");
    }
    Filter state = new Filter.Is("state", value);
    for (StateCategory category : StateCategory.values()) {
      if (Words.of(category).equals(value)) {
        return Filter.or(state, new Filter.Is("category", value));
      }
    }
    return state;
  }

  private static String shown(String value) {
    return value.length() > 60 ? value.substring(0, 60) : value;
  }
}
