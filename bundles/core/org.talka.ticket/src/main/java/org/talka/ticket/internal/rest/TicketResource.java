/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.FollowUps;
import org.talka.ticket.internal.service.TicketDesk;
import org.talka.ticket.internal.service.TicketReader;

/** Tickets. */
@Component(service = TicketResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets")
@Produces(MediaType.APPLICATION_JSON)
public class TicketResource {
  private final TicketDesk desk;
  private final TicketReader reader;
  private final FollowUps followUps;
  private final TicketLists lists;
  private final TicketViews views;

  @Activate
  public TicketResource(
      @Reference TicketDesk desk,
      @Reference FollowUps followUps,
      @Reference TicketReader reader,
      @Reference TicketLists lists,
      @Reference TicketViews views) {
    this.desk = desk;
    this.followUps = followUps;
    this.reader = reader;
    this.lists = lists;
    this.views = views;
  }

  @GET
  @RequiresPermission("ticket:read")
  @Operation(value = "List tickets", answers = TicketView.class, paged = true)
  public PageAnswer<TicketView> list(
      @QueryParam("q") String query,
      @QueryParam("sort") String sort,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    PageParameters page =
        PageParameters.of(limit, sort, after, TicketLists.SORTS, TicketLists.NEWEST);
    Page<TicketImage> found =
        lists.query(query == null ? "" : query, page.sort(), page.limit(), page.after());
    return new PageAnswer<>(views.list(found.items()), found.next().orElse(null));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:create")
  @Operation(
      value = "Create a ticket",
      takes = NewTicket.class,
      answers = TicketView.class,
      status = 201)
  public Response create(Map<String, Object> body) {
    Map<String, Object> values = new LinkedHashMap<>(body);
    Object type = values.remove("type");
    if (!(type instanceof String key)) {
      throw DomainException.invalid("type", "error.ticket.field.required");
    }
    Object follows = values.remove("follows");
    if (follows != null && !(follows instanceof String)) {
      throw DomainException.invalid("follows", "error.ticket.field.text");
    }
    TicketImage created =
        followUps.create(key, values, Optional.ofNullable(follows).map(String::valueOf));
    return Response.created(URI.create("/api/v1/tickets/" + created.key()))
        .tag(Entities.tag(created.version()))
        .entity(views.whole(created))
        .build();
  }

  @GET
  @Path("{key}")
  @RequiresPermission("ticket:read")
  @Operation(value = "Read a ticket", answers = TicketView.class)
  public Response read(@PathParam("key") String key) {
    return answer(reader.get(key));
  }

  @PATCH
  @Path("{key}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("ticket:update")
  @Operation(value = "Change a ticket", takes = TicketChanges.class, answers = TicketView.class)
  public Response change(
      @PathParam("key") String key,
      @HeaderParam("If-Match") String ifMatch,
      Map<String, Object> changes) {
    // first whether it exists for the caller, then whether it is the version that was seen
    reader.get(key);
    long version = Entities.version(ifMatch);
    return answer(desk.update(key, Optional.of(version), changes, true));
  }

  private Response answer(TicketImage ticket) {
    return Response.ok(views.whole(ticket)).tag(Entities.tag(ticket.version())).build();
  }
}
