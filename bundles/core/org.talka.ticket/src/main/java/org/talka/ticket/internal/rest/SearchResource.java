/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.model.Words;

/** Full-text search over everything that the caller may see. */
@Component(service = SearchResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("search")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
  private static final int SNIPPET = 160;

  private final TicketLists lists;

  @Activate
  public SearchResource(@Reference TicketLists lists) {
    this.lists = lists;
  }

  @GET
  @RequiresPermission("ticket:read")
  @Operation(value = "Search, the best finds first", answers = FoundView.class, paged = true)
  public PageAnswer<FoundView> search(
      @QueryParam("q") String query,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int max = PageParameters.limit(limit);
    if (query == null || query.isBlank()) {
      return PageAnswer.whole(List.of());
    }
    Page<TicketImage> page =
        lists.search(query, max, Optional.ofNullable(after).filter(text -> !text.isBlank()));
    return PageAnswer.of(page, SearchResource::view);
  }

  private static FoundView view(TicketImage ticket) {
    return new FoundView(
        "ticket",
        ticket.key(),
        ticket.type(),
        ticket.subject(),
        ticket.state(),
        Words.of(ticket.category()),
        snippet(ticket.description()),
        ticket.updatedAt(),
        ticket.moduleMissing());
  }

  /** The beginning of the text in one line, as plain text. */
  private static String snippet(String markdown) {
    String line = markdown.replaceAll("\\s+", " ").strip();
    if (line.length() <= SNIPPET) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(SNIPPET - 1)) ? SNIPPET - 1 : SNIPPET;
    return line.substring(0, end) + "…";
  }

  /** A find. */
  public record FoundView(
      String kind,
      String key,
      String type,
      String subject,
      String state,
      String stateCategory,
      String snippet,
      Instant updatedAt,
      Optional<String> moduleMissing) {}
}
