/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
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
import org.talka.api.security.Person;
import org.talka.security.NewPerson;
import org.talka.security.PersonChange;
import org.talka.security.Seal;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.PeopleDesk;
import org.talka.security.internal.people.PeopleSearch;
import org.talka.security.internal.people.PersonRules;
import org.talka.security.internal.setup.Settings;
import org.talka.security.internal.text.FieldChecks;

/** People. */
@Component(service = UserResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
  private final PeopleSearch search;
  private final PeopleDesk people;
  private final Directory directory;
  private final Settings settings;
  private final Seal seal;

  @Activate
  public UserResource(
      @Reference PeopleSearch search,
      @Reference PeopleDesk people,
      @Reference Directory directory,
      @Reference Settings settings,
      @Reference Seal seal) {
    this.search = search;
    this.people = people;
    this.directory = directory;
    this.settings = settings;
    this.seal = seal;
  }

  /**
   * A person to be created.
   *
   * @param roles role keys; {@code requester} when absent
   * @param teams team keys
   * @param organisation an organisation's key
   */
  public record NewUser(
      String username,
      String displayName,
      String email,
      String password,
      Set<String> roles,
      Set<String> teams,
      String organisation,
      String locale,
      String zone) {
    /** Without the password, so that it is never logged. */
    @Override
    public String toString() {
      return "NewUser[" + username + "]";
    }
  }

  /** What an administrator changes about a person; absent stays, null removes. */
  public record UserChanges(
      String displayName,
      String email,
      String password,
      Set<String> roles,
      Set<String> teams,
      String organisation,
      Boolean active,
      String locale,
      String zone) {}

  @GET
  @RequiresPermission("person:read")
  @Operation(value = "List people", answers = PersonView.class, paged = true)
  public Listing<PersonView> list(
      @QueryParam("q") String q,
      @QueryParam("team") String team,
      @QueryParam("role") String role,
      @QueryParam("active") String active,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Paging paging = Paging.of("users", seal, limit, after);
    PeopleSearch.Wanted wanted =
        new PeopleSearch.Wanted(
            Optional.ofNullable(q),
            Optional.ofNullable(team),
            Optional.ofNullable(role),
            Optional.ofNullable(active).map(UserResource::flag));
    return paging.page(
        search.people(wanted, paging.after().orElse(""), paging.fetch()),
        profile -> profile.person().username(),
        profile -> PersonView.of(profile, directory));
  }

  @GET
  @Path("{username}")
  @RequiresPermission("person:read")
  @Operation(value = "Show a person", answers = PersonView.class)
  public PersonView get(@PathParam("username") String username) {
    return PersonView.of(search.person(username), directory);
  }

  @POST
  @RequiresPermission("person:admin")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Create a person", answers = PersonView.class, status = 201)
  public Response create(NewUser user) {
    FieldChecks checks = new FieldChecks();
    checks.require(user.username() != null, "username", "error.field.missing");
    Locale locale =
        PersonRules.locale(
            checks,
            "locale",
            user.locale() == null ? settings.get(Settings.LOCALE).orElse("en") : user.locale());
    ZoneId zone =
        PersonRules.zone(
            checks,
            "zone",
            user.zone() == null ? settings.get(Settings.ZONE).orElse("UTC") : user.zone());
    Set<String> roles = keys(checks, "roles", user.roles(), Set.of("requester"));
    Set<String> teams = keys(checks, "teams", user.teams(), Set.of());
    checks.done();
    Person person =
        people.create(
            new NewPerson(
                user.username(),
                user.displayName(),
                Optional.ofNullable(user.email()),
                Optional.ofNullable(user.password()),
                roles,
                teams,
                Optional.ofNullable(user.organisation()).filter(key -> !key.isBlank()),
                locale,
                zone));
    return Response.created(URI.create("users/" + person.username())).entity(view(person)).build();
  }

  @PATCH
  @Path("{username}")
  @RequiresPermission("person:admin")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(value = "Change a person", answers = PersonView.class, takes = UserChanges.class)
  public PersonView change(@PathParam("username") String username, Map<String, Object> body) {
    Patch patch =
        new Patch(
            body,
            "displayName",
            "email",
            "password",
            "roles",
            "teams",
            "organisation",
            "active",
            "locale",
            "zone");
    PersonChange change =
        new PersonChange(
            patch.text("displayName"),
            patch.removableText("email"),
            patch.text("password"),
            patch.texts("roles"),
            patch.texts("teams"),
            patch.removableText("organisation"),
            patch.flag("active"),
            patch.locale("locale"),
            patch.zone("zone"));
    patch.checks().done();
    return view(people.change(username, change));
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw DomainException.malformed("error.field.flag");
    }
    return text.equals("true");
  }

  private PersonView view(Person person) {
    return PersonView.of(directory.profile(person.id()).orElseThrow(), directory);
  }

  private static Set<String> keys(
      FieldChecks checks, String field, Set<String> given, Set<String> otherwise) {
    if (given == null) {
      return otherwise;
    }
    Set<String> keys = new HashSet<>(given);
    checks.require(!keys.remove(null) && keys.size() <= 200, field, "error.field.list");
    return keys;
  }
}
