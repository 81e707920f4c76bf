/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.security.StepUp;
import org.talka.module.ModulePlan;
import org.talka.module.Modules;
import org.talka.module.internal.life.DropFolder;
import org.talka.module.internal.life.DroppedFiles;

/** What became of the files in the folder {@code deploy/}. */
@Component(service = DroppedResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("modules/dropped")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("module:admin")
public class DroppedResource {
  private final DropFolder folder;
  private final Modules modules;
  private final Callers callers;
  private final StepUp stepUp;
  private final Audit audit;

  @Activate
  public DroppedResource(
      @Reference DropFolder folder,
      @Reference Modules modules,
      @Reference Callers callers,
      @Reference StepUp stepUp,
      @Reference Audit audit) {
    this.folder = folder;
    this.modules = modules;
    this.callers = callers;
    this.stepUp = stepUp;
    this.audit = audit;
  }

  public record DroppedList(List<DroppedFiles.Dropped> items) {}

  @GET
  @Operation(
      value = "List what became of the files in the folder deploy, the latest first",
      answers = DroppedList.class)
  public DroppedList list() {
    return new DroppedList(folder.files().all());
  }

  @POST
  @Path("{file}/plan")
  @Operation(value = "Plan a file that was refused once more", answers = ModulePlan.class)
  public ModulePlan plan(@PathParam("file") String file) {
    stepUp.require();
    try (InputStream in = Files.newInputStream(folder.files().refused(file))) {
      return modules.planUpload(file, in, callers.current().locale());
    } catch (IOException gone) {
      throw DomainException.notFound("error.module.dropped");
    }
  }

  @DELETE
  @Path("{file}")
  @Operation(value = "Remove a file that was refused", status = 204)
  public void remove(@PathParam("file") String file) {
    folder.files().forget(file);
    audit.recordAlways("module.dropped.removed", "archive:" + file, Map.of());
  }
}
