/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
  private static final int MAX_EXPORT = 10_000;
  private static final int CHUNK = 500;

  private final AuditReader audit;
  private final Audit trail;
  private final Callers callers;
  private final Seal seal;

  @Activate
  public AuditResource(
      @Reference AuditReader audit,
      @Reference Audit trail,
      @Reference Callers callers,
      @Reference Seal seal) {
    this.audit = audit;
    this.trail = trail;
    this.callers = callers;
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
      @QueryParam("object") String object,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Paging paging = Paging.of("audit", seal, limit, after);
    return paging.page(
        audit.before(
            paging.after().map(Long::valueOf).orElse(Long.MAX_VALUE),
            wanted(actor, action, object, from, to),
            paging.fetch()),
        entry -> Long.toString(entry.sequence()),
        entry -> entry);
  }

  @GET
  @Path("export")
  @Produces("text/csv")
  @Operation("Export what was done as CSV, the latest first, at most 10 000 entries")
  public Response export(
      @QueryParam("actor") String actor,
      @QueryParam("action") String action,
      @QueryParam("object") String object,
      @QueryParam("from") String from,
      @QueryParam("to") String to) {
    AuditReader.Wanted wanted = wanted(actor, action, object, from, to);
    trail.recordAlways("audit.exported", "audit", Map.of());
    StreamingOutput csv =
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          AuditCsv.head(writer);
          long before = Long.MAX_VALUE;
          for (int written = 0; written < MAX_EXPORT; written += CHUNK) {
            List<AuditReader.Entry> entries = audit.before(before, wanted, CHUNK);
            for (AuditReader.Entry entry : entries) {
              AuditCsv.line(writer, entry);
              before = entry.sequence();
            }
            if (entries.size() < CHUNK) {
              break;
            }
          }
          writer.flush();
        };
    return Response.ok(csv, "text/csv; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"audit.csv\"")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .build();
  }

  private AuditReader.Wanted wanted(
      String actor, String action, String object, String from, String to) {
    return new AuditReader.Wanted(
        text(actor), text(action), text(object), moment("from", from, 0), moment("to", to, 1));
  }

  private static Optional<String> text(String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** An instant, or a day as the caller's clock has it: {@code days} later it begins. */
  private Optional<Instant> moment(String field, String value, int days) {
    return text(value)
        .map(
            text -> {
              try {
                return text.indexOf('T') > 0
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                        .plusDays(days)
                        .atStartOfDay(callers.current().zone())
                        .toInstant();
              } catch (DateTimeException malformed) {
                throw DomainException.invalid(field, "error.audit.moment");
              }
            });
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
