/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
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
import org.talka.knowledge.internal.archive.ArchiveExport;
import org.talka.knowledge.internal.archive.ArchiveImport;
import org.talka.knowledge.internal.archive.Report;
import org.talka.knowledge.internal.rule.Reader;

/** All articles with their versions and files as one file, out of the desk and into another. */
@Component(service = ArchiveResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("archive")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Reader.MANAGE)
public class ArchiveResource {
  private static final String ZIP = "application/zip";

  private final ArchiveExport export;
  private final ArchiveImport archiveImport;
  private final Audit audit;

  @Activate
  public ArchiveResource(
      @Reference ArchiveExport export,
      @Reference ArchiveImport archiveImport,
      @Reference Audit audit) {
    this.export = export;
    this.archiveImport = archiveImport;
    this.audit = audit;
  }

  @GET
  @Produces({ZIP, MediaType.APPLICATION_JSON})
  @Operation("Export all articles with their versions and files as a ZIP")
  public Response export() {
    audit.recordAlways("knowledge.exported", "module:knowledge", Map.of());
    StreamingOutput zip = export::write;
    return Response.ok(zip)
        .type(ZIP)
        .header("Content-Disposition", "attachment; filename=\"articles.zip\"")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .build();
  }

  @POST
  @Consumes({ZIP, MediaType.APPLICATION_OCTET_STREAM})
  @Operation(
      value =
          "Bring such a ZIP (the body) in; the same one again changes nothing. With dryRun=true only"
              + " say what would happen",
      answers = Report.class)
  public Report bring(
      @QueryParam("dryRun") @DefaultValue("false") String dryRun, InputStream body) {
    if (!dryRun.equals("true") && !dryRun.equals("false")) {
      throw DomainException.malformed("error.knowledge.field.flag");
    }
    return archiveImport.bring(body, dryRun.equals("true"));
  }
}
