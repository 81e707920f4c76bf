/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.task.AssignedTask;
import org.talka.ticket.internal.task.Tasks;
import org.talka.ticket.internal.type.TypeRegistry;

/** The tasks that somebody has, over all tickets. */
@Component(service = MyTaskResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tasks")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:note")
public class MyTaskResource {
  private static final int MOST = 99;

  private final Tasks tasks;
  private final TicketViews views;
  private final TypeRegistry registry;

  @Activate
  public MyTaskResource(
      @Reference Tasks tasks, @Reference TicketViews views, @Reference TypeRegistry registry) {
    this.tasks = tasks;
    this.views = views;
    this.registry = registry;
  }

  @GET
  @Operation(value = "List my tasks", answers = MyTaskView.class, paged = true)
  public PageAnswer<MyTaskView> list(
      @QueryParam("state") String state,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    boolean done = "done".equals(state);
    if (state != null && !state.isBlank() && !done && !state.equals("open")) {
      throw DomainException.malformed("error.ticket.task.state");
    }
    Page<AssignedTask> page =
        tasks.mine(
            done,
            PageParameters.limit(limit),
            Optional.ofNullable(after).filter(text -> !text.isBlank()));
    List<PersonId> people =
        page.items().stream().flatMap(item -> item.task().assignee().stream()).distinct().toList();
    Map<PersonId, Person> names = views.names(people);
    return PageAnswer.of(page, item -> view(item, names));
  }

  @GET
  @Path("count")
  @Operation(value = "Count my open tasks up to 99", answers = TaskCountView.class)
  public TaskCountView count() {
    int open = tasks.open(MOST + 1);
    return new TaskCountView(Math.min(open, MOST), open > MOST);
  }

  private MyTaskView view(AssignedTask item, Map<PersonId, Person> names) {
    TicketImage ticket = item.ticket();
    return new MyTaskView(
        TaskView.of(item.task(), views, names),
        ticket.key(),
        ticket.subject(),
        ticket.type(),
        ticket.state(),
        Words.of(ticket.category()),
        registry
            .types()
            .find(ticket.type())
            .map(type -> type.workflow().key())
            .orElse(ticket.type()),
        ticket.moduleMissing());
  }

  /** A task and what it is for. */
  public record MyTaskView(
      TaskView task,
      String key,
      String subject,
      String type,
      String state,
      String stateCategory,
      String workflow,
      Optional<String> moduleMissing) {}

  /**
   * How many there are.
   *
   * @param count at most 99
   */
  public record TaskCountView(int count, boolean more) {}
}
