/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.ticket.TicketLink;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.service.Links;
import org.talka.ticket.internal.service.TicketReader;

/** Typed relations of a ticket. */
@Component(service = LinkResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/links")
@Produces(MediaType.APPLICATION_JSON)
public class LinkResource {
  private final Links links;
  private final TicketReader reader;

  @Activate
  public LinkResource(@Reference Links links, @Reference TicketReader reader) {
    this.links = links;
    this.reader = reader;
  }

  @GET
  @RequiresPermission("ticket:read")
  @Operation(value = "List links", answers = LinkView.class, paged = true)
  public PageAnswer<LinkView> list(@PathParam("key") String key) {
    return PageAnswer.whole(links.of(reader.get(key)).stream().map(LinkResource::view).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(value = "Link to another ticket", answers = LinkView.class, status = 201)
  public Response link(@PathParam("key") String key, NewLink link) {
    if (link.type() == null || link.to() == null) {
      throw DomainException.invalid(
          link.type() == null ? "type" : "to", "error.ticket.field.required");
    }
    return Response.status(Response.Status.CREATED)
        .entity(view(links.link(key, link.type(), link.to())))
        .build();
  }

  @DELETE
  @Path("{id: [0-9]{1,18}}")
  @RequiresPermission("ticket:update")
  @Operation(value = "Remove a link", status = 204)
  public Response unlink(@PathParam("key") String key, @PathParam("id") long id) {
    links.unlink(key, id);
    return Response.noContent().build();
  }

  private static LinkView view(TicketLink link) {
    return new LinkView(
        link.id(),
        link.type(),
        link.outgoing(),
        new OtherEnd(
            link.other().key(),
            link.other().type(),
            link.other().subject(),
            link.other().state(),
            Words.of(link.other().category()),
            link.other().moduleMissing()));
  }

  /** A link to make, from the ticket in the path. */
  public record NewLink(String type, String to) {}

  /**
   * A link.
   *
   * @param outgoing whether the ticket in the path is its source
   */
  public record LinkView(long id, String type, boolean outgoing, OtherEnd ticket) {}

  /** The ticket at the other end, in short. */
  public record OtherEnd(
      String key,
      String type,
      String subject,
      String state,
      String stateCategory,
      Optional<String> moduleMissing) {}
}
