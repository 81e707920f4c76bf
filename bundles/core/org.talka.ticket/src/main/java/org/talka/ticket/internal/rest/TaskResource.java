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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.model.Task;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.task.Tasks;

/** What is to be done for a ticket. */
@Component(service = TaskResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:note")
public class TaskResource {
  private final Tasks tasks;
  private final TicketReader reader;
  private final TicketViews views;

  @Activate
  public TaskResource(
      @Reference Tasks tasks, @Reference TicketReader reader, @Reference TicketViews views) {
    this.tasks = tasks;
    this.reader = reader;
    this.views = views;
  }

  @GET
  @Operation(value = "List tasks in their order", answers = TaskView.class, paged = true)
  public PageAnswer<TaskView> list(@PathParam("key") String key) {
    List<Task> found = tasks.of(reader.get(key));
    Map<PersonId, Person> names =
        views.names(found.stream().flatMap(task -> task.assignee().stream()).toList());
    return PageAnswer.whole(found.stream().map(task -> TaskView.of(task, views, names)).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("ticket:update")
  @Operation(
      value = "Add a task",
      takes = TaskChanges.class,
      answers = TaskView.class,
      status = 201)
  public Response add(@PathParam("key") String key, Map<String, Object> values) {
    reader.get(key);
    Task added = tasks.add(key, values);
    return Response.created(URI.create("/api/v1/tickets/" + key + "/tasks/" + added.id()))
        .tag(Entities.tag(added.version()))
        .entity(view(added))
        .build();
  }

  @GET
  @Path("{id}")
  @Operation(value = "Read a task", answers = TaskView.class)
  public Response read(@PathParam("key") String key, @PathParam("id") String id) {
    return answer(tasks.get(reader.get(key), number(id)));
  }

  @PATCH
  @Path("{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @RequiresPermission("ticket:update")
  @Operation(
      value = "Change a task, tick it off, or move it",
      takes = TaskChanges.class,
      answers = TaskView.class)
  public Response change(
      @PathParam("key") String key,
      @PathParam("id") String id,
      @HeaderParam("If-Match") String ifMatch,
      Map<String, Object> changes) {
    // first whether it exists for the caller, then whether it is the version that was seen
    Task seen = tasks.get(reader.get(key), number(id));
    return answer(tasks.change(key, seen.id(), Entities.version(ifMatch), changes));
  }

  @DELETE
  @Path("{id}")
  @RequiresPermission("ticket:update")
  @Operation(value = "Remove a task", status = 204)
  public Response remove(@PathParam("key") String key, @PathParam("id") String id) {
    reader.get(key);
    tasks.remove(key, number(id));
    return Response.noContent().build();
  }

  private Response answer(Task task) {
    return Response.ok(view(task)).tag(Entities.tag(task.version())).build();
  }

  private TaskView view(Task task) {
    return TaskView.of(task, views, views.names(task.assignee().stream().toList()));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw DomainException.notFound("error.ticket.task.unknown", "id", id);
    }
  }

  /**
   * A new task, or what shall be different: what is absent stays, null empties.
   *
   * @param assignee a user name
   * @param due a day, {@code 2026-03-31}
   * @param position where it shall stand among the ticket's tasks, from 0
   */
  public record TaskChanges(
      String title, String assignee, String due, Boolean done, Integer position) {}
}
