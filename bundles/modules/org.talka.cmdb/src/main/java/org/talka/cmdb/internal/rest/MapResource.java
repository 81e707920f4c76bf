/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.cmdb.internal.graph.Graph;
import org.talka.cmdb.internal.graph.Impacts;
import org.talka.cmdb.internal.graph.ItemGraph;
import org.talka.cmdb.internal.graph.Limits;
import org.talka.cmdb.internal.graph.Node;
import org.talka.cmdb.internal.graph.PastGraph;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemKey;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.item.Sight;
import org.talka.cmdb.internal.map.ItemMap;
import org.talka.cmdb.internal.map.MapLayout;
import org.talka.cmdb.internal.map.MapRequest;

/** The surroundings of an item as a picture: places and lines, for the page to draw. */
@Component(service = MapResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("items/{key}/map")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class MapResource {
  private static final int DEEPEST = 6;
  private static final int MOST_EXPANDED = 60;

  private final Items items;
  private final ItemGraph present;
  private final PastGraph past;

  @Activate
  public MapResource(
      @Reference Items items, @Reference ItemGraph present, @Reference PastGraph past) {
    this.items = items;
    this.present = present;
    this.past = past;
  }

  @GET
  @Operation(
      value = "Lay out what an item needs and what needs it, now or as of a date",
      answers = MapView.class)
  public MapView map(
      @PathParam("key") String key,
      @QueryParam("depth") @DefaultValue("3") int depth,
      @QueryParam("show") @DefaultValue("both") String show,
      @QueryParam("at") String at,
      @QueryParam("expand") List<String> expand) {
    Item item = items.get(key);
    if (!Set.of("both", "needs", "needed").contains(show)) {
      throw DomainException.malformed("error.rest.parameter", "name", "show");
    }
    int far = Requests.within("depth", depth, 1, DEEPEST);
    MapRequest request =
        new MapRequest(
            item.id(),
            far,
            !show.equals("needed"),
            !show.equals("needs"),
            Set.copyOf(expand.stream().distinct().limit(MOST_EXPANDED).toList()));
    if (at == null || at.isBlank()) {
      Sight sight = items.sight();
      return present.ask(
          graph -> view(graph, request, node -> sight.covers(node.owner(), node.team())));
    }
    Graph then = past.around(item.id(), far + 1, Requests.instant("at", at));
    // whose an item was then says nothing about who may see it now
    Set<Long> visible = items.visible(then.ids()).keySet();
    return view(then, request, node -> visible.contains(node.id()));
  }

  private static MapView view(Graph graph, MapRequest request, Predicate<Node> visible) {
    ItemMap map = MapLayout.of(graph, request, visible);
    Set<Long> down = Impacts.of(graph, List.of(request.start()), Limits.USUAL).reached().keySet();
    List<PlaceView> places = new ArrayList<>();
    for (ItemMap.Place place : map.places()) {
      places.add(
          new PlaceView(
              Views.ref(place.node()),
              place.level(),
              place.x(),
              place.y(),
              graph.schema().service(place.node().classKey()),
              down.contains(place.node().id())));
    }
    List<GroupBox> groups =
        map.groups().stream()
            .map(
                g ->
                    new GroupBox(
                        g.id(),
                        g.classKey(),
                        g.count(),
                        ItemKey.of(g.parent()),
                        g.level(),
                        g.x(),
                        g.y()))
            .toList();
    List<LineView> lines = map.lines().stream().map(line -> line(line)).toList();
    return new MapView(places, groups, lines, map.width(), map.height(), map.more());
  }

  /** A group stands at whichever end its items do. */
  private static LineView line(ItemMap.Line line) {
    boolean grouped = !line.group().isEmpty();
    boolean out = line.edge().source() == line.item();
    return new LineView(
        grouped && !out ? line.group() : ItemKey.of(line.edge().source()),
        grouped && out ? line.group() : ItemKey.of(line.edge().target()),
        line.edge().type());
  }

  /**
   * A picture, in units of its own.
   *
   * @param more whether there was no place for everything
   */
  public record MapView(
      List<PlaceView> items,
      List<GroupBox> groups,
      List<LineView> lines,
      int width,
      int height,
      boolean more) {}

  /**
   * An item and the upper left corner of its box.
   *
   * @param level how far from the middle: below 0 what is needed, above what needs
   * @param down whether it goes down when the item in the middle does
   */
  public record PlaceView(Views.Ref item, int level, int x, int y, boolean service, boolean down) {}

  /**
   * Items of one class around the same item, drawn as one.
   *
   * @param id to name in {@code expand}
   */
  public record GroupBox(
      String id, String classKey, int count, String around, int level, int x, int y) {}

  /** A relation between keys of items, or ids of groups. */
  public record LineView(String source, String target, String type) {}
}
