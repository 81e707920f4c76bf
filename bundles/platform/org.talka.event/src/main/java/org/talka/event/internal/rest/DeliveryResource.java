/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.rest;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.event.internal.delivery.DeadLetter;
import org.talka.event.internal.delivery.DeadLetters;
import org.talka.event.internal.delivery.DeliveryStatus;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.security.Seal;

/** Who is told of what happens, how far they are, and what could not be told. */
@Component(service = DeliveryResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("job:admin")
public class DeliveryResource {
  private static final String PURPOSE = "dead-letter";

  private final DeadLetters letters;
  private final Seal seal;

  @Activate
  public DeliveryResource(@Reference DeadLetters letters, @Reference Seal seal) {
    this.letters = letters;
    this.seal = seal;
  }

  /**
   * An event that a listener could not be told.
   *
   * @param id for {@code dead-letters/{id}}
   * @param listener the name of its class
   * @param type of the event
   * @param subject what the event is about
   */
  public record DeadLetterView(
      String id,
      String module,
      String listener,
      String type,
      String subject,
      Instant happenedAt,
      int attempts,
      Instant givenUpAt) {}

  @GET
  @Operation(
      value = "List who is told of what happens, the farthest behind first",
      answers = DeliveryStatus.class,
      paged = true)
  public PageAnswer<DeliveryStatus> list() {
    return PageAnswer.whole(letters.status());
  }

  @GET
  @Path("dead-letters")
  @Operation(
      value = "List events that could not be told, the latest first",
      answers = DeadLetterView.class,
      paged = true)
  public PageAnswer<DeadLetterView> deadLetters(
      @QueryParam("limit") String limit, @QueryParam("after") String after) {
    int max = PageParameters.limit(limit);
    Optional<DeadLetters.Key> from =
        Optional.ofNullable(after).filter(a -> !a.isBlank()).map(this::key);
    List<DeadLetter> found = letters.list(from, max + 1);
    List<DeadLetterView> shown =
        found.subList(0, Math.min(max, found.size())).stream().map(this::view).toList();
    return new PageAnswer<>(shown, found.size() > max ? shown.get(max - 1).id() : null);
  }

  @POST
  @Path("dead-letters/{id}/tries")
  @Operation(value = "Tell an event once more", status = 204)
  public Response tryAgain(@PathParam("id") String id) {
    letters.tryAgain(key(id));
    return Response.noContent().build();
  }

  @DELETE
  @Path("dead-letters/{id}")
  @Operation(value = "Give an event up for good", status = 204)
  public Response forget(@PathParam("id") String id) {
    letters.forget(key(id));
    return Response.noContent().build();
  }

  private DeadLetterView view(DeadLetter letter) {
    return new DeadLetterView(
        seal.seal(PURPOSE, letter.sequence() + " " + letter.consumer()),
        letter.module(),
        letter.listener(),
        letter.type(),
        letter.subject(),
        letter.happenedAt(),
        letter.attempts(),
        letter.givenUpAt());
  }

  private DeadLetters.Key key(String id) {
    String[] parts = seal.open(PURPOSE, id).split(" ", 2);
    return new DeadLetters.Key(parts[1], Long.parseLong(parts[0]));
  }
}
