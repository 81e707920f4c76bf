/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.service.Exchange;
import org.talka.knowledge.internal.service.Exchange.Arrival;
import org.talka.knowledge.internal.service.Exchange.Parcel;

/** Articles out of the desk, and into it. */
@Component(service = ExchangeResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Reader.MANAGE)
public class ExchangeResource {
  private final Exchange exchange;

  @Activate
  public ExchangeResource(@Reference Exchange exchange) {
    this.exchange = exchange;
  }

  @GET
  @Path("export")
  @Operation(
      value = "Export published articles with their texts",
      answers = Parcel.class,
      paged = true)
  public Page<Parcel> export(@QueryParam("limit") String limit, @QueryParam("after") String after) {
    Page<Parcel> page = exchange.export(Request.limit(limit), after);
    return new Page<>(page.items(), page.next());
  }

  /**
   * What comes in.
   *
   * @param articles as {@code export} gives them; fields that are not known are left out
   * @param dryRun only say what would happen
   */
  public record Delivery(List<Map<String, Object>> articles, boolean dryRun) {}

  /** What became of it, in the order in which it was sent. */
  public record Arrivals(boolean dryRun, long accepted, long refused, List<Arrival> items) {}

  @POST
  @Path("imports")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Bring articles in as drafts, up to 500 at once; with \"dryRun\" only check them",
      answers = Arrivals.class)
  public Arrivals bring(Delivery delivery) {
    if (delivery.articles() == null || delivery.articles().stream().anyMatch(a -> a == null)) {
      throw DomainException.invalid("articles", "error.knowledge.field.required");
    }
    List<Arrival> items = exchange.bring(delivery.articles(), delivery.dryRun());
    long refused = items.stream().filter(item -> item.problem().isPresent()).count();
    return new Arrivals(delivery.dryRun(), items.size() - refused, refused, items);
  }
}
