/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.cmdb.internal.schema.RelationType;
import org.talka.cmdb.internal.schema.RelationTypeValues;
import org.talka.cmdb.internal.schema.RelationTypes;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Types of relations between configuration items. */
@Component(service = RelationTypeResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("relation-types")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class RelationTypeResource {
  private final RelationTypes types;
  private final SchemaStore store;

  @Activate
  public RelationTypeResource(@Reference RelationTypes types, @Reference SchemaStore store) {
    this.types = types;
    this.store = store;
  }

  @GET
  @Operation(
      value = "List the types of relations, now or as of a date",
      answers = RelationTypeView.class,
      paged = true)
  public RelationTypeList list(@QueryParam("at") String at) {
    Schema schema =
        at == null || at.isBlank() ? store.current() : store.at(Requests.instant("at", at));
    return new RelationTypeList(
        schema.relationTypes().stream().map(RelationTypeResource::view).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("cmdb:admin")
  @Operation(value = "Make a type of relations", answers = RelationTypeView.class, status = 201)
  public Response create(RelationTypeValues values) {
    RelationType made = types.create(values);
    return Response.created(URI.create("/api/v1/cmdb/relation-types/" + made.key()))
        .tag(Requests.tag(made.version()))
        .entity(view(made))
        .build();
  }

  @GET
  @Path("{key}")
  @Operation(value = "Read a type of relations", answers = RelationTypeView.class)
  public Response read(@PathParam("key") String key) {
    return answer(RelationTypes.get(store.current(), key));
  }

  @PATCH
  @Path("{key}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("cmdb:admin")
  @Operation(value = "Change a type of relations", answers = RelationTypeView.class)
  public Response change(
      @PathParam("key") String key,
      @HeaderParam("If-Match") String ifMatch,
      RelationTypeValues values) {
    RelationTypes.get(store.current(), key);
    return answer(types.change(key, Requests.version(ifMatch), values));
  }

  @DELETE
  @Path("{key}")
  @RequiresPermission("cmdb:admin")
  @Operation(value = "Remove a type of relations that is not in use", status = 204)
  public Response remove(@PathParam("key") String key) {
    types.remove(key);
    return Response.noContent().build();
  }

  private static Response answer(RelationType type) {
    return Response.ok(view(type)).tag(Requests.tag(type.version())).build();
  }

  private static RelationTypeView view(RelationType type) {
    return new RelationTypeView(
        type.key(),
        type.names(),
        type.inverse(),
        type.source(),
        type.target(),
        type.cardinality().word(),
        type.impact().word(),
        Views.rule(type.rule()),
        type.retired(),
        type.version());
  }

  /** All types. */
  public record RelationTypeList(List<RelationTypeView> items) {}

  /**
   * A type of relations.
   *
   * @param names read from source to target
   * @param inverse read from target to source
   * @param impact who suffers when the other end fails: {@code source}, {@code target}, {@code
   *     none}
   * @param rule how many suppliers are needed, unless an item says otherwise
   */
  public record RelationTypeView(
      String key,
      Map<String, String> names,
      Map<String, String> inverse,
      String source,
      String target,
      String cardinality,
      String impact,
      Views.RuleView rule,
      boolean retired,
      long version) {}
}
