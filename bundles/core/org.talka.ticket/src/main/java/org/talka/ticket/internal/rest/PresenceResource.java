/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.presence.Doing;
import org.talka.ticket.internal.presence.Presence;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.service.TicketReader;

/** Who of the desk is at a ticket now. Requesters neither see it nor are they shown. */
@Component(service = PresenceResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/presence")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:note")
public class PresenceResource {
  private static final Pattern PAGE = Pattern.compile("[A-Za-z0-9-]{1,40}");

  private final Presence presence;
  private final TicketReader reader;

  @Activate
  public PresenceResource(@Reference Presence presence, @Reference TicketReader reader) {
    this.presence = presence;
    this.reader = reader;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Say that the caller is at the ticket, and learn who else is",
      answers = HereView.class,
      paged = true)
  public PageAnswer<HereView> beat(@PathParam("key") String key, Beat beat) {
    TicketImage ticket = reader.get(key);
    reader.require("ticket:note", ticket);
    Caller caller = reader.caller();
    if (caller.person().isEmpty()) {
      throw DomainException.forbidden("error.ticket.notice.nobody");
    }
    Refusals refusals = new Refusals();
    boolean named = beat.page() != null && PAGE.matcher(beat.page()).matches();
    if (!named) {
      refusals.add("page", "error.ticket.presence.page");
    }
    Optional<Doing> doing = Doing.of(beat.doing() == null ? "looking" : beat.doing());
    if (doing.isEmpty()) {
      refusals.add("doing", "error.ticket.field.choice", "options", "looking, noting, replying");
    }
    refusals.raise();
    return PageAnswer.whole(
        presence.beat(ticket.key(), caller, beat.page(), doing.orElseThrow()).stream()
            .map(here -> new HereView(here.username(), here.displayName(), here.doing().word()))
            .toList());
  }

  @DELETE
  @Path("{page}")
  @Operation(value = "Say that a page of the caller has left the ticket", status = 204)
  public Response leave(@PathParam("key") String key, @PathParam("page") String page) {
    Optional<PersonId> person = reader.caller().person();
    person.ifPresent(who -> presence.leave(key, who, page));
    return Response.noContent().build();
  }

  /**
   * A sign of life, given every few seconds; twenty without one and the page is gone.
   *
   * @param page any name that the page has given itself: letters, digits and hyphens
   * @param doing {@code looking} when absent, {@code noting} or {@code replying}
   */
  public record Beat(String page, String doing) {}

  /** Somebody who is at the ticket. */
  public record HereView(String username, String displayName, String doing) {}
}
