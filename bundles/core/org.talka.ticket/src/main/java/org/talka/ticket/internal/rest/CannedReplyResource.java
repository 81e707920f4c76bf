/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.reply.CannedReplies;
import org.talka.ticket.internal.reply.CannedReply;
import org.talka.ticket.internal.reply.ReplyValues;

/** Texts that people keep for their answers. */
@Component(service = CannedReplyResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("canned-replies")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:note")
public class CannedReplyResource {
  private final CannedReplies replies;
  private final People people;

  @Activate
  public CannedReplyResource(@Reference CannedReplies replies, @Reference People people) {
    this.replies = replies;
    this.people = people;
  }

  @GET
  @Operation(value = "List canned replies", answers = CannedReplyView.class, paged = true)
  public PageAnswer<CannedReplyView> list() {
    List<CannedReply> mine = replies.mine();
    Map<PersonId, Person> owners =
        people.persons(
            mine.stream().map(reply -> reply.sharing().owner()).collect(Collectors.toSet()));
    return PageAnswer.whole(mine.stream().map(reply -> reply(reply, owners)).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(value = "Keep a canned reply", answers = CannedReplyView.class, status = 201)
  public Response create(ReplyValues values) {
    CannedReply created = replies.create(values);
    return Response.created(URI.create("/api/v1/canned-replies/" + created.id()))
        .tag(Entities.tag(created.version()))
        .entity(reply(created))
        .build();
  }

  @GET
  @Path("{id}")
  @Operation(value = "Read a canned reply", answers = CannedReplyView.class)
  public Response read(@PathParam("id") String id) {
    return answer(replies.get(number(id)));
  }

  @PATCH
  @Path("{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("ticket:update")
  @Operation(value = "Change a canned reply", answers = CannedReplyView.class)
  public Response change(
      @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, ReplyValues values) {
    // first whether it exists for the caller, then whether it is the version that was seen
    long reply = replies.get(number(id)).id();
    return answer(replies.change(reply, Entities.version(ifMatch), values));
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission("ticket:update")
  @Operation(value = "Remove a canned reply", status = 204)
  public Response remove(@PathParam("id") String id) {
    replies.remove(number(id));
    return Response.noContent().build();
  }

  private Response answer(CannedReply reply) {
    return Response.ok(reply(reply)).tag(Entities.tag(reply.version())).build();
  }

  private CannedReplyView reply(CannedReply reply) {
    return reply(reply, people.persons(List.of(reply.sharing().owner())));
  }

  private CannedReplyView reply(CannedReply reply, Map<PersonId, Person> owners) {
    return new CannedReplyView(
        Long.toString(reply.id()),
        reply.name(),
        reply.body(),
        reply.sharing().audience().word(),
        reply
            .sharing()
            .team()
            .flatMap(people::team)
            .map(team -> new TeamView(team.id().value(), team.key(), team.name()))
            .orElse(null),
        owners.containsKey(reply.sharing().owner())
            ? TicketViews.person(owners.get(reply.sharing().owner()))
            : new PersonView(reply.sharing().owner().value(), null, ""),
        reply.version(),
        replies.mayChange(reply));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.ticket.reply.unknown", "id", id);
    }
  }

  /**
   * A canned reply.
   *
   * @param body Markdown; {@code {requester}}, {@code {key}}, {@code {subject}} and {@code {me}}
   *     are filled in where it is used
   * @param audience {@code private}, {@code team} or {@code everybody}
   * @param team only when it is a team's
   * @param canChange whether the caller may change or remove it
   */
  public record CannedReplyView(
      String id,
      String name,
      String body,
      String audience,
      TeamView team,
      PersonView owner,
      long version,
      boolean canChange) {}
}
