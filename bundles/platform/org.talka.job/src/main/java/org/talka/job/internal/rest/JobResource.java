/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.job.JobRun;
import org.talka.job.JobStatus;
import org.talka.job.Jobs;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.security.Seal;

/** What is done from time to time. */
@Component(service = JobResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("jobs")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("job:admin")
public class JobResource {
  private static final String CURSOR = "job-runs";

  private final Jobs jobs;
  private final Callers callers;
  private final Translator translator;
  private final Seal seal;

  @Activate
  public JobResource(
      @Reference Jobs jobs,
      @Reference Callers callers,
      @Reference Translator translator,
      @Reference Seal seal) {
    this.jobs = jobs;
    this.callers = callers;
    this.translator = translator;
    this.seal = seal;
  }

  /**
   * A job.
   *
   * @param name in the caller's language
   * @param module whose it is: {@code core} for the desk's own
   * @param schedule a duration between runs, five fields of a crontab in UTC, or {@code once}
   * @param present whether its module is here and works
   * @param next null while it is paused or away, and when it never runs again
   * @param runningSince null while it does not run
   * @param last the last run that has ended, null when there was none
   * @param failures how many runs have failed in a row
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record JobView(
      String id,
      String name,
      String module,
      String schedule,
      boolean present,
      boolean paused,
      Instant next,
      Instant runningSince,
      RunView last,
      int failures,
      long version) {}

  /**
   * A run.
   *
   * @param outcome running, succeeded, failed or lost (its server ended in the middle)
   * @param millis 0 while it goes on
   * @param said what was done, or why it failed
   * @param askedBy who wanted it now, null when its schedule did
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record RunView(
      String id,
      Instant started,
      Instant ended,
      String outcome,
      long millis,
      String said,
      String askedBy) {
    static RunView of(JobRun run) {
      return new RunView(
          run.id(),
          run.started(),
          run.ended().orElse(null),
          run.outcome().name().toLowerCase(Locale.ROOT),
          run.millis(),
          run.said().orElse(null),
          run.askedBy().orElse(null));
    }
  }

  /** What an administrator changes. */
  public record JobChanges(Boolean paused) {}

  @GET
  @Operation(value = "List jobs", answers = JobView.class, paged = true)
  public PageAnswer<JobView> list() {
    return PageAnswer.whole(jobs.all().stream().map(this::view).toList());
  }

  @GET
  @Path("{id}")
  @Operation(value = "Show a job", answers = JobView.class)
  public Response get(@PathParam("id") String id) {
    return answer(Response.ok(), jobs.job(id));
  }

  @PATCH
  @Path("{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(value = "Let a job rest, or go on", answers = JobView.class)
  public Response change(
      @PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, JobChanges changes) {
    long version = Entities.version(ifMatch);
    if (changes.paused() == null) {
      throw DomainException.invalid("paused", "error.job.paused");
    }
    return answer(Response.ok(), jobs.pause(id, changes.paused(), Optional.of(version)));
  }

  @GET
  @Path("{id}/runs")
  @Operation(value = "List runs of a job, the latest first", answers = RunView.class, paged = true)
  public PageAnswer<RunView> runs(
      @PathParam("id") String id,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int max = PageParameters.limit(limit);
    Optional<String> from =
        Optional.ofNullable(after).filter(a -> !a.isBlank()).map(a -> seal.open(CURSOR + id, a));
    List<JobRun> found = jobs.runs(id, from, max + 1);
    List<JobRun> shown = found.subList(0, Math.min(max, found.size()));
    String next =
        found.size() > max ? seal.seal(CURSOR + id, shown.get(shown.size() - 1).id()) : null;
    return new PageAnswer<>(shown.stream().map(RunView::of).toList(), next);
  }

  @POST
  @Path("{id}/runs")
  @Operation(value = "Run a job now, in the background", answers = JobView.class, status = 202)
  public Response run(@PathParam("id") String id) {
    return answer(Response.accepted(), jobs.runNow(id));
  }

  private Response answer(Response.ResponseBuilder builder, JobStatus job) {
    return builder.entity(view(job)).tag(Entities.tag(job.version())).build();
  }

  private JobView view(JobStatus job) {
    return new JobView(
        job.id(),
        name(job),
        job.module(),
        job.schedule(),
        job.present(),
        job.paused(),
        job.next().orElse(null),
        job.running().orElse(null),
        job.last().map(RunView::of).orElse(null),
        job.failures(),
        job.version());
  }

  /** A module takes its words along when it goes. */
  private String name(JobStatus job) {
    String key = "job." + job.id();
    String name = translator.translate(Text.of(key), callers.current().locale());
    return name.equals(key) ? job.key() : name;
  }
}
