/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.openapi;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.SignedIn;
import org.talka.rest.OpenApiContributor;
import org.talka.rest.internal.application.Applications;

/** The description of the API, the installed modules' part included. */
@Component(service = OpenApiResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("openapi.json")
public final class OpenApiResource {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Applications applications;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<OpenApiContributor> contributors;

  private volatile Written written =
      new Written(List.of(), OpenApiDocument.write(List.of(), List.of()));

  @Activate
  public OpenApiResource(@Reference Applications applications) {
    this.applications = applications;
  }

  @GET
  @SignedIn
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(value = "Show this description of the API", answers = Map.class)
  public Response document(@Context Request request) {
    applications.settle(PATIENCE); // a module that was just installed belongs in it
    OpenApiDocument document = current();
    EntityTag tag = new EntityTag(document.tag());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged == null ? Response.ok(document.json()) : unchanged)
        .tag(tag)
        .header("Cache-Control", "no-cache")
        .build();
  }

  private OpenApiDocument current() {
    List<OpenApiContributor> now = List.copyOf(contributors);
    List<Long> state =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(applications.generation()),
                now.stream()
                    .flatMap(
                        c ->
                            java.util.stream.Stream.of(
                                (long) System.identityHashCode(c), c.generation())))
            .toList();
    Written last = written;
    if (!last.state().equals(state)) {
      last = new Written(state, OpenApiDocument.write(applications.current(), now));
      written = last;
    }
    return last.document();
  }

  /** The last document, and of what it was written. */
  private record Written(List<Long> state, OpenApiDocument document) {}
}
