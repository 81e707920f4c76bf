/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.gate.ExtensionReport;
import org.talka.module.ModuleGuard;
import org.talka.module.Modules;
import org.talka.module.internal.guard.PageFaults;

/** How a module's extensions do, and letting a module in again that was taken out. */
@Component(service = GuardResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
// the same path as the other resources of modules: a longer one would take theirs away
@Path("modules")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("module:admin")
public class GuardResource {
  private final ModuleGuard guard;
  private final Modules modules;
  private final Callers callers;
  private final PageFaults pages;

  @Activate
  public GuardResource(
      @Reference ModuleGuard guard,
      @Reference Modules modules,
      @Reference Callers callers,
      @Reference PageFaults pages) {
    this.guard = guard;
    this.modules = modules;
    this.callers = callers;
    this.pages = pages;
  }

  /**
   * @param pages what of the module failed in people's browsers, the latest first
   */
  public record ExtensionList(List<ExtensionFigures> items, List<PageFailures> pages) {}

  /**
   * A part of the web UI that failed.
   *
   * @param people in how many people's browsers
   * @param message of the last time, as the browser said it
   * @param flagged whether it failed three times within ten minutes
   */
  public record PageFailures(
      String point,
      String key,
      int failures,
      int people,
      String message,
      Instant lastAt,
      boolean flagged) {
    static PageFailures of(PageFaults.Fault fault) {
      return new PageFailures(
          fault.part().point(),
          fault.part().key(),
          fault.failures(),
          fault.people(),
          fault.message(),
          fault.lastAt(),
          fault.flagged());
    }
  }

  /**
   * @param point the extension point; {@code REST} for the module's own paths
   * @param overruns calls that took longer than they may
   * @param running calls inside now
   * @param stuck those of them that should have come back long ago
   * @param p95Millis 95 of 100 recent calls took no longer
   * @param circuit {@code closed} (it is called), {@code open} (it is not called for a while) or
   *     {@code halfOpen} (it is tried)
   * @param openings how often it was given up for a while
   */
  public record ExtensionFigures(
      String point,
      String name,
      boolean admitted,
      long calls,
      long errors,
      long overruns,
      int running,
      int stuck,
      double p95Millis,
      String circuit,
      int openings) {
    static ExtensionFigures of(ExtensionReport report) {
      return new ExtensionFigures(
          report.point(),
          report.name(),
          report.admitted(),
          report.calls(),
          report.errors(),
          report.overruns(),
          report.inFlight(),
          report.stuck(),
          report.p95Micros() / 1_000.0,
          switch (report.circuit()) {
            case CLOSED -> "closed";
            case OPEN -> "open";
            case HALF_OPEN -> "halfOpen";
          },
          report.openings());
    }
  }

  @GET
  @Path("{id}/extensions")
  @Operation(
      value = "Get what was seen of a module's extensions and pages since it started",
      answers = ExtensionList.class)
  public ExtensionList extensions(@PathParam("id") String id) {
    // also says that there is no such module
    modules.module(id, locale());
    return new ExtensionList(
        guard.extensions(id).stream().map(ExtensionFigures::of).toList(),
        pages.of(id).stream().map(PageFailures::of).toList());
  }

  @POST
  @Path("{id}/retry")
  @Operation(value = "Let a module in quarantine in again", status = 202)
  public Response retry(@PathParam("id") String id) {
    modules.module(id, locale());
    guard.retry(id);
    return Response.accepted().build();
  }

  private Locale locale() {
    return callers.current().locale();
  }
}
