/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Team;
import org.talka.security.Seal;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.Groups;
import org.talka.security.internal.people.PeopleSearch;
import org.talka.security.internal.text.FieldChecks;

/** Teams and their members. */
@Component(service = TeamResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("teams")
@Produces(MediaType.APPLICATION_JSON)
public class TeamResource {
  private final PeopleSearch search;
  private final Groups groups;
  private final Directory directory;
  private final Seal seal;

  @Activate
  public TeamResource(
      @Reference PeopleSearch search,
      @Reference Groups groups,
      @Reference Directory directory,
      @Reference Seal seal) {
    this.search = search;
    this.groups = groups;
    this.directory = directory;
    this.seal = seal;
  }

  /** A team or organisation to be created. */
  public record NewGroup(String key, String name) {}

  /** A new name. */
  public record Name(String name) {}

  /** Who joins. */
  public record Member(String username) {}

  @GET
  @RequiresPermission("person:read")
  @Operation(value = "List teams", answers = TeamView.class, paged = true)
  public Listing<TeamView> list(
      @QueryParam("q") String q,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Paging paging = Paging.of("teams", seal, limit, after);
    return paging.page(
        search.teams(Optional.ofNullable(q), paging.after().orElse(""), paging.fetch()),
        Team::key,
        TeamView::of);
  }

  @GET
  @Path("{key}")
  @RequiresPermission("person:read")
  @Operation(value = "Show a team", answers = TeamView.class)
  public TeamView get(@PathParam("key") String key) {
    return TeamView.of(search.team(key));
  }

  @POST
  @RequiresPermission("person:admin")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Create a team", answers = TeamView.class, status = 201)
  public Response create(NewGroup team) {
    Team created = groups.createTeam(team.key(), team.name());
    return Response.created(URI.create("teams/" + created.key()))
        .entity(TeamView.of(created))
        .build();
  }

  @PATCH
  @Path("{key}")
  @RequiresPermission("person:admin")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(value = "Rename a team", answers = TeamView.class)
  public TeamView rename(@PathParam("key") String key, Name name) {
    return TeamView.of(groups.renameTeam(key, name.name()));
  }

  @GET
  @Path("{key}/members")
  @RequiresPermission("person:read")
  @Operation(value = "List a team's members", answers = PersonView.class, paged = true)
  public Listing<PersonView> members(
      @PathParam("key") String key,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Paging paging = Paging.of("members", seal, limit, after);
    Team team = search.team(key);
    return paging.page(
        search.people(
            PeopleSearch.Wanted.inTeam(team.key()), paging.after().orElse(""), paging.fetch()),
        profile -> profile.person().username(),
        profile -> PersonView.of(profile, directory));
  }

  @POST
  @Path("{key}/members")
  @RequiresPermission("person:admin")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Add a person to a team", status = 204)
  public Response join(@PathParam("key") String key, Member member) {
    FieldChecks checks = new FieldChecks();
    checks.require(member.username() != null, "username", "error.field.missing");
    checks.done();
    groups.addToTeam(key, member.username());
    return Response.noContent().build();
  }

  @DELETE
  @Path("{key}/members/{username}")
  @RequiresPermission("person:admin")
  @Operation(value = "Take a person out of a team", status = 204)
  public Response leave(@PathParam("key") String key, @PathParam("username") String username) {
    groups.removeFromTeam(key, username);
    return Response.noContent().build();
  }
}
