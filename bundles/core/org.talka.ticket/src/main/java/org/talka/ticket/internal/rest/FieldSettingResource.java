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
import org.talka.ticket.internal.tailor.FieldWishes;
import org.talka.ticket.internal.tailor.Fields;
import org.talka.ticket.internal.tailor.Office;

/** Fields of the desk's own, and what is said of those that modules declare. */
@Component(service = FieldSettingResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("field-settings")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Office.PERMISSION)
public class FieldSettingResource {
  private final Fields fields;
  private final SettingViews views;

  @Activate
  public FieldSettingResource(@Reference Fields fields, @Reference SettingViews views) {
    this.fields = fields;
    this.views = views;
  }

  @GET
  @Operation(value = "List fields", answers = FieldSettingView.class, paged = true)
  public PageAnswer<FieldSettingView> list() {
    return PageAnswer.whole(views.allFields());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Make a field", answers = FieldSettingView.class, status = 201)
  public Response create(FieldWishes wishes) {
    String key = fields.create(wishes);
    return Response.created(URI.create("/api/v1/field-settings/" + key))
        .tag(Entities.tag(fields.version(key)))
        .entity(views.field(key))
        .build();
  }

  @GET
  @Path("{key}")
  @Operation(value = "Read a field", answers = FieldSettingView.class)
  public Response read(@PathParam("key") String key) {
    fields.mustExist(key);
    return answer(key);
  }

  @PATCH
  @Path("{key}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(value = "Change a field", answers = FieldSettingView.class)
  public Response change(
      @PathParam("key") String key, @HeaderParam("If-Match") String ifMatch, FieldWishes wishes) {
    fields.mustExist(key);
    fields.change(key, Entities.version(ifMatch), wishes);
    return answer(key);
  }

  @DELETE
  @Path("{key}")
  @Operation(value = "Remove an unused field, or what is said of a module's", status = 204)
  public Response remove(@PathParam("key") String key) {
    fields.remove(key);
    return Response.noContent().build();
  }

  private Response answer(String key) {
    FieldSettingView view = views.field(key);
    return Response.ok(view).tag(Entities.tag(view.version())).build();
  }
}
