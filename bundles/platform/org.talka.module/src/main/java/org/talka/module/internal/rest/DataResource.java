/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.talka.module.internal.data.Hold;
import org.talka.module.internal.data.Holds;
import org.talka.module.internal.data.ModuleRecords;

/** The records of modules that are gone: their exports, bringing them back, and legal holds. */
@Component(service = DataResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("modules")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("module:admin")
public class DataResource {
  private static final String ZIP = "application/zip";

  private final Modules modules;
  private final ModuleRecords records;
  private final Holds holds;
  private final Callers callers;
  private final StepUp stepUp;
  private final Audit audit;

  @Activate
  public DataResource(
      @Reference Modules modules,
      @Reference ModuleRecords records,
      @Reference Holds holds,
      @Reference Callers callers,
      @Reference StepUp stepUp,
      @Reference Audit audit) {
    this.modules = modules;
    this.records = records;
    this.holds = holds;
    this.callers = callers;
    this.stepUp = stepUp;
    this.audit = audit;
  }

  public record ExportList(List<ModuleRecords.Export> items) {}

  public record HoldList(List<Hold> items) {}

  /**
   * @param file the name of an export that is kept
   */
  public record ImportRequest(String file) {}

  /**
   * @param reason why the records must stay
   */
  public record HoldRequest(String reason) {}

  @GET
  @Path("exports")
  @Operation(value = "List the exports of purged modules", answers = ExportList.class)
  public ExportList exports() {
    return new ExportList(records.exports());
  }

  @GET
  @Path("exports/{file}")
  @Produces({ZIP, MediaType.APPLICATION_JSON})
  @RequiresPermission("module:purge")
  @Operation("Download an export")
  public Response export(@PathParam("file") String name) throws IOException {
    java.nio.file.Path file = records.file(name);
    audit.recordAlways("module.export.read", "export:" + name, Map.of());
    StreamingOutput copy = out -> Files.copy(file, out);
    return Response.ok(copy)
        .type(ZIP)
        .header(HttpHeaders.CONTENT_LENGTH, Files.size(file))
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  @POST
  @Path("imports")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("module:purge")
  @Operation(
      value = "Plan to bring back the records of an export that is kept",
      takes = ImportRequest.class,
      answers = ModulePlan.class)
  public ModulePlan bring(ImportRequest request) {
    stepUp.require();
    if (request == null || request.file() == null) {
      throw DomainException.invalid("file", "error.module.export.unknown");
    }
    records.file(request.file());
    return records.exports().stream()
        .filter(export -> export.file().equals(request.file()))
        .findFirst()
        .map(export -> modules.planImport(export.digest(), locale()))
        .orElseThrow(
            () ->
                DomainException.invalid(
                    "file", "error.module.export.invalid", "reason", request.file()));
  }

  @POST
  @Path("imports")
  @Consumes({ZIP, MediaType.APPLICATION_OCTET_STREAM})
  @RequiresPermission("module:purge")
  @Operation(
      value = "Plan to bring back the records of an export (the body)",
      answers = ModulePlan.class)
  public ModulePlan bring(InputStream body) {
    stepUp.require();
    String digest;
    try {
      digest = records.receive(body);
    } catch (IOException broken) {
      throw DomainException.malformed("error.module.upload");
    }
    return modules.planImport(digest, locale());
  }

  @GET
  @Path("holds")
  @Operation(value = "List legal holds", answers = HoldList.class)
  public HoldList holds() {
    return new HoldList(holds.all());
  }

  @PUT
  @Path("holds/{module}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("module:hold")
  @Operation(
      value = "Set a legal hold: the module's records can't be purged",
      takes = HoldRequest.class,
      answers = Hold.class)
  public Hold hold(@PathParam("module") String module, HoldRequest request) {
    // also says that there is no such module
    modules.module(module, locale());
    return holds.set(module, Optional.ofNullable(request).map(HoldRequest::reason).orElse(""));
  }

  @DELETE
  @Path("holds/{module}")
  @RequiresPermission("module:hold")
  @Operation(value = "Release a legal hold", status = 204)
  public void release(@PathParam("module") String module) {
    holds.release(module);
  }

  private Locale locale() {
    return callers.current().locale();
  }
}
