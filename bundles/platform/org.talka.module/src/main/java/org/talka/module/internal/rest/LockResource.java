/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.api.security.StepUp;
import org.talka.module.ModuleLocks;

/** Lock files: exactly which modules an installation has, and making another the same. */
@Component(service = LockResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("modules/lock")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("module:admin")
public class LockResource {
  private static final int MOST_BYTES = (1 << 20) + 1;

  private final ModuleLocks locks;
  private final Callers callers;
  private final StepUp stepUp;

  @Activate
  public LockResource(
      @Reference ModuleLocks locks, @Reference Callers callers, @Reference StepUp stepUp) {
    this.locks = locks;
    this.callers = callers;
    this.stepUp = stepUp;
  }

  @GET
  @Operation("Export which modules this installation has, as a lock file")
  public Response export() {
    return Response.ok(locks.export())
        .header("Content-Disposition", "attachment; filename=\"talka-modules.lock.json\"")
        .build();
  }

  @POST
  @Path("comparison")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Compare a lock file with this installation; changes nothing",
      answers = ModuleLocks.Comparison.class)
  public ModuleLocks.Comparison compare(
      @QueryParam("disableExtra") @DefaultValue("false") boolean disableExtra, InputStream body) {
    return locks.compare(content(body), disableExtra, locale());
  }

  @POST
  @Path("application")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Make this installation what a lock file says, step by step",
      answers = ModuleLocks.Progress.class,
      status = 202)
  public Response apply(
      @QueryParam("disableExtra") @DefaultValue("false") boolean disableExtra, InputStream body) {
    stepUp.require();
    return Response.accepted(locks.apply(content(body), disableExtra, locale())).build();
  }

  @GET
  @Path("application")
  @Operation(value = "Tell how the last lock file gets on", answers = ModuleLocks.Progress.class)
  public ModuleLocks.Progress progress() {
    return locks.progress(locale()).orElseGet(() -> new ModuleLocks.Progress(false, List.of()));
  }

  private static byte[] content(InputStream body) {
    try {
      return body.readNBytes(MOST_BYTES);
    } catch (IOException broken) {
      throw DomainException.malformed("error.module.upload");
    }
  }

  private Locale locale() {
    return callers.current().locale();
  }
}
