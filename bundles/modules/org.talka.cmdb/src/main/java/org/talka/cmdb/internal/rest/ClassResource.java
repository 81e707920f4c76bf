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
import org.talka.cmdb.internal.schema.Attribute;
import org.talka.cmdb.internal.schema.ClassValues;
import org.talka.cmdb.internal.schema.Classes;
import org.talka.cmdb.internal.schema.ItemClass;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Classes of configuration items. */
@Component(service = ClassResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("classes")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class ClassResource {
  private final Classes classes;
  private final SchemaStore store;

  @Activate
  public ClassResource(@Reference Classes classes, @Reference SchemaStore store) {
    this.classes = classes;
    this.store = store;
  }

  @GET
  @Operation(
      value = "List the classes of configuration items, now or as of a date",
      answers = ClassView.class,
      paged = true)
  public ClassList list(@QueryParam("at") String at) {
    Schema schema =
        at == null || at.isBlank() ? store.current() : store.at(Requests.instant("at", at));
    return new ClassList(schema.classes().stream().map(c -> view(schema, c)).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("cmdb:admin")
  @Operation(value = "Make a class", answers = ClassView.class, status = 201)
  public Response create(ClassValues values) {
    ItemClass made = classes.create(values);
    return Response.created(URI.create("/api/v1/cmdb/classes/" + made.key()))
        .tag(Requests.tag(made.version()))
        .entity(view(store.current(), made))
        .build();
  }

  @GET
  @Path("{key}")
  @Operation(value = "Read a class", answers = ClassView.class)
  public Response read(@PathParam("key") String key) {
    return answer(Classes.get(store.current(), key));
  }

  @PATCH
  @Path("{key}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("cmdb:admin")
  @Operation(value = "Change a class", answers = ClassView.class)
  public Response change(
      @PathParam("key") String key, @HeaderParam("If-Match") String ifMatch, ClassValues values) {
    Classes.get(store.current(), key);
    return answer(classes.change(key, Requests.version(ifMatch), values));
  }

  @DELETE
  @Path("{key}")
  @RequiresPermission("cmdb:admin")
  @Operation(value = "Remove a class that is not in use", status = 204)
  public Response remove(@PathParam("key") String key) {
    classes.remove(key);
    return Response.noContent().build();
  }

  private Response answer(ItemClass c) {
    return Response.ok(view(store.current(), c)).tag(Requests.tag(c.version())).build();
  }

  private static ClassView view(Schema schema, ItemClass c) {
    List<AttributeView> inherited =
        c.parent().isEmpty()
            ? List.of()
            : schema.attributes(c.parent()).values().stream()
                .map(ClassResource::attribute)
                .toList();
    return new ClassView(
        c.key(),
        c.parent().isEmpty() ? null : c.parent(),
        c.names(),
        c.icon(),
        c.grouping(),
        c.service(),
        c.retired(),
        c.attributes().stream().map(ClassResource::attribute).toList(),
        inherited,
        c.identities(),
        c.version());
  }

  private static AttributeView attribute(Attribute a) {
    return new AttributeView(
        a.key(),
        a.names(),
        a.type().word(),
        a.options(),
        a.required(),
        a.controlled(),
        a.retired());
  }

  /** All classes. */
  public record ClassList(List<ClassView> items) {}

  /**
   * A class.
   *
   * @param grouping whether it only gathers classes
   * @param service whether its items are services
   * @param attributes its own
   * @param inherited those of its ancestors
   * @param identities which fields together tell items apart, the surest first
   */
  public record ClassView(
      String key,
      String parent,
      Map<String, String> names,
      String icon,
      boolean grouping,
      boolean service,
      boolean retired,
      List<AttributeView> attributes,
      List<AttributeView> inherited,
      List<List<String>> identities,
      long version) {}

  /**
   * An attribute.
   *
   * @param type {@code text}, {@code number}, {@code boolean}, {@code date}, {@code choice} or
   *     {@code item}
   * @param controlled whether a change needs a reason, or counts as drift
   */
  public record AttributeView(
      String key,
      Map<String, String> names,
      String type,
      List<String> options,
      boolean required,
      boolean controlled,
      boolean retired) {}
}
