/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.cmdb.internal.health.Figures;
import org.talka.cmdb.internal.health.Health;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.item.Sight;

/** How well items are recorded. */
@Component(service = HealthResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=cmdb)")
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("cmdb:import")
public class HealthResource {
  private final Health health;
  private final Items items;
  private final Views views;

  @Activate
  public HealthResource(@Reference Health health, @Reference Items items, @Reference Views views) {
    this.health = health;
    this.items = items;
    this.views = views;
  }

  @GET
  @Operation(
      value = "Show how complete, fresh, related and unique items are, by owner and over time",
      answers = HealthView.class)
  public HealthView health() {
    Sight sight = items.sight();
    List<Figures> figures = health.last(sight);
    Map<Long, String> names =
        views.personNames(
            figures.stream()
                .map(Figures::owner)
                .filter(owner -> owner != Figures.NOBODY)
                .collect(Collectors.toSet()));
    List<OwnerView> owners = new ArrayList<>();
    Figures all = new Figures(Figures.NOBODY, 0, 0, 0, 0, 0, 0);
    for (Figures one : figures) {
      all = all.plus(one);
      owners.add(
          new OwnerView(
              one.owner() == Figures.NOBODY ? null : Long.toString(one.owner()),
              names.get(one.owner()),
              view(one)));
    }
    owners.sort(Comparator.comparing(o -> -o.figures().items()));
    List<DayView> days =
        sight.all()
            ? health.days().stream()
                .map(d -> new DayView(d.day().toString(), view(d.figures())))
                .toList()
            : List.of();
    return new HealthView(view(all), owners, days);
  }

  @GET
  @Path("days")
  @Operation(
      value = "Show how well the items of one owner were recorded day by day",
      answers = DayView.class,
      paged = true)
  public DayList days(@QueryParam("owner") String owner) {
    return new DayList(
        health.days(items.sight(), known(owner)).stream()
            .map(d -> new DayView(d.day().toString(), view(d.figures())))
            .toList());
  }

  /** Nobody's when there is none. */
  private static long known(String owner) {
    if (owner == null || owner.isBlank()) {
      return Figures.NOBODY;
    }
    try {
      return Long.parseLong(owner);
    } catch (NumberFormatException e) {
      throw DomainException.malformed("error.rest.parameter", "name", "owner");
    }
  }

  private static FiguresView view(Figures f) {
    return new FiguresView(
        f.items(), f.complete(), f.stale(), f.orphans(), f.duplicates(), f.breaches());
  }

  /**
   * How well items are recorded.
   *
   * @param days on which it was counted, the latest first
   */
  public record HealthView(FiguresView all, List<OwnerView> owners, List<DayView> days) {}

  /**
   * The items of an owner.
   *
   * @param id to ask for the days of, absent for those that nobody owns
   * @param owner likewise
   */
  public record OwnerView(String id, String owner, FiguresView figures) {}

  /** The items on a day. */
  public record DayView(String day, FiguresView figures) {}

  /** The days of an owner, the latest first. */
  public record DayList(List<DayView> items) {}

  /**
   * How many there are, and how many of them are complete, stale, related to nothing, alike, or
   * break an audit rule.
   */
  public record FiguresView(
      int items, int complete, int stale, int orphans, int duplicates, int breaches) {}
}
