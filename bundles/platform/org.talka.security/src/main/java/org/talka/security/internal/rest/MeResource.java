/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.SignedIn;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.security.PersonChange;
import org.talka.security.internal.origin.OriginFilter;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.PeopleDesk;
import org.talka.security.internal.people.PersonCaller;
import org.talka.security.internal.people.Profile;
import org.talka.security.internal.session.SignIn;
import org.talka.security.internal.text.FieldChecks;

/** The caller's own account. */
@Component(service = MeResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("me")
@Produces(MediaType.APPLICATION_JSON)
@SignedIn
public class MeResource {
  private final Directory directory;
  private final PeopleDesk people;
  private final SignIn signIn;
  private final Callers callers;

  @Activate
  public MeResource(
      @Reference Directory directory,
      @Reference PeopleDesk people,
      @Reference SignIn signIn,
      @Reference Callers callers) {
    this.directory = directory;
    this.people = people;
    this.signIn = signIn;
    this.callers = callers;
  }

  /**
   * Who calls.
   *
   * @param permissions how far each permission reaches: own, team, organisation or all
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Me(
      long id,
      String username,
      String displayName,
      String email,
      List<String> roles,
      Map<String, String> permissions,
      List<TeamView> teams,
      OrganisationView organisation,
      String locale,
      String zone) {}

  /** What people change about themselves. */
  public record Changes(String displayName, String locale, String zone) {}

  /** A new password and, for proof, the present one. */
  public record NewPassword(String current, String password) {
    /** Without the passwords, so that they are never logged. */
    @Override
    public String toString() {
      return "NewPassword[]";
    }
  }

  @GET
  @Operation(value = "Show the caller's account", answers = Me.class)
  public Me me() {
    Caller caller = callers.current();
    Profile profile = directory.profile(self()).orElseThrow();
    return me(profile, caller);
  }

  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(value = "Change the caller's account", answers = Me.class, takes = Changes.class)
  public Me change(Map<String, Object> body, @Context HttpServletRequest request) {
    requireSession(request);
    Patch patch = new Patch(body, "displayName", "locale", "zone");
    PersonChange change =
        new PersonChange(
            patch.text("displayName"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            patch.locale("locale"),
            patch.zone("zone"));
    patch.checks().done();
    people.changeSelf(self(), change);
    return me();
  }

  @POST
  @Path("password")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Change the caller's password, which ends their other sessions", status = 204)
  public Response password(NewPassword passwords, @Context HttpServletRequest request) {
    requireSession(request);
    FieldChecks checks = new FieldChecks();
    checks.require(passwords.current() != null, "current", "error.field.missing");
    checks.require(passwords.password() != null, "password", "error.field.missing");
    checks.done();
    boolean right =
        signIn.confirm(
            callers.current().username(), passwords.current(), OriginFilter.address(request));
    checks.require(right, "current", "error.password.current");
    checks.done();
    people.changeSelf(self(), PersonChange.NOTHING.withPassword(passwords.password()));
    return Response.noContent().build();
  }

  private PersonId self() {
    return callers.current().person().orElseThrow();
  }

  /** A token acts within its scopes; the account itself is in none of them. */
  private static void requireSession(HttpServletRequest request) {
    if (OriginFilter.session(request).isEmpty()) {
      throw DomainException.forbidden("error.session.needed");
    }
  }

  private Me me(Profile profile, Caller caller) {
    Person person = profile.person();
    Map<String, String> permissions = new TreeMap<>();
    if (caller instanceof PersonCaller known) {
      known
          .grants()
          .forEach((key, reach) -> permissions.put(key, reach.name().toLowerCase(Locale.ROOT)));
    }
    return new Me(
        person.id().value(),
        person.username(),
        person.displayName(),
        person.email().orElse(null),
        List.copyOf(new TreeSet<>(profile.roles())),
        permissions,
        PersonView.teams(profile, directory),
        person
            .organisation()
            .flatMap(directory::organisation)
            .map(OrganisationView::of)
            .orElse(null),
        profile.locale().toLanguageTag(),
        profile.zone().getId());
  }
}
