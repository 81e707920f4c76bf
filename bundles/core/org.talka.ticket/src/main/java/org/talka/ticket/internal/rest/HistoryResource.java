/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.security.Seal;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.Conversation;
import org.talka.ticket.internal.service.TicketReader;

/** What happened to a ticket. */
@Component(service = HistoryResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/history")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class HistoryResource {
  private final Conversation conversation;
  private final TicketReader reader;
  private final TicketViews views;
  private final Seal seal;

  @Activate
  public HistoryResource(
      @Reference Conversation conversation,
      @Reference TicketReader reader,
      @Reference TicketViews views,
      @Reference Seal seal) {
    this.conversation = conversation;
    this.reader = reader;
    this.views = views;
    this.seal = seal;
  }

  @GET
  @Operation(
      value = "List what happened, the oldest first",
      answers = EntryView.class,
      paged = true)
  public PageAnswer<EntryView> list(
      @PathParam("key") String key,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int max = PageParameters.limit(limit);
    TicketImage ticket = reader.get(key);
    IdCursor cursor = new IdCursor(seal, "history:" + ticket.key());
    List<HistoryEntry> found = conversation.history(ticket, cursor.open(after), max + 1);
    List<HistoryEntry> page = found.size() > max ? found.subList(0, max) : found;
    String next = found.size() > max ? cursor.next(page.get(max - 1).id()) : null;
    return new PageAnswer<>(views(page, reader.internal(ticket)), next);
  }

  private List<EntryView> views(List<HistoryEntry> entries, boolean internal) {
    Set<PersonId> ids = new HashSet<>();
    for (HistoryEntry entry : entries) {
      entry.actor().ifPresent(ids::add);
      for (Change change : entry.changes()) {
        views.people(change.field(), change.from(), ids);
        views.people(change.field(), change.to(), ids);
      }
    }
    Map<PersonId, Person> names = views.names(ids);
    return entries.stream()
        .map(
            entry ->
                new EntryView(
                    entry.at(),
                    views.person(entry.actor(), entry.actorName(), names),
                    entry.kind(),
                    entry.changes().stream()
                        .filter(change -> views.visible(change.field(), internal))
                        .map(
                            change ->
                                new ChangeView(
                                    change.field(),
                                    views.value(change.field(), change.from(), names),
                                    views.value(change.field(), change.to(), names)))
                        .toList()))
        .toList();
  }

  /**
   * One thing that happened.
   *
   * @param kind {@code created}, {@code updated}, {@code transitioned}, {@code commented}, {@code
   *     linked}, {@code unlinked}, {@code watched}, {@code unwatched}, {@code attached}, {@code
   *     task-added}, {@code task-changed}, {@code task-done}, {@code task-reopened}, {@code
   *     task-removed}, {@code rated}
   */
  public record EntryView(Instant at, PersonView actor, String kind, List<ChangeView> changes) {}

  /**
   * One field's change; without {@code from} there was no value, without {@code to} there is none.
   */
  public record ChangeView(String field, Object from, Object to) {}
}
