/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.rest.Entities;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.Actions;
import org.talka.ticket.internal.service.TicketReader;

/** Declared actions on a ticket. */
@Component(service = ActionResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("tickets/{key}/actions")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class ActionResource {
  private final Actions actions;
  private final TicketReader reader;
  private final TicketViews views;
  private final Translator translator;

  @Activate
  public ActionResource(
      @Reference Actions actions,
      @Reference TicketReader reader,
      @Reference TicketViews views,
      @Reference Translator translator) {
    this.actions = actions;
    this.reader = reader;
    this.views = views;
    this.translator = translator;
  }

  @GET
  @Operation(value = "List the actions offered now", answers = ActionView.class, paged = true)
  public PageAnswer<ActionView> list(@PathParam("key") String key) {
    Locale locale = reader.caller().locale();
    return PageAnswer.whole(
        actions.of(reader.get(key)).stream()
            .map(
                action ->
                    new ActionView(
                        action.key(),
                        translator.translate(Text.of("action." + action.key()), locale),
                        action.fields(),
                        action.comment()))
            .toList());
  }

  @POST
  @Path("{action}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Perform an action", answers = TicketView.class)
  public Response perform(
      @PathParam("key") String key, @PathParam("action") String action, Call call) {
    TicketImage after =
        actions.perform(
            key,
            action,
            call.values() == null ? Map.of() : call.values(),
            Optional.ofNullable(call.comment()));
    return Response.ok(views.whole(after)).tag(Entities.tag(after.version())).build();
  }

  /**
   * An action to perform.
   *
   * @param values what was filled in, by field
   */
  public record Call(Map<String, Object> values, String comment) {}

  /**
   * An action that is offered now.
   *
   * @param fields what is asked before
   * @param comment {@code none}, {@code optional} or {@code required}
   */
  public record ActionView(String key, String name, List<String> fields, String comment) {}
}
