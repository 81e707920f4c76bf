/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.TicketDesk;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.type.TypeRegistry;

/** The ways out of a ticket's state. */
@Component(service = TransitionResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/transitions")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class TransitionResource {
  private final TicketDesk desk;
  private final TicketReader reader;
  private final TypeRegistry registry;
  private final TicketViews views;
  private final Translator translator;

  @Activate
  public TransitionResource(
      @Reference TicketDesk desk,
      @Reference TicketReader reader,
      @Reference TypeRegistry registry,
      @Reference TicketViews views,
      @Reference Translator translator) {
    this.desk = desk;
    this.reader = reader;
    this.registry = registry;
    this.views = views;
    this.translator = translator;
  }

  @GET
  @Operation(
      value = "List the transitions allowed now",
      answers = TransitionView.class,
      paged = true)
  public PageAnswer<TransitionView> list(@PathParam("key") String key) {
    TicketImage ticket = reader.get(key);
    String workflow =
        registry.types().find(ticket.type()).map(type -> type.workflow().key()).orElse("");
    return PageAnswer.whole(
        desk.transitions(ticket).stream()
            .map(
                transition ->
                    new TransitionView(
                        transition.key(),
                        name(workflow, transition.key()),
                        transition.to(),
                        transition.requires(),
                        transition.comment()))
            .toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Take a transition", answers = TicketView.class)
  public Response take(
      @PathParam("key") String key, @HeaderParam("If-Match") String ifMatch, Passage passage) {
    reader.get(key);
    Optional<Long> version = Optional.ofNullable(ifMatch).map(Entities::version);
    if (passage.transition() == null || passage.transition().isBlank()) {
      throw DomainException.invalid("transition", "error.ticket.field.required");
    }
    TicketImage after =
        desk.transition(
            key,
            version,
            passage.transition(),
            passage.fields() == null ? Map.of() : passage.fields(),
            Optional.ofNullable(passage.comment()),
            NewComment.internal(passage.visibility()),
            true);
    return Response.ok(views.whole(after)).tag(Entities.tag(after.version())).build();
  }

  private String name(String workflow, String transition) {
    Locale locale = reader.caller().locale();
    return translator.translate(Text.of("transition." + workflow + "." + transition), locale);
  }

  /**
   * A transition to take.
   *
   * @param fields values that are set on the way, built-in and own
   * @param visibility of the comment: {@code public} when absent, or {@code internal}
   */
  public record Passage(
      String transition, Map<String, Object> fields, String comment, String visibility) {}

  /**
   * A transition that is allowed now.
   *
   * @param requires fields that must have a value afterwards
   * @param comment {@code none}, {@code optional} or {@code required}
   */
  public record TransitionView(
      String id, String name, String to, List<String> requires, String comment) {}
}
