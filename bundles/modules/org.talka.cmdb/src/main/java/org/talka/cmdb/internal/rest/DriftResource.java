/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemStore;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.schema.Attribute;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Changes of controlled attributes for which there is no change request. */
@Component(service = DriftResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("drift")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:read")
public class DriftResource {
  private static final int MOST = 100;

  private final Items items;
  private final ItemStore store;
  private final SchemaStore schema;

  @Activate
  public DriftResource(
      @Reference Items items, @Reference ItemStore store, @Reference SchemaStore schema) {
    this.items = items;
    this.store = store;
    this.schema = schema;
  }

  @GET
  @Operation(
      value = "List the latest changes of controlled attributes without a change request",
      answers = DriftView.class,
      paged = true)
  public DriftList list() {
    List<Edition> drift = store.drift(items.sight(), MOST);
    Map<Long, Item> known =
        items.visible(drift.stream().map(Edition::item).collect(Collectors.toSet()));
    Map<Long, Map<Integer, Edition>> before = store.before(drift);
    Schema now = schema.current();
    List<DriftView> found = new ArrayList<>();
    for (Edition edition : drift) {
      Item item = known.get(edition.item());
      Edition was = before.getOrDefault(edition.item(), Map.of()).get(edition.number() - 1);
      if (item != null && was != null) {
        found.add(
            new DriftView(
                Views.ref(item),
                edition.from(),
                edition.by(),
                edition.source(),
                controlled(now, item, was, edition)));
      }
    }
    return new DriftList(found);
  }

  private static List<ItemResource.Difference> controlled(
      Schema now, Item item, Edition was, Edition is) {
    Set<String> fields =
        now.attributes(item.classKey()).values().stream()
            .filter(Attribute::controlled)
            .map(Attribute::key)
            .collect(Collectors.toCollection(TreeSet::new));
    List<ItemResource.Difference> differences = new ArrayList<>();
    for (String field : fields) {
      String from = was.fields().get(field);
      String to = is.fields().get(field);
      if (!java.util.Objects.equals(from, to)) {
        differences.add(new ItemResource.Difference(field, from, to));
      }
    }
    return differences;
  }

  /** The latest first. */
  public record DriftList(List<DriftView> items) {}

  /**
   * A change without a change request.
   *
   * @param source {@code hand} or the name of a source
   */
  public record DriftView(
      Views.Ref item,
      Instant at,
      String by,
      String source,
      List<ItemResource.Difference> changes) {}
}
