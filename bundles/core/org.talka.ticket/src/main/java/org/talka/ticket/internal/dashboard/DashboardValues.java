/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.List;

/**
 * What somebody gives for a dashboard; null where nothing is said.
 *
 * @param widgets all of them: those that are left out are removed
 * @param audience {@code private}, {@code team} or {@code everybody}
 * @param team a team's key
 */
public record DashboardValues(
    String name, Integer refreshSeconds, List<WidgetValues> widgets, String audience, String team) {

  /** These, and the dashboard's own where nothing is said. */
  DashboardValues over(Dashboard dashboard, String teamKey) {
    return new DashboardValues(
        name == null ? dashboard.name() : name,
        refreshSeconds == null ? dashboard.refreshSeconds() : refreshSeconds,
        widgets == null ? dashboard.widgets().stream().map(WidgetValues::of).toList() : widgets,
        audience == null ? dashboard.sharing().audience().word() : audience,
        team == null ? teamKey : team);
  }
}
