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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.service.Watching;

/** Who follows a ticket. */
@Component(service = WatcherResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/watchers")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class WatcherResource {
  private final Watching watching;
  private final TicketReader reader;

  @Activate
  public WatcherResource(@Reference Watching watching, @Reference TicketReader reader) {
    this.watching = watching;
    this.reader = reader;
  }

  @GET
  @Operation(value = "List watchers", answers = PersonView.class, paged = true)
  public PageAnswer<PersonView> list(@PathParam("key") String key) {
    return PageAnswer.whole(
        watching.of(reader.get(key)).stream().map(TicketViews::person).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:watch")
  @Operation(value = "Add a watcher", answers = PersonView.class, paged = true, status = 201)
  public Response add(@PathParam("key") String key, NewWatcher watcher) {
    if (watcher.username() == null) {
      throw DomainException.invalid("username", "error.ticket.field.required");
    }
    watching.add(key, watcher.username());
    return Response.status(Response.Status.CREATED).entity(list(key)).build();
  }

  @DELETE
  @Path("{username}")
  @RequiresPermission("ticket:watch")
  @Operation(value = "Remove a watcher", status = 204)
  public Response remove(@PathParam("key") String key, @PathParam("username") String username) {
    watching.remove(key, username);
    return Response.noContent().build();
  }

  /** Who shall follow. */
  public record NewWatcher(String username) {}
}
