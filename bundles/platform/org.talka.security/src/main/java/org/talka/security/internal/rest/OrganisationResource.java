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
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Organisation;
import org.talka.security.Seal;
import org.talka.security.internal.people.Groups;
import org.talka.security.internal.people.PeopleSearch;

/** Organisations that people belong to. */
@Component(service = OrganisationResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("organisations")
@Produces(MediaType.APPLICATION_JSON)
public class OrganisationResource {
  private final PeopleSearch search;
  private final Groups groups;
  private final Seal seal;

  @Activate
  public OrganisationResource(
      @Reference PeopleSearch search, @Reference Groups groups, @Reference Seal seal) {
    this.search = search;
    this.groups = groups;
    this.seal = seal;
  }

  @GET
  @RequiresPermission("person:read")
  @Operation(value = "List organisations", answers = OrganisationView.class, paged = true)
  public Listing<OrganisationView> list(
      @QueryParam("q") String q,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Paging paging = Paging.of("organisations", seal, limit, after);
    return paging.page(
        search.organisations(Optional.ofNullable(q), paging.after().orElse(""), paging.fetch()),
        Organisation::key,
        OrganisationView::of);
  }

  @GET
  @Path("{key}")
  @RequiresPermission("person:read")
  @Operation(value = "Show an organisation", answers = OrganisationView.class)
  public OrganisationView get(@PathParam("key") String key) {
    return OrganisationView.of(search.organisation(key));
  }

  @POST
  @RequiresPermission("person:admin")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Create an organisation", answers = OrganisationView.class, status = 201)
  public Response create(TeamResource.NewGroup organisation) {
    Organisation created = groups.createOrganisation(organisation.key(), organisation.name());
    return Response.created(URI.create("organisations/" + created.key()))
        .entity(OrganisationView.of(created))
        .build();
  }

  @PATCH
  @Path("{key}")
  @RequiresPermission("person:admin")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(value = "Rename an organisation", answers = OrganisationView.class)
  public OrganisationView rename(@PathParam("key") String key, TeamResource.Name name) {
    return OrganisationView.of(groups.renameOrganisation(key, name.name()));
  }
}
