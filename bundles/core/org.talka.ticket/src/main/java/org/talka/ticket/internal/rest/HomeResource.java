/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.home.Home;
import org.talka.ticket.internal.home.HomeItem;
import org.talka.ticket.internal.home.HomeSection;
import org.talka.ticket.internal.model.TicketImage;

/** What the caller should do next, in one answer. */
@Component(service = HomeResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("home")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:note")
public class HomeResource {
  private static final int VIEWED = 20;
  private static final int KEY = 30;

  private final Home home;
  private final TicketViews views;

  @Activate
  public HomeResource(@Reference Home home, @Reference TicketViews views) {
    this.home = home;
    this.views = views;
  }

  @GET
  @Operation(value = "Say what to do next", answers = SectionView.class, paged = true)
  public PageAnswer<SectionView> read(@QueryParam("viewed") List<String> viewed) {
    if (viewed.size() > VIEWED) {
      throw DomainException.malformed("error.ticket.home.viewed", "max", VIEWED);
    }
    List<HomeSection> sections =
        home.sections(viewed.stream().filter(key -> key.length() <= KEY).toList());
    List<HomeItem> all = sections.stream().flatMap(section -> section.items().stream()).toList();
    // everybody's name in one look-up, and each ticket put into form once
    Map<PersonId, Person> names =
        views.names(all.stream().flatMap(item -> item.person().stream()).toList());
    List<TicketImage> tickets = all.stream().map(HomeItem::ticket).distinct().toList();
    List<TicketView> forms = views.list(tickets);
    Map<TicketImage, TicketView> byTicket = new HashMap<>();
    for (int i = 0; i < tickets.size(); i++) {
      byTicket.put(tickets.get(i), forms.get(i));
    }
    List<SectionView> shown = new ArrayList<>();
    for (HomeSection section : sections) {
      Stream<ItemView> items =
          section.items().stream()
              .map(
                  item ->
                      new ItemView(
                          byTicket.get(item.ticket()),
                          item.reason().word(),
                          item.since(),
                          item.due().map(Object::toString).orElse(null),
                          item.person().isEmpty() ? null : views.person(item.person(), "", names)));
      shown.add(
          new SectionView(
              section.key(), items.toList(), section.query(), section.more(), section.later()));
    }
    return PageAnswer.whole(shown);
  }

  /**
   * A part of the page.
   *
   * @param key {@code replied}: the requester waits for an answer; {@code approval}: the caller may
   *     approve it; {@code mine}: the caller's, the most urgent first; {@code free}: nobody's, of
   *     the caller's teams; {@code recent}: what was given as viewed
   * @param q the whole list as a query; empty when there is none
   * @param more whether there are more than are shown
   * @param later whether it can't be said yet
   */
  public record SectionView(
      String key, List<ItemView> items, String q, boolean more, boolean later) {}

  /**
   * A ticket and why it is shown.
   *
   * @param reason {@code overdue}, {@code replied}, {@code approval}, {@code critical}, {@code
   *     high}, {@code due}, {@code free}, {@code untouched}, {@code waiting} or {@code viewed}
   * @param since when that began
   * @param due the day on which somebody needs it
   * @param person who replied, or who asks
   */
  public record ItemView(
      TicketView ticket, String reason, Instant since, String due, PersonView person) {}
}
