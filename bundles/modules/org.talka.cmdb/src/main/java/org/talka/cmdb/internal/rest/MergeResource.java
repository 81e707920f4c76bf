/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemKey;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.merge.Duplicates;
import org.talka.cmdb.internal.merge.Merge;
import org.talka.cmdb.internal.merge.Merges;

/** Items that are the same thing, and making one of them. */
@Component(service = MergeResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("merges")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:import")
public class MergeResource {
  private static final int MOST = 50;

  private final Duplicates duplicates;
  private final Merges merges;
  private final Items items;

  @Activate
  public MergeResource(
      @Reference Duplicates duplicates, @Reference Merges merges, @Reference Items items) {
    this.duplicates = duplicates;
    this.merges = merges;
    this.items = items;
  }

  @GET
  @Path("candidates")
  @Operation(
      value = "List items that an identity key of their class can't tell apart",
      answers = AlikeView.class,
      paged = true)
  public AlikeList candidates() {
    return new AlikeList(
        duplicates.find().stream()
            .map(a -> new AlikeView(a.key(), a.items().stream().map(Views::ref).toList()))
            .toList());
  }

  @GET
  @Operation(value = "List merges, the latest first", answers = MergeView.class, paged = true)
  public MergeList list() {
    List<Merge> all = merges.all(MOST);
    Set<Long> ids = new HashSet<>();
    all.forEach(
        merge -> {
          ids.add(merge.kept());
          ids.add(merge.merged());
        });
    Map<Long, Item> known = items.visible(ids);
    List<MergeView> views = new ArrayList<>();
    for (Merge merge : all) {
      if (known.containsKey(merge.kept()) && known.containsKey(merge.merged())) {
        views.add(view(merge, known.get(merge.kept()), known.get(merge.merged())));
      }
    }
    return new MergeList(views);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Make one item of two: relations and tickets move to the one that is kept",
      answers = MergeView.class,
      status = 201)
  public Response merge(NewMerge body) {
    Item kept = named("keep", body.keep());
    Item merged = named("merge", body.merge());
    Merge merge = merges.merge(kept, merged);
    return Response.status(201).entity(view(merge, kept, merged)).build();
  }

  @POST
  @Path("{id}/undo")
  @Operation(value = "Take a merge back", answers = MergeView.class)
  public MergeView undo(@PathParam("id") String id) {
    try {
      Merge merge = merges.undo(Long.parseLong(id));
      return view(merge, items.get(merge.kept()), items.get(merge.merged()));
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.cmdb.merge.unknown");
    }
  }

  private Item named(String field, String key) {
    if (key == null || key.isBlank()) {
      throw DomainException.invalid(field, "error.cmdb.required");
    }
    return items.get(ItemKey.known(key));
  }

  private static MergeView view(Merge merge, Item kept, Item merged) {
    return new MergeView(
        Long.toString(merge.id()),
        Views.ref(kept),
        Views.ref(merged),
        merge.by(),
        merge.at(),
        merge.undoneAt().orElse(null));
  }

  /** Groups of items that are alike. */
  public record AlikeList(List<AlikeView> items) {}

  /**
   * Items that are alike.
   *
   * @param key the identity key that they share
   */
  public record AlikeView(String key, List<Views.Ref> items) {}

  /** Merges. */
  public record MergeList(List<MergeView> items) {}

  /** A merge. */
  public record MergeView(
      String id, Views.Ref kept, Views.Ref merged, String by, Instant at, Instant undoneAt) {}

  /** Keys of the item that stays and of the one that goes into it. */
  public record NewMerge(String keep, String merge) {}
}
