/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
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
import org.talka.cmdb.internal.graph.Graph;
import org.talka.cmdb.internal.graph.ItemGraph;
import org.talka.cmdb.internal.graph.Limits;
import org.talka.cmdb.internal.graph.PastGraph;
import org.talka.cmdb.internal.graph.Relation;
import org.talka.cmdb.internal.graph.RelationStore;
import org.talka.cmdb.internal.graph.Relations;
import org.talka.cmdb.internal.graph.Weight;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;

/** The relations of an item, and what a failure reaches through them. */
@Component(service = RelationResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("items")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class RelationResource {
  private final Items items;
  private final Relations relations;
  private final ItemGraph graph;
  private final PastGraph past;
  private final RelationStore store;

  @Activate
  public RelationResource(
      @Reference Items items,
      @Reference Relations relations,
      @Reference ItemGraph graph,
      @Reference PastGraph past,
      @Reference RelationStore store) {
    this.items = items;
    this.relations = relations;
    this.graph = graph;
    this.past = past;
    this.store = store;
  }

  @GET
  @Path("{key}/relations")
  @Operation(
      value = "List the relations of a configuration item, now or as of a date",
      answers = RelationList.class)
  public RelationList list(@PathParam("key") String key, @QueryParam("at") String at) {
    Item item = items.get(key);
    if (at != null && !at.isBlank()) {
      return then(item, Requests.instant("at", at));
    }
    List<Relation> all = relations.of(item);
    Map<Long, Item> others =
        items.visible(all.stream().map(r -> Relations.other(r, item.id())).toList());
    List<RelationView> found = new ArrayList<>();
    for (Relation relation : all) {
      Item other = others.get(Relations.other(relation, item.id()));
      found.add(view(relation, item, Views.ref(other)));
    }
    return new RelationList(found, graph.ask(g -> ReachViews.rules(g, item.id())));
  }

  /** The relations that it had, to items that the caller may see now, as those were. */
  private RelationList then(Item item, Instant at) {
    Graph graphThen = past.around(item.id(), 1, at);
    Set<Long> visible = items.visible(graphThen.ids()).keySet();
    List<RelationView> found = new ArrayList<>();
    for (Relation relation : store.at(List.of(item.id()), at)) {
      long other = Relations.other(relation, item.id());
      if (visible.contains(other)) {
        graphThen.node(other).ifPresent(node -> found.add(view(relation, item, Views.ref(node))));
      }
    }
    return new RelationList(found, ReachViews.rules(graphThen, item.id()));
  }

  @POST
  @Path("{key}/relations")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("cmdb:update")
  @Operation(
      value = "Relate a configuration item to another",
      answers = RelationView.class,
      status = 201)
  public Response add(@PathParam("key") String key, NewRelation body) {
    Item item = items.get(key);
    if (body.item() == null || body.item().isBlank()) {
      throw DomainException.invalid("item", "error.cmdb.required");
    }
    Item other = items.get(body.item());
    boolean outgoing = body.outgoing() == null || body.outgoing();
    int weight = body.weight() == null ? Weight.USUAL : body.weight();
    Relation made =
        relations.add(body.type(), outgoing ? item : other, outgoing ? other : item, weight);
    return Response.status(201).entity(view(made, item, Views.ref(other))).build();
  }

  @PATCH
  @Path("{key}/relations/{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("cmdb:update")
  @Operation(
      value = "Change how much a relation weighs: it is ended, and the answer is in its place",
      answers = RelationView.class)
  public RelationView change(
      @PathParam("key") String key, @PathParam("id") String id, RelationChange body) {
    Item item = items.get(key);
    if (body.weight() == null) {
      throw DomainException.invalid("weight", "error.cmdb.required");
    }
    Relation changed = relations.reweigh(item, number(id), body.weight());
    return view(changed, item, Views.ref(items.get(Relations.other(changed, item.id()))));
  }

  @DELETE
  @Path("{key}/relations/{id}")
  @RequiresPermission("cmdb:update")
  @Operation(value = "End a relation", status = 204)
  public Response end(@PathParam("key") String key, @PathParam("id") String id) {
    relations.end(items.get(key), number(id));
    return Response.noContent().build();
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.cmdb.relation.unknown");
    }
  }

  @PUT
  @Path("{key}/rules/{type}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("cmdb:update")
  @Operation(
      value = "Say how many of its suppliers by a type of relations an item needs",
      status = 204)
  public Response rule(
      @PathParam("key") String key, @PathParam("type") String type, Views.RuleView rule) {
    relations.rule(items.get(key), type, rule.policy(), rule.amount());
    return Response.noContent().build();
  }

  @GET
  @Path("{key}/impact")
  @Operation(
      value = "Show what the failure of a configuration item takes down, and why",
      answers = ReachViews.ImpactView.class)
  public ReachViews.ImpactView impact(
      @PathParam("key") String key,
      @QueryParam("depth") @DefaultValue("6") int depth,
      @QueryParam("limit") @DefaultValue("2000") int limit) {
    Item item = items.get(key);
    return graph.ask(
        g -> ReachViews.impact(g, List.of(item.id()), limits(depth, limit), items.sight()));
  }

  @GET
  @Path("{key}/supplies")
  @Operation(
      value = "Show what a configuration item needs, and what of it is enough to take it down",
      answers = ReachViews.SuppliesView.class)
  public ReachViews.SuppliesView supplies(
      @PathParam("key") String key,
      @QueryParam("depth") @DefaultValue("6") int depth,
      @QueryParam("limit") @DefaultValue("500") int limit) {
    Item item = items.get(key);
    return graph.ask(g -> ReachViews.supplies(g, item.id(), limits(depth, limit), items.sight()));
  }

  private static Limits limits(int depth, int nodes) {
    return new Limits(
        Requests.within("depth", depth, 1, Limits.DEEPEST),
        Requests.within("limit", nodes, 1, Limits.MOST),
        Limits.USUAL.time());
  }

  private static RelationView view(Relation relation, Item item, Views.Ref other) {
    return new RelationView(
        Long.toString(relation.id()),
        relation.type(),
        relation.source() == item.id(),
        other,
        relation.weight(),
        relation.from(),
        relation.by(),
        relation.origin());
  }

  /**
   * What an item is related to.
   *
   * @param rules how it stands with its suppliers, by type
   */
  public record RelationList(List<RelationView> items, List<ReachViews.GroupView> rules) {}

  /**
   * A relation as its item sees it.
   *
   * @param outgoing whether the item is its source
   * @param item the other end
   * @param weight as how many suppliers it counts where a number or a share of them is needed
   */
  public record RelationView(
      String id,
      String type,
      boolean outgoing,
      Views.Ref item,
      int weight,
      Instant since,
      String by,
      String origin) {}

  /**
   * What to relate it to.
   *
   * @param item the other item's key
   * @param outgoing whether this item is the source, as when absent
   * @param weight as how many suppliers it counts, 1 to 1000; 1 when absent
   */
  public record NewRelation(String type, String item, Boolean outgoing, Integer weight) {}

  /**
   * What becomes of a relation.
   *
   * @param weight as above
   */
  public record RelationChange(Integer weight) {}
}
