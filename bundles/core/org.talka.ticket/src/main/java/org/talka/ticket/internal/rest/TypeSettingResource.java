/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.tailor.Office;
import org.talka.ticket.internal.tailor.TypeWishes;
import org.talka.ticket.internal.tailor.Types;

/** Ticket types of the desk's own, and what is said of those that modules declare. */
@Component(service = TypeSettingResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("type-settings")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Office.PERMISSION)
public class TypeSettingResource {
  private final Types types;
  private final SettingViews views;

  @Activate
  public TypeSettingResource(@Reference Types types, @Reference SettingViews views) {
    this.types = types;
    this.views = views;
  }

  @GET
  @Operation(
      value = "List ticket types with their settings",
      answers = TypeSettingView.class,
      paged = true)
  public PageAnswer<TypeSettingView> list() {
    return PageAnswer.whole(views.allTypes());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Make a ticket type", answers = TypeSettingView.class, status = 201)
  public Response create(TypeWishes wishes) {
    String key = types.create(wishes);
    return Response.created(URI.create("/api/v1/type-settings/" + key))
        .tag(Entities.tag(types.version(key)))
        .entity(views.type(key))
        .build();
  }

  @GET
  @Path("{key}")
  @Operation(value = "Read a ticket type's settings", answers = TypeSettingView.class)
  public Response read(@PathParam("key") String key) {
    types.mustExist(key);
    return answer(key);
  }

  @PATCH
  @Path("{key}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(value = "Change a ticket type", answers = TypeSettingView.class)
  public Response change(
      @PathParam("key") String key, @HeaderParam("If-Match") String ifMatch, TypeWishes wishes) {
    types.mustExist(key);
    types.change(key, Entities.version(ifMatch), wishes);
    return answer(key);
  }

  @DELETE
  @Path("{key}")
  @Operation(value = "Remove an unused type, or what is said of a module's", status = 204)
  public Response remove(@PathParam("key") String key) {
    types.remove(key);
    return Response.noContent().build();
  }

  private Response answer(String key) {
    TypeSettingView view = views.type(key);
    return Response.ok(view).tag(Entities.tag(view.version())).build();
  }
}
