/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.rest.SignedIn;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;

/** A resource as a bundle would write one, with something of everything. */
@Path("things")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("thing:read")
public class Things {
  public final AtomicInteger made = new AtomicInteger();
  private final String word;
  @jakarta.ws.rs.core.Context private jakarta.ws.rs.core.UriInfo uri;

  /** As a component gets its references: nothing that Jersey could call. */
  public Things(String word) {
    this.word = word;
  }

  /** A thing. */
  public record Thing(
      String name,
      Optional<String> note,
      int size,
      Instant at,
      List<String> tags,
      BigDecimal price) {}

  /** What a new thing is made of. */
  public record NewThing(String name, Integer size, Instant at, Map<String, Object> fields) {}

  @GET
  @Operation(value = "List things", answers = Thing.class, paged = true)
  public PageAnswer<Thing> list(@QueryParam("limit") @DefaultValue("50") int limit) {
    return PageAnswer.whole(List.of());
  }

  @GET
  @Path("{name}")
  @Operation(value = "Show a thing", answers = Thing.class)
  public Response one(@PathParam("name") String name) {
    Thing thing =
        new Thing(
            name, Optional.empty(), 3, Instant.parse("2026-01-02T03:04:05Z"), List.of(), null);
    return Response.ok(thing).tag(Entities.tag(7)).build();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("thing:write")
  @Operation(value = "Make a thing", answers = Thing.class, status = 201)
  public Response make(NewThing thing) {
    if ("bad".equals(thing.name())) {
      throw DomainException.invalid("name", "error.invalid");
    }
    Thing made =
        new Thing(
            thing.name(),
            Optional.of("number " + this.made.incrementAndGet()),
            thing.size() == null ? 0 : thing.size(),
            Instant.EPOCH,
            List.of("a"),
            BigDecimal.ONE);
    return Response.created(URI.create("things/" + thing.name())).entity(made).build();
  }

  @PATCH
  @Path("{name}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("thing:write")
  @Operation(value = "Change a thing", answers = Thing.class, takes = NewThing.class)
  public Response change(
      @PathParam("name") String name,
      @HeaderParam("If-Match") String ifMatch,
      Map<String, Object> changes) {
    Entities.check(ifMatch, 7);
    return Response.ok(changes).tag(Entities.tag(8)).build();
  }

  @GET
  @Path("fails/{how}")
  @Open
  @Operation("Fail in a chosen way")
  public String fail(@PathParam("how") String how) {
    throw switch (how) {
      case "concurrently" -> new ConcurrentChangeException("secret detail", null);
      case "database" -> new DatabaseUnavailableException("secret detail", null);
      case "throttled" ->
          new DomainException(
              ErrorKind.TOO_MANY,
              org.talka.api.text.Text.of("error.rest.http.429"),
              List.of(),
              java.time.Duration.ofSeconds(9));
      case "stale" -> DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
      default -> new IllegalStateException("secret detail");
    };
  }

  @GET
  @Path("public")
  @Open(portal = true)
  @Operation("Show what visitors of the portal see")
  public Map<String, String> visitors() {
    return Map.of("for", "everybody");
  }

  @GET
  @Path("public/search")
  @Open(portal = true, search = true)
  @Operation("Search what visitors of the portal see")
  public Map<String, String> search() {
    return Map.of("found", "nothing");
  }

  @GET
  @Path("secret/mine")
  @SignedIn
  @Operation("Show what everybody signed in sees")
  public Map<String, String> mine() {
    return Map.of("for", word, "path", uri.getPath());
  }

  @GET
  @Path("secret/other")
  @RequiresPermission("thing:other")
  @Operation("Show what nobody here may see")
  public Map<String, String> other() {
    return Map.of("for", "others");
  }
}
