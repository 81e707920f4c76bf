/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Callers;
import org.talka.api.security.Organisation;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.StateCategory;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TicketTypes;
import org.talka.ticket.internal.type.TypeRegistry;

/** What people call the values of a field, in the caller's language, and in which order. */
@Component(service = GroupLabels.class)
public class GroupLabels {
  private final TypeRegistry registry;
  private final People people;
  private final Translator translator;
  private final Callers callers;

  @Activate
  public GroupLabels(
      @Reference TypeRegistry registry,
      @Reference People people,
      @Reference Translator translator,
      @Reference Callers callers) {
    this.registry = registry;
    this.people = people;
    this.translator = translator;
    this.callers = callers;
  }

  /**
   * @param value as it is stored
   * @param key as the query language takes it
   */
  record Label(String value, String key, String text) {}

  /**
   * Each value once: those of a scale or of a field's options in that order, others as they come.
   */
  List<Label> of(String field, Collection<String> values) {
    List<String> order = order(field);
    List<String> sorted = new ArrayList<>(values);
    if (!order.isEmpty()) {
      // what is no option any more comes last
      sorted.sort(Comparator.comparingInt(value -> order.indexOf(value) & Integer.MAX_VALUE));
    }
    return switch (kind(field)) {
      case "person" -> people(sorted);
      case "team" -> named(sorted, id -> people.team(new TeamId(id)), Team::key, Team::name);
      case "organisation" ->
          named(
              sorted,
              id -> people.organisation(new OrganisationId(id)),
              Organisation::key,
              Organisation::name);
      default -> {
        List<Label> labels =
            sorted.stream().map(value -> new Label(value, value, words(field, value))).toList();
        yield field.equals("state") ? apart(labels) : labels;
      }
    };
  }

  /** Workflows may call different states the same: then the types say which is meant. */
  private List<Label> apart(List<Label> labels) {
    Map<String, Long> times =
        labels.stream().collect(Collectors.groupingBy(Label::text, Collectors.counting()));
    return labels.stream()
        .map(
            label ->
                times.get(label.text()) == 1
                    ? label
                    : new Label(
                        label.value(),
                        label.key(),
                        label.text() + " (" + typesWith(label.value()) + ")"))
        .toList();
  }

  private String typesWith(String state) {
    return types(state).map(type -> words("type", type.key())).collect(Collectors.joining(", "));
  }

  private Stream<TicketType> types(String state) {
    return registry.types().byKey().values().stream()
        .filter(
            type -> type.workflow().states().stream().anyMatch(each -> each.key().equals(state)));
  }

  private String kind(String field) {
    return switch (field) {
      case "requester", "assignee", "watcher" -> "person";
      case "team", "organisation" -> field;
      default ->
          Optional.ofNullable(registry.types().fields().get(field))
              .map(FieldDefinition::type)
              .orElse("");
    };
  }

  private List<String> order(String field) {
    return switch (field) {
      case "priority" -> words(Priority.values());
      case "impact", "urgency" -> words(Priority.Level.values());
      case "category" -> words(StateCategory.values());
      case "state" ->
          registry.types().byKey().values().stream()
              .flatMap(type -> type.workflow().states().stream())
              .map(state -> state.key())
              .distinct()
              .toList();
      default ->
          Optional.ofNullable(registry.types().fields().get(field))
              .map(FieldDefinition::options)
              .orElse(List.of());
    };
  }

  private static List<String> words(Enum<?>[] constants) {
    return Stream.of(constants).map(Words::of).toList();
  }

  private List<Label> people(List<String> values) {
    Map<PersonId, Person> persons =
        people.persons(values.stream().map(Long::valueOf).map(PersonId::new).toList());
    return values.stream()
        .map(
            value ->
                Optional.ofNullable(persons.get(new PersonId(Long.parseLong(value))))
                    .map(person -> new Label(value, person.username(), person.displayName()))
                    .orElse(new Label(value, value, "#" + value)))
        .toList();
  }

  private static <T> List<Label> named(
      List<String> values,
      Function<Long, Optional<T>> find,
      Function<T, String> key,
      Function<T, String> name) {
    return values.stream()
        .map(
            value ->
                find.apply(Long.valueOf(value))
                    .map(found -> new Label(value, key.apply(found), name.apply(found)))
                    .orElse(new Label(value, value, "#" + value)))
        .toList();
  }

  private String words(String field, String value) {
    return switch (field) {
      case "priority" -> said(value, "priority." + value);
      case "impact", "urgency" -> said(value, "level." + value);
      case "category" -> said(value, "category." + value);
      case "open" -> said(value, "open." + value);
      case "type" -> said(value, "type." + value + ".plural", "type." + value);
      case "module" -> said(value, "module." + value + ".title");
      case "state" ->
          said(
              value,
              types(value)
                  .map(type -> "state." + type.workflow().key() + "." + value)
                  .toArray(String[]::new));
      case "tag" -> value;
      default -> said(value, "field." + field + "." + value);
    };
  }

  /** The words of the first key that somebody knows, also of a module that is away. */
  private String said(String value, String... keys) {
    Locale locale = callers.current().locale();
    TicketTypes types = registry.types();
    for (String key : keys) {
      String words = translator.translate(Text.of(key), locale);
      if (!words.equals(key)) {
        return words;
      }
      for (String language : List.of(locale.getLanguage(), "en")) {
        String kept = types.words().getOrDefault(language, Map.of()).get(key);
        if (kept != null) {
          return kept;
        }
      }
    }
    return value;
  }
}
