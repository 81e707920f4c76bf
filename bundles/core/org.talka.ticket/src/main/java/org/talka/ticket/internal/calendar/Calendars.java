/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.ticket.FieldDefinition;
import org.talka.search.SearchField;
import org.talka.ticket.internal.access.TicketFields;
import org.talka.ticket.internal.list.Possible;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TicketTypes;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * The days on which a list of tickets stands as a calendar. Each day is the list's query and one
 * condition more, with pages of its own, so that a busy day takes nothing from the others and
 * nothing is counted.
 */
@Component(service = Calendars.class)
public class Calendars {
  /** Six weeks: the longest month with the days around it. */
  public static final int MOST_DAYS = 42;

  private static final List<DateField> EVERY =
      List.of(
          new DateField("createdAt", false, true),
          new DateField("resolvedAt", false, true),
          new DateField("updatedAt", false, true));

  private final TicketLists lists;
  private final TypeRegistry registry;
  private final Callers callers;

  @Activate
  public Calendars(
      @Reference TicketLists lists, @Reference TypeRegistry registry, @Reference Callers callers) {
    this.lists = lists;
    this.registry = registry;
    this.callers = callers;
  }

  /**
   * @param zone where its days begin and end
   * @param fields what the list's tickets can stand by: first what people plan with, then what code
   *     recorded
   */
  public record Calendar(DateField by, ZoneId zone, List<DateField> fields) {
    /** What falls on a day. */
    Filter on(LocalDate day) {
      ZoneId where = by.day() ? ZoneOffset.UTC : zone;
      Instant from = day.atStartOfDay(where).toInstant();
      Instant next = day.plusDays(1).atStartOfDay(where).toInstant();
      return new Filter.Between(
          by.key(), from.toString(), next.minus(1, ChronoUnit.MICROS).toString());
    }

    /** Days have no order within them but urgency. */
    String sort() {
      return by.day() ? "-priority" : by.key();
    }
  }

  /**
   * @param by a field of the calendar; when it is blank, the first of the list's own
   * @throws DomainException MALFORMED for a field that the list's tickets don't stand by
   */
  public Calendar calendar(String query, String by) {
    List<DateField> fields = fields(lists.visible(query));
    DateField chosen =
        by == null || by.isBlank()
            ? fields.get(0)
            : fields.stream()
                .filter(field -> field.key().equals(by))
                .findFirst()
                .orElseThrow(() -> DomainException.malformed("error.ticket.calendar.by"));
    return new Calendar(chosen, callers.current().zone(), fields);
  }

  /**
   * The first tickets of each day.
   *
   * @param last the last day, {@link #MOST_DAYS} with the first at most
   * @param limit at most so many a day
   */
  public List<Page<TicketImage>> days(
      Calendar calendar, String query, LocalDate first, LocalDate last, int limit) {
    if (last.isBefore(first) || first.plusDays(MOST_DAYS).compareTo(last) <= 0) {
      throw DomainException.malformed("error.ticket.calendar.range", "max", MOST_DAYS);
    }
    List<Filter> days = new ArrayList<>();
    first.datesUntil(last.plusDays(1)).forEach(day -> days.add(calendar.on(day)));
    return lists.first(query, days, calendar.sort(), limit);
  }

  /** A page of one day. */
  public Page<TicketImage> day(
      Calendar calendar, String query, LocalDate day, int limit, Optional<String> after) {
    return lists.query(query, calendar.on(day), calendar.sort(), limit, after);
  }

  private List<DateField> fields(Filter visible) {
    Caller caller = callers.current();
    TicketTypes types = registry.types();
    Set<DateField> planned = new LinkedHashSet<>();
    Set<DateField> recorded = new LinkedHashSet<>(EVERY);
    for (TicketType type : types.byKey().values()) {
      Map<String, Set<String>> known =
          Map.of("type", Set.of(type.key()), "module", Set.of(type.module()));
      if (Possible.of(visible, known) == Possible.NO) {
        continue;
      }
      for (FieldDefinition field : type.fields().values()) {
        TicketFields.of(field.key(), types, caller.may("ticket:note"))
            .filter(found -> found.kind() == SearchField.Kind.INSTANT)
            .ifPresent(
                found ->
                    (field.readOnly() ? recorded : planned)
                        .add(
                            new DateField(
                                field.key(), field.type().equals("date"), field.readOnly())));
      }
    }
    planned.addAll(recorded);
    return List.copyOf(planned);
  }
}
