/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.Mentions;
import org.talka.ticket.internal.service.TicketReader;

/** Whom a comment can call by name. */
@Component(service = MentionableResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/mentionable")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:comment")
public class MentionableResource {
  private static final int LONGEST = 80;

  private final Mentions mentions;
  private final TicketReader reader;

  @Activate
  public MentionableResource(@Reference Mentions mentions, @Reference TicketReader reader) {
    this.mentions = mentions;
    this.reader = reader;
  }

  @GET
  @Operation(
      value = "List whom a comment can call by name",
      answers = MentionableView.class,
      paged = true)
  public PageAnswer<MentionableView> list(
      @PathParam("key") String key,
      @QueryParam("q") String q,
      @QueryParam("visibility") String visibility,
      @QueryParam("limit") String limit) {
    int max = PageParameters.limit(limit);
    TicketImage ticket = reader.get(key);
    boolean internal = NewComment.internal(visibility);
    reader.require(internal ? "ticket:note" : "ticket:comment", ticket);
    String begin = q == null ? "" : q.strip();
    if (begin.length() > LONGEST) {
      begin = begin.substring(0, LONGEST);
    }
    return PageAnswer.whole(
        mentions.candidates(reader.caller(), ticket, begin, internal, max).stream()
            .map(
                candidate ->
                    new MentionableView(
                        candidate.team() ? "team" : "person", candidate.handle(), candidate.name()))
            .toList());
  }

  /**
   * Somebody who may read the comment.
   *
   * @param kind {@code person} or {@code team}
   * @param mention what stands behind the {@code @} in the text
   */
  public record MentionableView(String kind, String mention, String name) {}
}
