/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.security.Seal;
import org.talka.security.internal.audit.AuditReader;

/** The audit. */
@Component(service = AuditResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("audit:read")
public class AuditResource {
  private final AuditReader audit;
  private final Seal seal;

  @Activate
  public AuditResource(@Reference AuditReader audit, @Reference Seal seal) {
    this.audit = audit;
    this.seal = seal;
  }

  /**
   * Whether the audit is whole.
   *
   * @param entries how many entries follow from each other
   * @param brokenAt the first that does not, null when all do
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Verification(boolean intact, long entries, Long brokenAt) {}

  @GET
  @Operation(
      value = "List what was done, the latest first",
      answers = AuditReader.Entry.class,
      paged = true)
  public Listing<AuditReader.Entry> list(
      @QueryParam("actor") String actor,
      @QueryParam("action") String action,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Paging paging = Paging.of("audit", seal, limit, after);
    return paging.page(
        audit.before(
            paging.after().map(Long::valueOf).orElse(Long.MAX_VALUE),
            Optional.ofNullable(actor),
            Optional.ofNullable(action),
            paging.fetch()),
        entry -> Long.toString(entry.sequence()),
        entry -> entry);
  }

  @GET
  @Path("verification")
  @Operation(
      value = "Check that no entry was changed, inserted or removed",
      answers = Verification.class)
  public Verification verify() {
    AuditReader.Verification found = audit.verify();
    return new Verification(found.intact(), found.entries(), found.brokenAt().orElse(null));
  }
}
