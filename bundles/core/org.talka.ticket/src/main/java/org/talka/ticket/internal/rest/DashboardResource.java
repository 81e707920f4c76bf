/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.api.ui.DashboardDefinition;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.dashboard.Contributed;
import org.talka.ticket.internal.dashboard.Dashboard;
import org.talka.ticket.internal.dashboard.DashboardValues;
import org.talka.ticket.internal.dashboard.Dashboards;
import org.talka.ticket.internal.dashboard.Place;
import org.talka.ticket.internal.dashboard.Widget;
import org.talka.ticket.internal.dashboard.WidgetValues;

/** Dashboards: those to begin with by their keys, those that people keep by their numbers. */
@Component(service = DashboardResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("dashboards")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:note")
public class DashboardResource {
  private final Dashboards dashboards;
  private final People people;
  private final Translator translator;
  private final Callers callers;

  @Activate
  public DashboardResource(
      @Reference Dashboards dashboards,
      @Reference People people,
      @Reference Translator translator,
      @Reference Callers callers) {
    this.dashboards = dashboards;
    this.people = people;
    this.translator = translator;
    this.callers = callers;
  }

  @GET
  @Operation(
      value = "List dashboards, without their widgets",
      answers = DashboardView.class,
      paged = true)
  public PageAnswer<DashboardView> list() {
    List<Dashboard> mine = dashboards.mine();
    Map<PersonId, Person> owners =
        people.persons(
            mine.stream()
                .map(dashboard -> dashboard.sharing().owner())
                .collect(Collectors.toSet()));
    List<DashboardView> views = new ArrayList<>();
    dashboards.declared().forEach(each -> views.add(view(each, false)));
    mine.forEach(each -> views.add(view(each, owners, false)));
    return PageAnswer.whole(views);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(value = "Keep a dashboard", answers = DashboardView.class, status = 201)
  public Response create(DashboardValues values) {
    Dashboard created = dashboards.create(values);
    return Response.created(URI.create("/api/v1/dashboards/" + created.id()))
        .tag(Entities.tag(created.version()))
        .entity(view(created))
        .build();
  }

  @GET
  @Path("{id}")
  @Operation(value = "Read a dashboard", answers = DashboardView.class)
  public Response read(@PathParam("id") String id) {
    Optional<DashboardDefinition> declared = dashboards.declared(id);
    return declared.isPresent()
        ? Response.ok(view(declared.get(), true)).build()
        : answer(dashboards.get(number(id)));
  }

  @PATCH
  @Path("{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("ticket:update")
  @Operation(value = "Change a dashboard", answers = DashboardView.class)
  public Response change(
      @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, DashboardValues values) {
    // first whether it exists for the caller, then whether it is the version that was seen
    long dashboard = dashboards.get(kept(id)).id();
    return answer(dashboards.change(dashboard, Entities.version(ifMatch), values));
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission("ticket:update")
  @Operation(value = "Remove a dashboard", status = 204)
  public Response remove(@PathParam("id") String id) {
    dashboards.remove(kept(id));
    return Response.noContent().build();
  }

  private Response answer(Dashboard dashboard) {
    return Response.ok(view(dashboard)).tag(Entities.tag(dashboard.version())).build();
  }

  private DashboardView view(Dashboard dashboard) {
    return view(dashboard, people.persons(List.of(dashboard.sharing().owner())), true);
  }

  private DashboardView view(
      Dashboard dashboard, Map<PersonId, Person> owners, boolean withWidgets) {
    PersonId owner = dashboard.sharing().owner();
    return new DashboardView(
        Long.toString(dashboard.id()),
        dashboard.name(),
        false,
        dashboard.refreshSeconds(),
        withWidgets ? dashboard.widgets().stream().map(WidgetValues::of).toList() : null,
        dashboard.sharing().audience().word(),
        dashboard
            .sharing()
            .team()
            .flatMap(people::team)
            .map(team -> new TeamView(team.id().value(), team.key(), team.name()))
            .orElse(null),
        owners.containsKey(owner)
            ? TicketViews.person(owners.get(owner))
            : new PersonView(owner.value(), null, ""),
        dashboard.version(),
        dashboards.mayChange(dashboard));
  }

  private DashboardView view(DashboardDefinition declared, boolean withWidgets) {
    List<WidgetValues> widgets = new ArrayList<>();
    for (DashboardDefinition.Placed placed : declared.widgets()) {
      widgets.add(
          WidgetValues.of(
              new Widget(
                  "w" + (widgets.size() + 1),
                  "",
                  new Place(placed.column(), placed.row(), placed.width(), placed.height()),
                  new Contributed(placed.widget(), ""))));
    }
    return new DashboardView(
        declared.key(),
        translator.translate(Text.of("dashboard." + declared.key()), callers.current().locale()),
        true,
        declared.refreshSeconds(),
        withWidgets ? widgets : null,
        "everybody",
        null,
        null,
        0,
        false);
  }

  private long kept(String id) {
    if (dashboards.declared(id).isPresent()) {
      throw DomainException.conflict("error.ticket.dashboard.declared");
    }
    return number(id);
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.ticket.dashboard.unknown", "id", id);
    }
  }

  /**
   * A dashboard.
   *
   * @param declared whether it is one to begin with, which nobody changes
   * @param widgets absent in lists
   * @param audience {@code private}, {@code team} or {@code everybody}
   * @param team only when it is a team's
   * @param canChange whether the caller may change or remove it
   */
  public record DashboardView(
      String id,
      String name,
      boolean declared,
      int refreshSeconds,
      List<WidgetValues> widgets,
      String audience,
      TeamView team,
      PersonView owner,
      long version,
      boolean canChange) {}
}
