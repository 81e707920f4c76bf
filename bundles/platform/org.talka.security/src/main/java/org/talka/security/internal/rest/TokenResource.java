/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.api.security.PersonId;
import org.talka.security.internal.session.Tokens;

/** The caller's API tokens. */
@Component(service = TokenResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tokens")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("token:own")
public class TokenResource {
  private final Tokens tokens;
  private final Callers callers;

  @Activate
  public TokenResource(@Reference Tokens tokens, @Reference Callers callers) {
    this.tokens = tokens;
    this.callers = callers;
  }

  /**
   * A token to be made.
   *
   * @param scopes what it may be used for, for example {@code tickets:read}
   * @param expiresAt in a year when absent
   */
  public record NewToken(String name, Set<String> scopes, Instant expiresAt) {}

  /** A new token with its secret, which is told this once. */
  public record CreatedToken(
      long id,
      String name,
      Set<String> scopes,
      Instant createdAt,
      Instant expiresAt,
      String secret) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Create an API token", answers = CreatedToken.class, status = 201)
  public Response create(NewToken token) {
    Tokens.Created created =
        tokens.create(
            self(),
            token.name(),
            token.scopes() == null ? Set.of() : nonNull(token.scopes()),
            Optional.ofNullable(token.expiresAt()));
    Tokens.Listed listed = created.token();
    return Response.created(URI.create("tokens/" + listed.id()))
        .entity(
            new CreatedToken(
                listed.id(),
                listed.name(),
                listed.scopes(),
                listed.createdAt(),
                listed.expiresAt(),
                created.secret()))
        .build();
  }

  @GET
  @Operation(value = "List the caller's API tokens", answers = Tokens.Listed.class, paged = true)
  public Listing<Tokens.Listed> list() {
    return Listing.whole(tokens.of(self()));
  }

  @DELETE
  @Path("{id}")
  @Operation(value = "Revoke an API token", status = 204)
  public Response revoke(@PathParam("id") String id) {
    tokens.revoke(self(), number(id));
    return Response.noContent().build();
  }

  private PersonId self() {
    return callers.current().person().orElseThrow();
  }

  private static Set<String> nonNull(Set<String> scopes) {
    Set<String> texts = new HashSet<>(scopes);
    texts.remove(null);
    return texts;
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.token.unknown");
    }
  }
}
