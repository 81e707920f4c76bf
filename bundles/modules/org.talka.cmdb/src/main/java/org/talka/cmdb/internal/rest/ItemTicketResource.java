/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.query.Filter;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.ticket.EntryStore;

/** The tickets that an item is on. */
@Component(service = ItemTicketResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("items/{key}/tickets")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class ItemTicketResource {
  private static final int MOST = 50;

  private final Items items;
  private final EntryStore store;
  private final Tickets tickets;

  @Activate
  public ItemTicketResource(
      @Reference Items items, @Reference EntryStore store, @Reference Tickets tickets) {
    this.items = items;
    this.store = store;
    this.tickets = tickets;
  }

  @GET
  @Operation(
      value = "List the tickets that a configuration item was named on last",
      answers = TicketRef.class,
      paged = true)
  public TicketRefs list(@PathParam("key") String key) {
    Item item = items.get(key);
    Filter any = new Filter.None();
    for (String ticket : store.tickets(item.id(), MOST)) {
      any = Filter.or(any, new Filter.Is("key", ticket));
    }
    List<Ticket> found =
        any instanceof Filter.None ? List.of() : tickets.list(any, null, MOST, null).items();
    return new TicketRefs(
        found.stream()
            .map(
                t ->
                    new TicketRef(
                        t.key(),
                        t.subject(),
                        t.type(),
                        t.state(),
                        t.category().open(),
                        t.updatedAt()))
            .toList());
  }

  /** Tickets, the latest changed first. */
  public record TicketRefs(List<TicketRef> items) {}

  /** A ticket in few words. */
  public record TicketRef(
      String key, String subject, String type, String state, boolean open, Instant updatedAt) {}
}
