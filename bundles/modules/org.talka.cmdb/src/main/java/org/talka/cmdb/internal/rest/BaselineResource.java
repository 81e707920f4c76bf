/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.time.Baseline;
import org.talka.cmdb.internal.time.Baselines;
import org.talka.cmdb.internal.time.Comparison;

/** Baselines, and what differs between two of them. */
@Component(service = BaselineResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("baselines")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class BaselineResource {
  private final Baselines baselines;
  private final Comparison comparison;
  private final ItemStore items;
  private final Views views;

  @Activate
  public BaselineResource(
      @Reference Baselines baselines,
      @Reference Comparison comparison,
      @Reference ItemStore items,
      @Reference Views views) {
    this.baselines = baselines;
    this.comparison = comparison;
    this.items = items;
    this.views = views;
  }

  @GET
  @Operation(value = "List baselines, the latest first", answers = BaselineView.class, paged = true)
  public BaselineList list() {
    return new BaselineList(baselines.all().stream().map(BaselineResource::view).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("cmdb:import")
  @Operation(
      value = "Take a baseline: name this moment",
      answers = BaselineView.class,
      status = 201)
  public Response take(NewBaseline body) {
    Baseline taken = baselines.take(body.name());
    return Response.created(URI.create("/api/v1/cmdb/baselines/" + taken.id()))
        .entity(view(taken))
        .build();
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission("cmdb:import")
  @Operation(value = "Forget the name of a moment; the history stays", status = 204)
  public Response forget(@PathParam("id") String id) {
    baselines.forget(number(id));
    return Response.noContent().build();
  }

  @GET
  @Path("{id}/difference")
  @Operation(
      value = "Show what differs between a baseline and another one, or now",
      answers = DifferenceView.class)
  public DifferenceView difference(@PathParam("id") String id, @QueryParam("to") String to) {
    Instant from = baselines.get(number(id)).at();
    Instant until = to == null || to.isBlank() ? items.now() : baselines.get(number(to)).at();
    Comparison.Result result = comparison.between(from, until);
    Map<Long, String> owners = owners(result);
    List<ItemDifferenceView> changed = new ArrayList<>();
    for (Comparison.ItemDifference one : result.items()) {
      List<ItemResource.Difference> fields = new ArrayList<>();
      for (String field : one.fields()) {
        fields.add(
            new ItemResource.Difference(
                field, said(one.before(), field, owners), said(one.after(), field, owners)));
      }
      boolean both = one.before() != null && one.after() != null;
      changed.add(
          new ItemDifferenceView(
              Views.ref(one.item()),
              one.name(),
              both ? "changed" : one.after() == null ? "gone" : "new",
              both ? fields : List.of()));
    }
    List<RelationDifferenceView> relations =
        result.relations().stream()
            .map(
                r ->
                    new RelationDifferenceView(
                        r.relation().type(),
                        Views.ref(r.source()),
                        Views.ref(r.target()),
                        r.relation().weight(),
                        r.added()))
            .toList();
    return new DifferenceView(from, until, changed, relations, result.more());
  }

  private Map<Long, String> owners(Comparison.Result result) {
    Set<Long> ids = new HashSet<>();
    for (Comparison.ItemDifference one : result.items()) {
      for (Edition edition : new Edition[] {one.before(), one.after()}) {
        if (edition != null && edition.fields().containsKey(Field.OWNER)) {
          ids.add(Long.valueOf(edition.fields().get(Field.OWNER)));
        }
      }
    }
    return views.personNames(ids);
  }

  private String said(Edition edition, String field, Map<Long, String> owners) {
    return edition == null ? null : views.said(field, edition.fields().get(field), owners);
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.cmdb.baseline.unknown");
    }
  }

  private static BaselineView view(Baseline baseline) {
    return new BaselineView(
        Long.toString(baseline.id()), baseline.name(), baseline.at(), baseline.by());
  }

  /** All baselines. */
  public record BaselineList(List<BaselineView> items) {}

  /** A moment with a name. */
  public record BaselineView(String id, String name, Instant at, String by) {}

  /** What to call it. */
  public record NewBaseline(String name) {}

  /**
   * What differs between two moments.
   *
   * @param more whether there is more than is compared at once
   */
  public record DifferenceView(
      Instant from,
      Instant to,
      List<ItemDifferenceView> items,
      List<RelationDifferenceView> relations,
      boolean more) {}

  /**
   * An item that differs.
   *
   * @param name what it was called at the later moment
   * @param kind {@code new}, {@code gone} or {@code changed}
   */
  public record ItemDifferenceView(
      Views.Ref item, String name, String kind, List<ItemResource.Difference> changes) {}

  /**
   * A relation that is there at one of the moments alone: at the later one when it was added. One
   * that got another weight is there twice.
   */
  public record RelationDifferenceView(
      String type, Views.Ref source, Views.Ref target, int weight, boolean added) {}
}
