/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.List;
import java.util.Map;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.LinkTypeDefinition;
import org.talka.api.ticket.TicketActionDefinition;
import org.talka.api.ticket.TicketTypeDefinition;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.api.ui.DashboardDefinition;
import org.talka.api.ui.UiContributionDefinition;
import org.talka.api.ui.WidgetDefinition;

/**
 * What a bundle declares in {@code TALKA-INF/module.json}: readable without running its code.
 *
 * @param id the module's id, or {@code core} for bundles of the desk itself
 * @param module whether it is a module that can be removed, not a part of the desk
 * @param wants the abilities it asks for: {@code database}, {@code http}, {@code mail}, {@code
 *     jobs}
 */
public record ModuleDescriptor(
    String id,
    String version,
    boolean module,
    List<String> wants,
    List<PermissionDefinition> permissions,
    List<TicketTypeDefinition> ticketTypes,
    List<FieldDefinition> fields,
    List<WorkflowDefinition> workflows,
    List<LinkTypeDefinition> linkTypes,
    List<TicketActionDefinition> actions,
    List<UiContributionDefinition> ui,
    List<WidgetDefinition> widgets,
    List<DashboardDefinition> dashboards) {
  public ModuleDescriptor {
    wants = wants == null ? List.of() : List.copyOf(wants);
    permissions = permissions == null ? List.of() : List.copyOf(permissions);
    ticketTypes = ticketTypes == null ? List.of() : List.copyOf(ticketTypes);
    fields = fields == null ? List.of() : List.copyOf(fields);
    workflows = workflows == null ? List.of() : List.copyOf(workflows);
    linkTypes = linkTypes == null ? List.of() : List.copyOf(linkTypes);
    actions = actions == null ? List.of() : List.copyOf(actions);
    ui = ui == null ? List.of() : List.copyOf(ui);
    widgets = widgets == null ? List.of() : List.copyOf(widgets);
    dashboards = dashboards == null ? List.of() : List.copyOf(dashboards);
  }

  /**
   * A permission, named {@code permission.<key>}.
   *
   * @param tokenScope the API token scope that carries it, for example {@code tickets:write}
   * @param roles how far each role of the box has it: role key to {@code own}, {@code team}, {@code
   *     organisation} or {@code all}
   */
  public record PermissionDefinition(String key, String tokenScope, Map<String, String> roles) {
    public PermissionDefinition {
      roles = roles == null ? Map.of() : Map.copyOf(roles);
    }
  }
}
