/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.talka.ticket.internal.dashboard.Dashboard;

/** A dashboard; its grid is read and written as a whole, so it is one column. */
@Entity
@Table(name = "tkt_dashboard")
@NamedQuery(
    name = "DashboardRow.seen",
    query =
        "select d from DashboardRow d where d.owner = :me or d.audience = 2"
            + " or (d.audience = 1 and d.team in :teams) order by d.id")
@NamedQuery(
    name = "DashboardRow.countOf",
    query = "select count(d.id) from DashboardRow d where d.owner = :owner")
public class DashboardRow extends SharedRow {
  @Column(name = "refresh_seconds")
  private int refreshSeconds;

  @Lob
  @Column(name = "widgets")
  private String widgets;

  protected DashboardRow() {}

  DashboardRow(Dashboard dashboard) {
    super(dashboard);
    take(dashboard);
  }

  final void take(Dashboard dashboard) {
    share(dashboard);
    refreshSeconds = dashboard.refreshSeconds();
    widgets = StoredJson.widgets(dashboard.widgets());
  }

  Dashboard dashboard() {
    return new Dashboard(
        id(), name(), refreshSeconds, StoredJson.widgets(widgets), sharing(), version());
  }
}
