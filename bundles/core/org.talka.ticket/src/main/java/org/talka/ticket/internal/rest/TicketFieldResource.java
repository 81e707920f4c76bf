/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.ticket.FieldDefinition;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * The own fields of all types at once: what columns and conditions are chosen from. The description
 * of every type would say the same in as many answers.
 */
@Component(service = TicketFieldResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("ticket-fields")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class TicketFieldResource {
  private final TypeRegistry registry;
  private final TicketReader reader;

  @Activate
  public TicketFieldResource(@Reference TypeRegistry registry, @Reference TicketReader reader) {
    this.registry = registry;
    this.reader = reader;
  }

  @GET
  @Operation(
      value = "List the own fields of all ticket types",
      answers = FieldDefinition.class,
      paged = true)
  public PageAnswer<FieldDefinition> list() {
    boolean internal = reader.internal();
    Map<String, FieldDefinition> fields = new LinkedHashMap<>();
    registry
        .types()
        .offered()
        .forEach(
            type ->
                type.fields().values().stream()
                    .filter(field -> internal || field.audience().equals("all"))
                    .filter(field -> !type.retiredFields().contains(field.key()))
                    .forEach(field -> fields.putIfAbsent(field.key(), field)));
    return PageAnswer.whole(fields.values().stream().toList());
  }
}
