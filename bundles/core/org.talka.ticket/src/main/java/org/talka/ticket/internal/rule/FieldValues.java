/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rule;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.GrantScope;
import org.talka.api.security.Organisation;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FieldType;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.ticket.internal.model.BuiltIns;

/** Reads given values into the form in which they are stored, or says what is wrong with them. */
@Component(service = FieldValues.class)
public class FieldValues {
  /** The permission that somebody needs to be assigned, on whatever tickets. */
  public static final String ASSIGNABLE = "ticket:update";

  private static final int MANY = 50;
  private static final int TAGS = 20;
  private static final int LINE = 1_000;
  private static final BigDecimal LARGEST = new BigDecimal("1000000000000000");

  private final People people;
  private final Extensions<FieldType> kinds;

  @Activate
  public FieldValues(@Reference People people, @Reference Gate gate) {
    this.people = people;
    this.kinds = gate.open(FieldType.class);
  }

  @Deactivate
  public void close() {
    kinds.close();
  }

  /**
   * @param raw a JSON value, or an id or value as {@link org.talka.api.ticket.Ticket#fields()}
   *     gives
   * @param ticketExists whether the caller sees a ticket with this key
   * @return nothing for an empty value
   * @throws RefusedValue saying what is wrong
   */
  public Optional<Object> read(FieldDefinition field, Object raw, Predicate<String> ticketExists) {
    if (raw == null) {
      return Optional.empty();
    }
    if (!field.multiple()) {
      if (raw instanceof List) {
        throw new RefusedValue("error.ticket.field.single");
      }
      return Optional.of(one(field, raw, ticketExists)).filter(v -> !v.equals(""));
    }
    if (!(raw instanceof Iterable<?> given)) {
      throw new RefusedValue("error.ticket.field.list");
    }
    Set<Object> values = new LinkedHashSet<>();
    for (Object each : given) {
      if (each == null) {
        throw new RefusedValue("error.ticket.field.list");
      }
      Object value = one(field, each, ticketExists);
      if (!value.equals("")) {
        values.add(value);
      }
    }
    int max = field.key().equals("tags") ? TAGS : MANY;
    if (values.size() > max) {
      throw new RefusedValue("error.ticket.field.too-many", "max", max);
    }
    List<Object> list = new ArrayList<>(values);
    return list.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(list));
  }

  private Object one(FieldDefinition field, Object raw, Predicate<String> ticketExists) {
    return switch (field.type()) {
      case "text" -> {
        String line = PlainText.line(string(raw), field.max() > 0 ? field.max() : LINE);
        yield field.key().equals("tags") ? line.toLowerCase(Locale.ROOT) : line;
      }
      case "markdown" ->
          PlainText.block(string(raw), field.max() > 0 ? field.max() : BuiltIns.MARKDOWN_MAX);
      case "number" -> number(field, raw);
      case "boolean" -> {
        if (raw instanceof Boolean) {
          yield raw;
        }
        throw new RefusedValue("error.ticket.field.boolean");
      }
      case "date" -> date(string(raw));
      case "datetime" -> instant(raw);
      case "choice" -> {
        String option = string(raw);
        if (!option.isEmpty() && !field.options().contains(option)) {
          throw new RefusedValue(
              "error.ticket.field.choice", "options", String.join(", ", field.options()));
        }
        yield option;
      }
      case "person" -> person(field, raw);
      case "team" -> team(raw);
      case "organisation" -> organisation(raw);
      case "ticket" -> {
        String key = string(raw).strip().toUpperCase(Locale.ROOT);
        if (!key.isEmpty() && !ticketExists.test(key)) {
          throw new RefusedValue("error.ticket.field.ticket", "key", key);
        }
        yield key;
      }
      default ->
          kinds
              .named(FieldType.KEY, field.type())
              .<Object>flatMap(kind -> kind.callIfOpen(type -> type.parse(field, raw)))
              .orElseThrow(() -> new RefusedValue("error.ticket.field.kind", "kind", field.type()));
    };
  }

  private static String string(Object raw) {
    if (raw instanceof String string) {
      return string;
    }
    throw new RefusedValue("error.ticket.field.text");
  }

  private static BigDecimal number(FieldDefinition field, Object raw) {
    if (!(raw instanceof Number)) {
      throw new RefusedValue("error.ticket.field.number");
    }
    BigDecimal number;
    try {
      number = new BigDecimal(raw.toString());
    } catch (NumberFormatException e) {
      throw new RefusedValue("error.ticket.field.number");
    }
    BigDecimal max = field.max() > 0 ? BigDecimal.valueOf(field.max()) : LARGEST;
    if (number.abs().compareTo(max) > 0 || number.stripTrailingZeros().scale() > 6) {
      throw new RefusedValue("error.ticket.field.range", "max", max.toPlainString());
    }
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  private static String date(String text) {
    if (text.isEmpty()) {
      return "";
    }
    try {
      LocalDate date = LocalDate.parse(text);
      if (date.getYear() >= 1900 && date.getYear() <= 9999) {
        return date.toString();
      }
    } catch (DateTimeException e) {
      // said below, with what is expected
    }
    throw new RefusedValue("error.ticket.field.date");
  }

  private static String instant(Object raw) {
    String text = raw instanceof Instant instant ? instant.toString() : string(raw);
    if (text.isEmpty()) {
      return "";
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() >= 1900 && time.getYear() <= 9999) {
        return time.toInstant().toString();
      }
    } catch (DateTimeException e) {
      // said below, with what is expected
    }
    throw new RefusedValue("error.ticket.field.datetime");
  }

  private Object person(FieldDefinition field, Object raw) {
    Optional<Person> person =
        raw instanceof PersonId id
            ? people.person(id)
            : raw instanceof Number id
                ? people.person(new PersonId(id.longValue()))
                : people.personByUsername(name(raw, "username"));
    if (raw instanceof String text && text.isBlank()) {
      return "";
    }
    Person found =
        person
            .filter(Person::active)
            .orElseThrow(() -> new RefusedValue("error.ticket.field.person"));
    if (field.key().equals("assignee") && !assignable(people.grant(found.id(), ASSIGNABLE))) {
      throw new RefusedValue("error.ticket.field.assignee", "person", found.displayName());
    }
    return found.id().value();
  }

  /** Whether tickets can be assigned to somebody for whom {@link #ASSIGNABLE} reaches so far. */
  public static boolean assignable(GrantScope reach) {
    return reach != GrantScope.NONE;
  }

  private Object team(Object raw) {
    if (raw instanceof String text && text.isBlank()) {
      return "";
    }
    Optional<Team> team =
        raw instanceof TeamId id
            ? people.team(id)
            : raw instanceof Number id
                ? people.team(new TeamId(id.longValue()))
                : people.teamByKey(name(raw, "key"));
    return team.orElseThrow(() -> new RefusedValue("error.ticket.field.team")).id().value();
  }

  private Object organisation(Object raw) {
    if (raw instanceof String text && text.isBlank()) {
      return "";
    }
    Optional<Organisation> organisation =
        raw instanceof OrganisationId id
            ? people.organisation(id)
            : raw instanceof Number id
                ? people.organisation(new OrganisationId(id.longValue()))
                : people.organisationByKey(name(raw, "key"));
    return organisation
        .orElseThrow(() -> new RefusedValue("error.ticket.field.organisation"))
        .id()
        .value();
  }

  /** A name, alone or in the object in which answers show it. */
  private static String name(Object raw, String property) {
    String name = string(raw instanceof Map<?, ?> object ? object.get(property) : raw);
    return PlainText.line(name, 200);
  }
}
