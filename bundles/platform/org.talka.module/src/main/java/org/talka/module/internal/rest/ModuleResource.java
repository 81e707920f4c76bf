/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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
import org.talka.api.security.Callers;
import org.talka.api.security.StepUp;
import org.talka.module.CatalogueEntry;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleGuard;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.ModuleStatus;
import org.talka.module.Modules;

/** Modules: what there is, what an action would do, and doing it. */
@Component(service = ModuleResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("modules")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("module:read")
public class ModuleResource {
  private static final int MOST = 200;

  private final Modules modules;
  private final Callers callers;
  private final ModuleGuard guard;
  private final StepUp stepUp;

  @Activate
  public ModuleResource(
      @Reference Modules modules,
      @Reference Callers callers,
      @Reference ModuleGuard guard,
      @Reference StepUp stepUp) {
    this.modules = modules;
    this.guard = guard;
    this.stepUp = stepUp;
    this.callers = callers;
  }

  /**
   * @param safeMode whether the server runs without modules of third parties
   */
  public record ModuleList(List<ModuleStatus> items, boolean safeMode) {}

  public record CatalogueList(List<CatalogueEntry> items) {}

  public record OperationList(List<ModuleOperation> items, Optional<String> next) {}

  /**
   * What is wanted.
   *
   * @param action {@code install}, {@code update}, {@code disable}, {@code enable}, {@code
   *     uninstall}, {@code purge} or {@code rollback}
   * @param module its id
   * @param version the one that is wanted; the one on offer when absent
   */
  public record PlanRequest(String action, String module, String version) {}

  /**
   * Said on purpose.
   *
   * @param confirm the module's id or name, for a purge
   * @param consent to what the plan asks consent for
   */
  public record Confirmation(String confirm, boolean consent) {}

  /** The operation that was started. */
  public record Started(String operation) {}

  @GET
  @Operation(value = "List the modules that are or were installed", answers = ModuleList.class)
  public ModuleList list() {
    return new ModuleList(modules.list(locale()), guard.safeMode());
  }

  @GET
  @Path("{id}")
  @Operation(value = "Get a module", answers = ModuleStatus.class)
  public ModuleStatus module(@PathParam("id") String id) {
    return modules.module(id, locale());
  }

  @GET
  @Path("catalogue")
  @Operation(value = "List the modules that can be installed", answers = CatalogueList.class)
  public CatalogueList catalogue() {
    return new CatalogueList(modules.catalogue(locale()));
  }

  @POST
  @Path("plans")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission("module:admin")
  @Operation(
      value = "Plan an action on a module",
      takes = PlanRequest.class,
      answers = ModulePlan.class)
  public ModulePlan plan(PlanRequest request) {
    if (request == null || request.module() == null || request.module().isBlank()) {
      throw DomainException.invalid("module", "error.module.plan.module");
    }
    ModuleAction action = action(request.action());
    mayTouchRecords(action.name());
    return modules.plan(action, request.module(), Optional.ofNullable(request.version()), locale());
  }

  private static ModuleAction action(String name) {
    for (ModuleAction action : ModuleAction.values()) {
      if (action.isAskable() && action.name().toLowerCase(Locale.ROOT).equals(name)) {
        return action;
      }
    }
    throw DomainException.invalid(
        "action", "error.module.plan.action", "action", String.valueOf(name));
  }

  @POST
  @Path("plans")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RequiresPermission("module:admin")
  @Operation(
      value = "Check an archive (part file) and plan its installation",
      answers = ModulePlan.class)
  public ModulePlan upload(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) {
    stepUp.require();
    UploadedFile file = UploadedFile.read(contentType, body);
    return modules.planUpload(file.name(), new ByteArrayInputStream(file.content()), locale());
  }

  @POST
  @Path("plans")
  @Consumes({"application/java-archive", MediaType.APPLICATION_OCTET_STREAM})
  @RequiresPermission("module:admin")
  @Operation(
      value = "Check an archive (the body) and plan its installation",
      answers = ModulePlan.class)
  public ModulePlan uploadRaw(
      @QueryParam("name") @DefaultValue("module.jar") String name, InputStream body) {
    stepUp.require();
    return modules.planUpload(name, body, locale());
  }

  @GET
  @Path("plans/{id}")
  @RequiresPermission("module:admin")
  @Operation(value = "Get a plan", answers = ModulePlan.class)
  public ModulePlan plan(@PathParam("id") String id) {
    return modules.plan(id, locale());
  }

  /** Records are removed and brought back by those alone who may. */
  private void mayTouchRecords(String action) {
    boolean touches = action.equalsIgnoreCase("purge") || action.equalsIgnoreCase("import");
    if (touches && !callers.current().may("module:purge")) {
      throw DomainException.forbidden("error.module.records.forbidden");
    }
  }

  @POST
  @Path("plans/{id}/apply")
  @RequiresPermission("module:admin")
  @Operation(
      value =
          "Do what a plan says; a purge needs the module's name in confirm, and a plan that asks"
              + " for more than the module may now needs consent",
      takes = Confirmation.class,
      answers = Started.class,
      status = 202)
  public Response apply(@PathParam("id") String id, Confirmation confirmation) {
    String action = modules.plan(id, locale()).action();
    mayTouchRecords(action);
    if (action.equals("purge")) {
      stepUp.require();
    }
    String operation =
        modules.apply(
            id,
            Optional.ofNullable(confirmation).map(Confirmation::confirm),
            confirmation != null && confirmation.consent());
    return Response.accepted(new Started(operation))
        .header(HttpHeaders.LOCATION, URI.create("/api/v1/modules/operations/" + operation))
        .build();
  }

  @GET
  @Path("operations")
  @RequiresPermission("module:admin")
  @Operation(
      value = "List what was done, the latest first",
      answers = ModuleOperation.class,
      paged = true)
  public OperationList operations(
      @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("after") String after) {
    if (limit < 1 || limit > MOST) {
      throw DomainException.malformed("error.module.limit", "most", MOST);
    }
    Page<ModuleOperation> page = modules.operations(limit, Optional.ofNullable(after), locale());
    return new OperationList(page.items(), page.next());
  }

  @GET
  @Path("operations/{id}")
  @RequiresPermission("module:admin")
  @Operation(value = "Get an operation with its steps", answers = ModuleOperation.class)
  public ModuleOperation operation(@PathParam("id") String id) {
    return modules.operation(id, locale());
  }

  @DELETE
  @Path("operations/{id}")
  @RequiresPermission("module:admin")
  @Operation(
      value = "Cancel an operation that has not touched what runs",
      status = 202,
      answers = ModuleOperation.class)
  public Response cancel(@PathParam("id") String id) {
    modules.cancel(id);
    return Response.accepted(modules.operation(id, locale())).build();
  }

  private Locale locale() {
    return callers.current().locale();
  }
}
