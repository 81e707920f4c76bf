/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.ticket.internal.dashboard.Dashboard;

/** The rows of dashboards. */
@Component(service = DashboardStore.class)
public class DashboardStore extends SharedRows<DashboardRow, Dashboard> {
  @Activate
  public DashboardStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    super(
        database,
        DashboardRow.class,
        DashboardRow::new,
        DashboardRow::dashboard,
        DashboardRow::take);
  }
}
