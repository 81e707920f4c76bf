/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.rest.Operation;
import org.talka.api.rest.SignedIn;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.security.PersonId;
import org.talka.security.internal.origin.OriginFilter;
import org.talka.security.internal.session.Sessions;

/** The caller's sessions: seeing where one is signed in, and ending it. */
@Component(service = SessionsResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("sessions")
@Produces(MediaType.APPLICATION_JSON)
@SignedIn
public class SessionsResource {
  private final Sessions sessions;
  private final Transactions transactions;
  private final Audit audit;
  private final Callers callers;

  @Activate
  public SessionsResource(
      @Reference Sessions sessions,
      @Reference Transactions transactions,
      @Reference Audit audit,
      @Reference Callers callers) {
    this.sessions = sessions;
    this.transactions = transactions;
    this.audit = audit;
    this.callers = callers;
  }

  /**
   * A session.
   *
   * @param current whether it is the one that asks
   */
  public record SessionView(
      String id,
      Instant createdAt,
      Instant lastSeenAt,
      String address,
      String userAgent,
      boolean current) {}

  @GET
  @Operation(value = "List the caller's sessions", answers = SessionView.class, paged = true)
  public Listing<SessionView> list(@Context HttpServletRequest request) {
    String current = session(request);
    return Listing.whole(
        sessions.of(self()).stream()
            .map(
                s ->
                    new SessionView(
                        s.id(),
                        s.createdAt(),
                        s.lastSeenAt(),
                        s.address(),
                        s.userAgent(),
                        s.id().equals(current)))
            .toList());
  }

  @DELETE
  @Path("{id}")
  @Operation(value = "End one of the caller's sessions", status = 204)
  public Response end(@PathParam("id") String id, @Context HttpServletRequest request) {
    session(request);
    transactions.required(
        () -> {
          if (!sessions.end(self(), id)) {
            throw DomainException.notFound("error.session.unknown");
          }
          record("session.revoked");
          return null;
        });
    return Response.noContent().build();
  }

  @DELETE
  @Operation(value = "End all of the caller's sessions but the one that asks", status = 204)
  public Response endOthers(@Context HttpServletRequest request) {
    String current = session(request);
    transactions.required(
        () -> {
          sessions.endAll(self(), Optional.of(current));
          record("session.revoked");
          return null;
        });
    return Response.noContent().build();
  }

  private void record(String action) {
    audit.record(action, "person:" + callers.current().username(), Map.of());
  }

  private PersonId self() {
    return callers.current().person().orElseThrow();
  }

  /** A token must not see or end sessions. */
  private static String session(HttpServletRequest request) {
    return OriginFilter.session(request)
        .orElseThrow(() -> DomainException.forbidden("error.session.needed"));
  }
}
