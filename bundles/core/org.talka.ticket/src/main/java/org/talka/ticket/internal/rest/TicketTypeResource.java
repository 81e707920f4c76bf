/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TicketTypes;
import org.talka.ticket.internal.type.TypeRegistry;

/** What kinds of tickets there are, and how each is described. */
@Component(service = TicketTypeResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("ticket-types")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class TicketTypeResource {
  private final TypeRegistry registry;
  private final TicketReader reader;

  @Activate
  public TicketTypeResource(@Reference TypeRegistry registry, @Reference TicketReader reader) {
    this.registry = registry;
    this.reader = reader;
  }

  @GET
  @Operation(value = "List ticket types", answers = TypeView.class, paged = true)
  public PageAnswer<TypeView> list() {
    return PageAnswer.whole(registry.types().offered().stream().map(TypeViews::brief).toList());
  }

  @GET
  @Path("{type}")
  @Operation(value = "Describe a ticket type", answers = TypeDescription.class)
  public TypeDescription describe(@PathParam("type") String key) {
    TicketTypes types = registry.types();
    TicketType type =
        types.find(key).orElseThrow(() -> DomainException.notFound("error.ticket.type.none"));
    return TypeViews.whole(type, types, reader.internal(), reader.caller().locale());
  }
}
