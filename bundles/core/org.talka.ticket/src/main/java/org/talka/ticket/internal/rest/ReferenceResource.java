/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.gate.Gate;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.service.References;
import org.talka.ticket.internal.store.ReferenceStore.Kept;

/** What records of modules a ticket refers to; readable without the modules. */
@Component(service = ReferenceResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/references")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class ReferenceResource {
  private final References references;
  private final Gate gate;

  @Activate
  public ReferenceResource(@Reference References references, @Reference Gate gate) {
    this.references = references;
    this.gate = gate;
  }

  @GET
  @Operation(
      value = "List the records of modules that a ticket refers to",
      answers = ReferenceView.class,
      paged = true)
  public PageAnswer<ReferenceView> list(@PathParam("key") String key) {
    return PageAnswer.whole(references.of(key).stream().map(this::view).toList());
  }

  private ReferenceView view(Kept kept) {
    return new ReferenceView(
        kept.module(),
        kept.reference().record(),
        kept.reference().title(),
        kept.reference().address(),
        kept.reference().internal() ? "internal" : "public",
        kept.createdAt(),
        gate.admitted(kept.module()) ? Optional.empty() : Optional.of(kept.module()));
  }

  /**
   * A reference.
   *
   * @param record what its module calls it
   * @param address of its page below {@code /app/m/<module>/}
   * @param moduleMissing the module, when it is not there now: then only the title is left
   */
  public record ReferenceView(
      String module,
      String record,
      String title,
      String address,
      String visibility,
      Instant createdAt,
      Optional<String> moduleMissing) {}
}
