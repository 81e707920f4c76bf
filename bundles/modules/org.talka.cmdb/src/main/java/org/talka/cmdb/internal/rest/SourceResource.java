/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Audit;
import org.talka.cmdb.internal.intake.DataSource;
import org.talka.cmdb.internal.intake.IntakeStore;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Sources of data, and how much their word weighs. */
@Component(service = SourceResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("sources")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:import")
public class SourceResource {
  private static final int MOST = 100;
  private static final int MOST_FIELDS = 60;
  private static final int LONGEST = 60;

  private final IntakeStore store;
  private final SchemaStore schema;
  private final Audit audit;

  @Activate
  public SourceResource(
      @Reference IntakeStore store, @Reference SchemaStore schema, @Reference Audit audit) {
    this.store = store;
    this.schema = schema;
    this.audit = audit;
  }

  @GET
  @Operation(
      value = "List sources of data that weigh otherwise than usual",
      answers = SourceView.class,
      paged = true)
  public SourceList list() {
    return new SourceList(
        new TreeMap<>(store.sources()).values().stream().map(SourceResource::view).toList());
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Say how much a source weighs", answers = SourceView.class)
  public Response weigh(
      @PathParam("name") String name, @HeaderParam("If-Match") String ifMatch, Weights weights) {
    long version = Requests.version(ifMatch);
    if (name.isBlank() || name.length() > LONGEST) {
      throw DomainException.notFound("error.cmdb.source.name", "value", name);
    }
    Map<String, Integer> byField = byField(weights.weights());
    DataSource weighed =
        store.weigh(new DataSource(name, weight("weight", weights.weight()), byField, version));
    audit.record("cmdb.source.weighed", "cmdb-source:" + name, Map.of());
    return Response.ok(view(weighed)).tag(Requests.tag(weighed.version())).build();
  }

  private Map<String, Integer> byField(Map<String, Integer> asked) {
    Map<String, Integer> byField = new TreeMap<>();
    if (asked != null) {
      if (asked.size() > MOST_FIELDS) {
        throw DomainException.invalid("weights", "error.cmdb.many", "max", MOST_FIELDS);
      }
      Schema now = schema.current();
      asked.forEach(
          (field, weight) -> {
            if (!Field.BUILT_IN.contains(field) && !now.hasAttribute(field)) {
              throw DomainException.invalid("weights", "error.cmdb.field.unknown", "value", field);
            }
            byField.put(field, weight(field, weight));
          });
    }
    return byField;
  }

  private static int weight(String field, Integer weight) {
    if (weight == null || weight < 0 || weight > MOST) {
      throw DomainException.invalid(field, "error.cmdb.range", "min", 0, "max", MOST);
    }
    return weight;
  }

  private static SourceView view(DataSource source) {
    return new SourceView(source.name(), source.weight(), source.weights(), source.version());
  }

  /** The sources. */
  public record SourceList(List<SourceView> items) {}

  /**
   * A source.
   *
   * @param name {@code hand} for people
   * @param weights where it weighs differently, by field
   */
  public record SourceView(String name, int weight, Map<String, Integer> weights, long version) {}

  /** How much it is to weigh. */
  public record Weights(Integer weight, Map<String, Integer> weights) {}
}
