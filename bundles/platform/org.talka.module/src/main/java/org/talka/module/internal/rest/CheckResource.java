/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
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
import org.talka.module.ModuleChecks;

/** Whether modules get along with what is to come. */
@Component(service = CheckResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("modules/checks")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("module:admin")
public class CheckResource {
  private final ModuleChecks checks;
  private final Callers callers;

  @Activate
  public CheckResource(@Reference ModuleChecks checks, @Reference Callers callers) {
    this.checks = checks;
    this.callers = callers;
  }

  /**
   * @param updates ids of modules to be updated from the catalogue at the same time
   */
  public record CheckRequest(List<String> updates) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Check whether the installed modules would resolve after updates of some of them",
      takes = CheckRequest.class,
      answers = ModuleChecks.Report.class)
  public ModuleChecks.Report check(CheckRequest request) {
    return check(
        Optional.empty(),
        request == null || request.updates() == null ? List.of() : request.updates());
  }

  @POST
  @Consumes({"application/gzip", MediaType.APPLICATION_OCTET_STREAM})
  @Operation(
      value = "Check whether they would resolve with another version of Talka (its archive)",
      answers = ModuleChecks.Report.class)
  public ModuleChecks.Report check(
      @QueryParam("update") List<String> updates, InputStream distribution) {
    return check(Optional.of(distribution), updates == null ? List.of() : updates);
  }

  private ModuleChecks.Report check(Optional<InputStream> distribution, List<String> updates) {
    try {
      return checks.check(distribution, updates, callers.current().locale());
    } catch (IOException broken) {
      throw DomainException.invalid("file", "error.module.check.archive");
    }
  }
}
