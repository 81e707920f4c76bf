/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.ticket.internal.dashboard.Dashboard;
import org.talka.ticket.internal.share.Audience;
import org.talka.ticket.internal.share.Sharing;

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
public class DashboardRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "owner_id")
  private long owner;

  @Column(name = "name")
  private String name;

  @Column(name = "refresh_seconds")
  private int refreshSeconds;

  @Lob
  @Column(name = "widgets")
  private String widgets;

  @Column(name = "audience")
  private int audience;

  @Column(name = "team_id")
  private Long team;

  @Column(name = "version")
  private long version;

  protected DashboardRow() {}

  DashboardRow(Dashboard dashboard) {
    id = dashboard.id();
    owner = dashboard.sharing().owner().value();
    take(dashboard);
  }

  final void take(Dashboard dashboard) {
    name = dashboard.name();
    refreshSeconds = dashboard.refreshSeconds();
    widgets = StoredJson.widgets(dashboard.widgets());
    audience = dashboard.sharing().audience().ordinal();
    team = dashboard.sharing().team().map(TeamId::value).orElse(null);
    version = dashboard.version();
  }

  Dashboard dashboard() {
    return new Dashboard(
        id,
        name,
        refreshSeconds,
        StoredJson.widgets(widgets),
        new Sharing(
            new PersonId(owner),
            Audience.values()[audience],
            Optional.ofNullable(team).map(TeamId::new)),
        version);
  }
}
