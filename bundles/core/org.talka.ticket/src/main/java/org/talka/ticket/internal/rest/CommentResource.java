/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.talka.rest.PageParameters;
import org.talka.security.Seal;
import org.talka.ticket.internal.model.Attachment;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.Attachments;
import org.talka.ticket.internal.service.Conversation;
import org.talka.ticket.internal.service.Mentions;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.text.Markdown;

/** Replies and internal notes. */
@Component(service = CommentResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/comments")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class CommentResource {
  private final Conversation conversation;
  private final Attachments attachments;
  private final TicketReader reader;
  private final TicketViews views;
  private final Markdown markdown;
  private final Mentions mentions;
  private final Seal seal;

  @Activate
  public CommentResource(
      @Reference Conversation conversation,
      @Reference Attachments attachments,
      @Reference TicketReader reader,
      @Reference TicketViews views,
      @Reference Markdown markdown,
      @Reference Mentions mentions,
      @Reference Seal seal) {
    this.conversation = conversation;
    this.attachments = attachments;
    this.reader = reader;
    this.views = views;
    this.markdown = markdown;
    this.mentions = mentions;
    this.seal = seal;
  }

  @GET
  @Operation(value = "List comments, the oldest first", answers = CommentView.class, paged = true)
  public PageAnswer<CommentView> list(
      @PathParam("key") String key,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int max = PageParameters.limit(limit);
    TicketImage ticket = reader.get(key);
    IdCursor cursor = new IdCursor(seal, "comments:" + ticket.key());
    List<CommentImage> found = conversation.comments(ticket, cursor.open(after), max + 1);
    List<CommentImage> page = found.size() > max ? found.subList(0, max) : found;
    String next = found.size() > max ? cursor.next(page.get(max - 1).id()) : null;
    return new PageAnswer<>(views(ticket, page), next);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Reply, or write an internal note", answers = CommentView.class, status = 201)
  public Response write(@PathParam("key") String key, NewComment comment) {
    List<Long> files = comment.attachments() == null ? List.of() : comment.attachments();
    if (files.stream().anyMatch(Objects::isNull)) {
      throw DomainException.invalid("attachments", "error.ticket.field.list");
    }
    CommentImage written =
        conversation.say(
            key,
            comment.body(),
            NewComment.internal(comment.visibility()),
            files,
            Optional.ofNullable(comment.lastSeen()));
    TicketImage ticket = reader.get(key);
    return Response.status(Response.Status.CREATED)
        .entity(views(ticket, List.of(written)).get(0))
        .build();
  }

  private List<CommentView> views(TicketImage ticket, List<CommentImage> comments) {
    Map<PersonId, Person> names =
        views.names(
            comments.stream()
                .flatMap(
                    comment ->
                        Stream.concat(
                            comment.author().stream(), comment.mentioned().people().stream()))
                .toList());
    List<Attachment> files = comments.isEmpty() ? List.of() : attachments.of(ticket);
    List<CommentView> shown = new ArrayList<>();
    for (CommentImage comment : comments) {
      shown.add(
          new CommentView(
              comment.id(),
              views.person(comment.author(), comment.authorName(), names),
              comment.body(),
              markdown.html(comment.body(), mentions.handles(comment.mentioned(), names)),
              comment.internal() ? "internal" : "public",
              comment.createdAt(),
              files.stream()
                  .filter(file -> file.comment().equals(Optional.of(comment.id())))
                  .map(AttachmentView::of)
                  .toList(),
              comment.mentioned().people().stream()
                  .map(id -> views.person(Optional.of(id), "", names))
                  .toList()));
    }
    return shown;
  }

  /**
   * A comment as clients get it.
   *
   * @param mentions people who are called by name in it, and were told
   */
  public record CommentView(
      long id,
      PersonView author,
      String body,
      String bodyHtml,
      String visibility,
      Instant createdAt,
      List<AttachmentView> attachments,
      List<PersonView> mentions) {}
}
