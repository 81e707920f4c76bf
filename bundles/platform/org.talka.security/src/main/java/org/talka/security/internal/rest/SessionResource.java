/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.rest.SignedIn;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.security.internal.origin.OriginFilter;
import org.talka.security.internal.session.Sessions;
import org.talka.security.internal.session.SignIn;
import org.talka.security.internal.setup.Settings;
import org.talka.security.internal.setup.SetupState;
import org.talka.security.internal.text.FieldChecks;

/** Signing in and out. */
@Component(service = SessionResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  private final SignIn signIn;
  private final Sessions sessions;
  private final SetupState setup;
  private final Settings settings;
  private final Callers callers;

  @Activate
  public SessionResource(
      @Reference SignIn signIn,
      @Reference Sessions sessions,
      @Reference SetupState setup,
      @Reference Settings settings,
      @Reference Callers callers) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.setup = setup;
    this.settings = settings;
    this.callers = callers;
  }

  /** Who signs in. */
  public record Credentials(String username, String password) {
    /** Without the password, so that it is never logged. */
    @Override
    public String toString() {
      return "Credentials[" + username + "]";
    }
  }

  /** The password of who is signed in. */
  public record Password(String password) {
    /** Without the password, so that it is never logged. */
    @Override
    public String toString() {
      return "Password[]";
    }
  }

  /** What every write with the session's cookie must carry in {@code X-CSRF-Token}. */
  public record CsrfToken(String csrfToken) {}

  /**
   * Whether somebody is signed in.
   *
   * @param organisation whose desk it is, for the sign-in page
   * @param csrfToken absent without a session
   */
  public record State(
      boolean setupNeeded, boolean signedIn, String organisation, String csrfToken) {}

  @GET
  @Open
  @Operation(value = "Tell whether somebody is signed in", answers = State.class)
  public State state(@Context HttpServletRequest request) {
    Optional<String> session = OriginFilter.session(request);
    return new State(
        setup.needed(),
        callers.current().kind() == Caller.Kind.PERSON,
        settings.get(Settings.ORGANISATION).orElse(null),
        session.flatMap(sessions::csrfToken).orElse(null));
  }

  @POST
  @Open
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Sign in", answers = CsrfToken.class)
  public Response signIn(Credentials credentials, @Context HttpServletRequest request) {
    FieldChecks checks = new FieldChecks();
    checks.require(credentials.username() != null, "username", "error.field.missing");
    checks.require(credentials.password() != null, "password", "error.field.missing");
    checks.done();
    Sessions.Started started =
        signIn.signIn(
            credentials.username(),
            credentials.password(),
            OriginFilter.address(request),
            Optional.ofNullable(request.getHeader("User-Agent")).orElse(""),
            OriginFilter.cookie(request, SessionCookie.NAME));
    return Response.ok(new CsrfToken(started.csrfToken()))
        .header("Set-Cookie", SessionCookie.set(started.cookie(), request.isSecure()))
        .build();
  }

  @POST
  @Path("confirmation")
  @SignedIn
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Type the password again, for what asks for it",
      takes = Password.class,
      status = 204)
  public Response confirm(Password typed, @Context HttpServletRequest request) {
    String session =
        OriginFilter.session(request)
            .orElseThrow(() -> DomainException.forbidden("error.session.needed"));
    FieldChecks checks = new FieldChecks();
    checks.require(typed != null && typed.password() != null, "password", "error.field.missing");
    checks.done();
    boolean right =
        signIn.confirm(
            callers.current().username(), typed.password(), OriginFilter.address(request));
    checks.require(right, "password", "error.password.current");
    checks.done();
    sessions.confirmed(session);
    return Response.noContent().build();
  }

  @DELETE
  @SignedIn
  @Operation(value = "Sign out", status = 204)
  public Response signOut(@Context HttpServletRequest request) {
    Optional<String> session = OriginFilter.session(request);
    if (session.isPresent()) {
      signIn.signOut(callers.current().person().orElseThrow(), session.get());
    }
    return Response.noContent()
        .header("Set-Cookie", SessionCookie.clear(request.isSecure()))
        .build();
  }
}
