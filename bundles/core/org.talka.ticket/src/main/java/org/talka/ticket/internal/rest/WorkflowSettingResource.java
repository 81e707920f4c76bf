/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.design.PublishedWorkflow;
import org.talka.ticket.internal.design.WorkflowDesign;
import org.talka.ticket.internal.tailor.Office;
import org.talka.ticket.internal.tailor.Workbench;
import org.talka.ticket.internal.tailor.Workflows;

/** Workflows: a draft to draw on, versions that took effect, and the way back. */
@Component(service = WorkflowSettingResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("workflow-settings/{key}")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Office.PERMISSION)
public class WorkflowSettingResource {
  private final Workflows workflows;
  private final SettingViews views;

  @Activate
  public WorkflowSettingResource(@Reference Workflows workflows, @Reference SettingViews views) {
    this.workflows = workflows;
    this.views = views;
  }

  @GET
  @Operation(value = "Read a workflow and its draft", answers = WorkflowView.class)
  public Response read(@PathParam("key") String key) {
    return answer(key);
  }

  @PUT
  @Path("draft")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Keep a draft and hear what is wrong with it", answers = WorkflowView.class)
  public Response draw(
      @PathParam("key") String key,
      @HeaderParam("If-Match") String ifMatch,
      WorkflowDesign design) {
    workflows.get(key);
    workflows.draw(key, Entities.version(ifMatch), design);
    return answer(key);
  }

  @DELETE
  @Path("draft")
  @Operation(value = "Throw the draft away", answers = WorkflowView.class)
  public Response discard(@PathParam("key") String key, @HeaderParam("If-Match") String ifMatch) {
    Workbench seen = workflows.get(key);
    workflows.discard(key, ifMatch == null ? seen.version() : Entities.version(ifMatch));
    return answer(key);
  }

  @GET
  @Path("versions")
  @Operation(
      value = "List the versions that took effect",
      answers = VersionView.class,
      paged = true)
  public PageAnswer<VersionView> versions(@PathParam("key") String key) {
    return PageAnswer.whole(
        workflows.versions(key).stream().map(WorkflowSettingResource::version).toList());
  }

  @POST
  @Path("versions")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Let the draft take effect", answers = WorkflowView.class)
  public Response publish(
      @PathParam("key") String key, @HeaderParam("If-Match") String ifMatch, Publication said) {
    workflows.get(key);
    workflows.publish(key, Entities.version(ifMatch), said.replacements(), said.note());
    return answer(key);
  }

  @POST
  @Path("take-back")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Take the version in effect back", answers = WorkflowView.class)
  public Response takeBack(
      @PathParam("key") String key, @HeaderParam("If-Match") String ifMatch, Publication said) {
    workflows.get(key);
    workflows.takeBack(key, Entities.version(ifMatch), said.replacements());
    return answer(key);
  }

  private Response answer(String key) {
    Workbench it = workflows.get(key);
    WorkflowView view =
        new WorkflowView(
            it.key(),
            it.types(),
            it.module(),
            it.number(),
            it.current(),
            it.draft().map(Workbench.DraftOf::design),
            it.draft().map(Workbench.DraftOf::by),
            it.draft().map(Workbench.DraftOf::at),
            it.errors().stream()
                .map(error -> new Fault(error.field(), views.words(error.message())))
                .toList(),
            leaving(it.leaving()),
            it.back().map(back -> new Back(back.states(), leaving(back.leaving()))),
            it.troubles().stream().map(views::words).toList(),
            it.moving(),
            it.version());
    return Response.ok(view).tag(Entities.tag(it.version())).build();
  }

  private static List<Leaving> leaving(List<Workbench.Leaving> states) {
    return states.stream().map(state -> new Leaving(state.state(), state.used())).toList();
  }

  private static VersionView version(PublishedWorkflow version) {
    return new VersionView(
        version.number(),
        version.at(),
        version.by(),
        version.note(),
        version.design().states().size(),
        version.design().transitions().size(),
        version.takenBack().map(PublishedWorkflow.TakenBack::at),
        version.takenBack().map(PublishedWorkflow.TakenBack::by));
  }

  /**
   * What is said when a version takes effect or is taken back.
   *
   * @param replacements state that goes to state that its tickets come to
   * @param note what it is about
   */
  public record Publication(Map<String, String> replacements, String note) {}

  /** What is wrong with a draft, and where: {@code states.<key>}, {@code transitions.<key>}. */
  public record Fault(String field, String message) {}

  /** The states of the version before, and those that it does not have. */
  public record Back(List<String> states, List<Leaving> leaving) {}

  /** A state that the draft does not have any more, and whether tickets are in it. */
  public record Leaving(String state, boolean used) {}

  /**
   * A workflow.
   *
   * @param types the ticket types that go through it
   * @param number of the version in effect; 0 for what is declared
   * @param current in effect now
   * @param errors why the draft can't be published
   * @param back what it means to take the version in effect back; absent when it can't be
   * @param troubles what no longer fits, in the caller's language
   * @param moving whether tickets are on their way out of states that are gone
   */
  public record WorkflowView(
      String key,
      List<String> types,
      String module,
      int number,
      WorkflowDesign current,
      Optional<WorkflowDesign> draft,
      Optional<String> draftBy,
      Optional<Instant> draftAt,
      List<Fault> errors,
      List<Leaving> leaving,
      Optional<Back> back,
      List<String> troubles,
      boolean moving,
      long version) {}

  /** A version that took effect. */
  public record VersionView(
      int number,
      Instant publishedAt,
      String publishedBy,
      String note,
      int states,
      int transitions,
      Optional<Instant> takenBackAt,
      Optional<String> takenBackBy) {}
}
