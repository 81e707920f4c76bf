/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.ticket.internal.calendar.Calendars;
import org.talka.ticket.internal.calendar.DateField;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;

/** A list of tickets by days. Each day is a list of its own, with pages of its own. */
@Component(service = CalendarResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("calendar")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class CalendarResource {
  /** So far from now nobody plans; beyond it, times no longer fit into the index. */
  private static final int FIRST_YEAR = 1900;

  private static final int LAST_YEAR = 2200;

  private final Calendars calendars;
  private final TicketViews views;

  @Activate
  public CalendarResource(@Reference Calendars calendars, @Reference TicketViews views) {
    this.calendars = calendars;
    this.views = views;
  }

  @GET
  @Operation(value = "Show a list of tickets by days", answers = CalendarView.class)
  public CalendarView calendar(
      @QueryParam("q") String query,
      @QueryParam("by") String by,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("limit") String limit) {
    LocalDate first = day(from);
    Calendars.Calendar calendar = calendars.calendar(text(query), by);
    List<Page<TicketImage>> pages =
        calendars.days(calendar, text(query), first, day(to), PageParameters.limit(limit));
    // everybody's name in one look-up
    Iterator<TicketView> all =
        views.list(pages.stream().flatMap(page -> page.items().stream()).toList()).iterator();
    List<DayView> days = new ArrayList<>();
    for (Page<TicketImage> page : pages) {
      List<TicketView> items = new ArrayList<>();
      page.items().forEach(item -> items.add(all.next()));
      days.add(
          new DayView(
              first.plusDays(days.size()).toString(),
              items,
              page.next().isPresent(),
              page.next().orElse(null)));
    }
    return new CalendarView(calendar.by().key(), calendar.zone().getId(), calendar.fields(), days);
  }

  @GET
  @Path("days/{day}")
  @Operation(value = "List the tickets of a day", answers = TicketView.class, paged = true)
  public PageAnswer<TicketView> day(
      @PathParam("day") String day,
      @QueryParam("q") String query,
      @QueryParam("by") String by,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    PageParameters page =
        PageParameters.of(limit, null, after, TicketLists.SORTS, TicketLists.NEWEST);
    Calendars.Calendar calendar = calendars.calendar(text(query), by);
    Page<TicketImage> found =
        calendars.day(calendar, text(query), day(day), page.limit(), page.after());
    return new PageAnswer<>(views.list(found.items()), found.next().orElse(null));
  }

  private static LocalDate day(String text) {
    try {
      LocalDate day = LocalDate.parse(text == null ? "" : text);
      if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw DomainException.malformed("error.ticket.calendar.day");
  }

  private static String text(String query) {
    return Optional.ofNullable(query).orElse("");
  }

  /**
   * A calendar.
   *
   * @param by the field whose days these are
   * @param zone where days of instants begin and end: the caller's
   * @param fields by what the list's tickets can stand in a calendar
   */
  public record CalendarView(String by, String zone, List<DateField> fields, List<DayView> days) {}

  /**
   * A day.
   *
   * @param items its first tickets: of instants by time, otherwise the most pressing first
   * @param more whether there are more than these
   * @param next the cursor of the page after, for {@code /calendar/days/{day}}
   */
  public record DayView(String day, List<TicketView> items, boolean more, String next) {}
}
