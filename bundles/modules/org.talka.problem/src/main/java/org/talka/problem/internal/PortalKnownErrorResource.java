/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.SignedIn;
import org.talka.api.text.MarkdownRenderer;
import org.talka.api.ticket.Ticket;

/** What helps against a known error, for everybody who has signed in. */
@Component(service = PortalKnownErrorResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=problem)")
@Path("portal/known-errors")
@Produces(MediaType.APPLICATION_JSON)
public class PortalKnownErrorResource {
  private final PublicKnownErrors known;
  private final MarkdownRenderer markdown;

  @Activate
  public PortalKnownErrorResource(
      @Reference PublicKnownErrors known, @Reference MarkdownRenderer markdown) {
    this.known = known;
    this.markdown = markdown;
  }

  @GET
  @Path("{key}")
  @SignedIn
  @Operation(
      value = "Show a known error that is marked for the portal",
      answers = PortalKnownError.class)
  public PortalKnownError read(@PathParam("key") String key) {
    Ticket problem =
        known
            .find(key.length() > 40 ? key.substring(0, 40) : key)
            .orElseThrow(() -> DomainException.notFound("error.problem.not-public"));
    return new PortalKnownError(
        problem.key(),
        problem.subject(),
        markdown.html(Workarounds.workaroundOf(problem)),
        problem.updatedAt());
  }

  /** A known error as the portal shows it. */
  public record PortalKnownError(
      String key, String subject, String workaroundHtml, Instant updatedAt) {}
}
