/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.module.ModuleBisect;

/** Looking for the module that makes the desk unwell. */
@Component(service = BisectResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("modules/bisect")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("module:admin")
public class BisectResource {
  private final ModuleBisect bisect;

  @Activate
  public BisectResource(@Reference ModuleBisect bisect) {
    this.bisect = bisect;
  }

  /**
   * @param action {@code start}, {@code better}, {@code same} or {@code stop}
   * @param all at the start: also modules that came with the desk
   */
  public record BisectRequest(String action, boolean all) {}

  @GET
  @Operation(
      value = "Tell how the search for a harmful module gets on",
      answers = ModuleBisect.Status.class)
  public ModuleBisect.Status status() {
    return bisect.status();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Begin, answer or end the search for a harmful module",
      takes = BisectRequest.class,
      answers = ModuleBisect.Status.class)
  public ModuleBisect.Status act(BisectRequest request) {
    String action = request == null ? "" : String.valueOf(request.action());
    return switch (action) {
      case "start" -> bisect.start(request.all());
      case "better" -> bisect.answer(true);
      case "same" -> bisect.answer(false);
      case "stop" -> bisect.stop();
      default ->
          throw DomainException.invalid("action", "error.module.plan.action", "action", action);
    };
  }
}
