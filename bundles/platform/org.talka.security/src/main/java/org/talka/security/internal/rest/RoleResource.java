/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.persistence.Transactions;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.GrantScope;
import org.talka.security.Seal;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.PeopleSearch;
import org.talka.security.internal.people.Roles;
import org.talka.security.internal.text.FieldChecks;

/** Roles and what they may. */
@Component(service = RoleResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("roles")
@Produces(MediaType.APPLICATION_JSON)
public class RoleResource {
  private final Roles roles;
  private final PeopleSearch search;
  private final Directory directory;
  private final Transactions transactions;
  private final Seal seal;

  @Activate
  public RoleResource(
      @Reference Roles roles,
      @Reference PeopleSearch search,
      @Reference Directory directory,
      @Reference Transactions transactions,
      @Reference Seal seal) {
    this.roles = roles;
    this.search = search;
    this.directory = directory;
    this.transactions = transactions;
    this.seal = seal;
  }

  /**
   * A role as clients get it.
   *
   * @param name null for roles of the box, which are named {@code role.<key>} in the catalogues
   * @param permissions permission keys and how far they reach
   * @param decided permissions that an administrator decided about
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record RoleView(
      String key,
      String name,
      boolean builtIn,
      Map<String, String> permissions,
      Set<String> decided) {
    static RoleView of(Roles.RoleView role) {
      return new RoleView(
          role.key(),
          role.name().orElse(null),
          role.builtIn(),
          Reaches.names(role.grants()),
          role.decided());
    }
  }

  /** A role to be created. */
  public record NewRole(String key, String name, Map<String, String> permissions) {}

  /** What changes about a role; a permission that is null reaches as declared again. */
  public record RoleChanges(String name, Map<String, String> permissions) {}

  @GET
  @RequiresPermission("role:read")
  @Operation(value = "List roles", answers = RoleView.class, paged = true)
  public Listing<RoleView> list() {
    return Listing.whole(roles.all().stream().map(RoleView::of).toList());
  }

  @GET
  @Path("{key}")
  @RequiresPermission("role:read")
  @Operation(value = "Show a role", answers = RoleView.class)
  public RoleView get(@PathParam("key") String key) {
    return RoleView.of(roles.role(key));
  }

  @GET
  @Path("{key}/members")
  @RequiresPermission("role:read")
  @Operation(value = "List the people who have a role", answers = PersonView.class, paged = true)
  public Listing<PersonView> members(
      @PathParam("key") String key,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Paging paging = Paging.of("holders", seal, limit, after);
    Roles.RoleView role = roles.role(key);
    PeopleSearch.Wanted holders =
        new PeopleSearch.Wanted(
            Optional.empty(), Optional.empty(), Optional.of(role.key()), Optional.empty());
    return paging.page(
        search.people(holders, paging.after().orElse(""), paging.fetch()),
        profile -> profile.person().username(),
        profile -> PersonView.of(profile, directory));
  }

  @POST
  @RequiresPermission("role:admin")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Create a role", answers = RoleView.class, status = 201)
  public Response create(NewRole role) {
    FieldChecks checks = new FieldChecks();
    Map<String, GrantScope> grants = new HashMap<>();
    Map<String, String> wanted = role.permissions() == null ? Map.of() : role.permissions();
    wanted.forEach(
        (permission, reach) ->
            Reaches.reach(checks, permission, String.valueOf(reach))
                .ifPresent(r -> grants.put(permission, r)));
    checks.done();
    roles.create(role.key(), role.name(), grants);
    return Response.created(URI.create("roles/" + role.key())).entity(get(role.key())).build();
  }

  @PATCH
  @Path("{key}")
  @RequiresPermission("role:admin")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(value = "Change a role", answers = RoleView.class, takes = RoleChanges.class)
  public RoleView change(@PathParam("key") String key, Map<String, Object> body) {
    Patch patch = new Patch(body, "name", "permissions");
    Optional<String> name = patch.text("name");
    Map<String, GrantScope> grants = new HashMap<>();
    Set<String> asDeclared = new HashSet<>();
    patch
        .removableTexts("permissions")
        .orElse(Map.of())
        .forEach(
            (permission, reach) -> {
              if (reach.isEmpty()) {
                asDeclared.add(permission);
              } else {
                Reaches.reach(patch.checks(), permission, reach.get())
                    .ifPresent(r -> grants.put(permission, r));
              }
            });
    patch.checks().done();
    transactions.required(
        () -> {
          name.ifPresent(n -> roles.rename(key, n));
          if (!grants.isEmpty() || !asDeclared.isEmpty()) {
            roles.changeGrants(key, grants, asDeclared);
          }
          return null;
        });
    return get(key);
  }

  @DELETE
  @Path("{key}")
  @RequiresPermission("role:admin")
  @Operation(value = "Remove a role that nobody has", status = 204)
  public Response remove(@PathParam("key") String key) {
    roles.remove(key);
    return Response.noContent().build();
  }
}
