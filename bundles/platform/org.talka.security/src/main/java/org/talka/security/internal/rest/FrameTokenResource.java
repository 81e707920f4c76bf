/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.SignedIn;
import org.talka.api.security.Callers;
import org.talka.security.internal.origin.OriginFilter;
import org.talka.security.internal.session.FrameTokens;
import org.talka.security.internal.text.FieldChecks;

/** What a page that shows a module's frame asks the API with on its behalf. */
@Component(service = FrameTokenResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("session/frame-tokens")
@Produces(MediaType.APPLICATION_JSON)
@SignedIn
public class FrameTokenResource {
  private final FrameTokens tokens;
  private final Callers callers;

  @Activate
  public FrameTokenResource(@Reference FrameTokens tokens, @Reference Callers callers) {
    this.tokens = tokens;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Get a token for a module's frame, limited to its scopes, for some minutes",
      takes = FrameTokens.Frame.class,
      answers = FrameTokens.Issued.class)
  public FrameTokens.Issued issue(FrameTokens.Frame frame, @Context HttpServletRequest request) {
    String session =
        OriginFilter.session(request)
            .orElseThrow(() -> DomainException.forbidden("error.session.needed"));
    FieldChecks checks = new FieldChecks();
    checks.require(frame != null && frame.module() != null, "module", "error.field.missing");
    checks.require(frame != null && frame.point() != null, "point", "error.field.missing");
    checks.require(frame != null && frame.key() != null, "key", "error.field.missing");
    checks.done();
    return tokens.issue(callers.current(), session, frame);
  }
}
