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
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.view.SavedView;
import org.talka.ticket.internal.view.SavedViews;
import org.talka.ticket.internal.view.ViewValues;

/** Lists that people named and kept. */
@Component(service = ViewResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("views")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:note")
public class ViewResource {
  private final SavedViews views;
  private final People people;

  @Activate
  public ViewResource(@Reference SavedViews views, @Reference People people) {
    this.views = views;
    this.people = people;
  }

  @GET
  @Operation(value = "List saved views", answers = SavedViewView.class, paged = true)
  public PageAnswer<SavedViewView> list() {
    List<SavedView> mine = views.mine();
    Map<PersonId, Person> owners =
        people.persons(
            mine.stream().map(view -> view.sharing().owner()).collect(Collectors.toSet()));
    return PageAnswer.whole(mine.stream().map(view -> view(view, owners)).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(value = "Save a view", answers = SavedViewView.class, status = 201)
  public Response create(ViewValues values) {
    SavedView created = views.create(values);
    return Response.created(URI.create("/api/v1/views/" + created.id()))
        .tag(Entities.tag(created.version()))
        .entity(view(created))
        .build();
  }

  @GET
  @Path("{id}")
  @Operation(value = "Read a saved view", answers = SavedViewView.class)
  public Response read(@PathParam("id") String id) {
    return answer(views.get(number(id)));
  }

  @PATCH
  @Path("{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("ticket:update")
  @Operation(value = "Change a saved view", answers = SavedViewView.class)
  public Response change(
      @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, ViewValues values) {
    // first whether it exists for the caller, then whether it is the version that was seen
    long view = views.get(number(id)).id();
    return answer(views.change(view, Entities.version(ifMatch), values));
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission("ticket:update")
  @Operation(value = "Remove a saved view", status = 204)
  public Response remove(@PathParam("id") String id) {
    views.remove(number(id));
    return Response.noContent().build();
  }

  private Response answer(SavedView view) {
    return Response.ok(view(view)).tag(Entities.tag(view.version())).build();
  }

  private SavedViewView view(SavedView view) {
    return view(view, people.persons(List.of(view.sharing().owner())));
  }

  private SavedViewView view(SavedView view, Map<PersonId, Person> owners) {
    return new SavedViewView(
        Long.toString(view.id()),
        view.name(),
        view.query(),
        view.sort(),
        view.columns(),
        view.sharing().audience().word(),
        view.sharing()
            .team()
            .flatMap(people::team)
            .map(team -> new TeamView(team.id().value(), team.key(), team.name()))
            .orElse(null),
        owners.containsKey(view.sharing().owner())
            ? TicketViews.person(owners.get(view.sharing().owner()))
            : new PersonView(view.sharing().owner().value(), null, ""),
        view.version(),
        views.mayChange(view));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.ticket.view.unknown", "id", id);
    }
  }

  /**
   * A saved view.
   *
   * @param columns fields in the order in which they stand; empty for the columns of the box
   * @param audience {@code private}, {@code team} or {@code everybody}
   * @param team only when it is a team's
   * @param canChange whether the caller may change or remove it
   */
  public record SavedViewView(
      String id,
      String name,
      String q,
      String sort,
      List<String> columns,
      String audience,
      TeamView team,
      PersonView owner,
      long version,
      boolean canChange) {}
}
