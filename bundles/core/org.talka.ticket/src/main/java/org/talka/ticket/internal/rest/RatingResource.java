/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.rest.Entities;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rating.Rating;
import org.talka.ticket.internal.rating.Ratings;
import org.talka.ticket.internal.service.TicketReader;

/** How satisfied the requester was. */
@Component(service = RatingResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/rating")
@Produces(MediaType.APPLICATION_JSON)
public class RatingResource {
  private final Ratings ratings;
  private final TicketReader reader;

  @Activate
  public RatingResource(@Reference Ratings ratings, @Reference TicketReader reader) {
    this.ratings = ratings;
    this.reader = reader;
  }

  @GET
  @RequiresPermission("ticket:read")
  @Operation(value = "Show how the requester rated it", answers = RatingView.class)
  public Response read(@PathParam("key") String key) {
    return answer(reader.get(key));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:comment")
  @Operation(
      value = "Rate what was done, as its requester",
      takes = NewRating.class,
      answers = RatingView.class)
  public Response rate(
      @PathParam("key") String key, @HeaderParam("If-Match") String ifMatch, NewRating rating) {
    Optional<Long> version = Optional.ofNullable(ifMatch).map(Entities::version);
    return answer(ratings.rate(key, version, rating.stars(), rating.word()));
  }

  private Response answer(TicketImage ticket) {
    Optional<Rating> rating = Ratings.of(ticket);
    return Response.ok(
            new RatingView(
                rating.map(Rating::stars).orElse(null),
                rating.map(Rating::word).orElse(""),
                rating.map(Rating::at).orElse(null),
                ratings.until(ticket).orElse(null),
                ratings.open(ticket)))
        .tag(Entities.tag(ticket.version()))
        .build();
  }

  /**
   * What a requester says.
   *
   * @param stars 1 to 5, more is better
   * @param word may be absent
   */
  public record NewRating(Integer stars, String word) {}

  /**
   * What the requester said.
   *
   * @param stars null while they have said nothing
   * @param at when it was first given
   * @param until how long the caller may rate or change it; null when they may not
   * @param asked whether the caller is still to be asked, be it for another resolution
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record RatingView(Integer stars, String word, Instant at, Instant until, boolean asked) {}
}
