/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.query.Page;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.knowledge.internal.rest.Views.CategoryView;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.service.Shelves;
import org.talka.knowledge.internal.store.Category;

/** The shelves on which articles stand. */
@Component(service = CategoryResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("categories")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Reader.MANAGE)
public class CategoryResource {
  private static final String UNKNOWN = "error.knowledge.category.unknown";

  private final Shelves shelves;

  @Activate
  public CategoryResource(@Reference Shelves shelves) {
    this.shelves = shelves;
  }

  @GET
  @Open(portal = true)
  @Operation(value = "List all categories", answers = CategoryView.class, paged = true)
  public Page<CategoryView> list() {
    return new Page<>(shelves.all().stream().map(Views::category).toList(), Optional.empty());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Add a category", answers = CategoryView.class, status = 201)
  public Response create(Map<String, Object> values) {
    Category category = shelves.create(values);
    return Response.created(URI.create("/api/v1/knowledge/categories/" + category.id()))
        .tag(tag(category))
        .entity(Views.category(category))
        .build();
  }

  @PATCH
  @Path("{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(value = "Rename or move a category", answers = CategoryView.class)
  public Response change(
      @PathParam("id") String id,
      @HeaderParam("If-Match") String ifMatch,
      Map<String, Object> values) {
    Category category = shelves.change(Request.id(id, UNKNOWN), Request.version(ifMatch), values);
    return Response.ok(Views.category(category)).tag(tag(category)).build();
  }

  @DELETE
  @Path("{id}")
  @Operation(value = "Remove an empty category", status = 204)
  public Response remove(@PathParam("id") String id) {
    shelves.remove(Request.id(id, UNKNOWN));
    return Response.noContent().build();
  }

  private static EntityTag tag(Category category) {
    return new EntityTag(Long.toString(category.version()));
  }
}
