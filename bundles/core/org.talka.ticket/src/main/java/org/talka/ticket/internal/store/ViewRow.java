/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.ticket.internal.share.Audience;
import org.talka.ticket.internal.share.Sharing;
import org.talka.ticket.internal.view.SavedView;

/** A list that somebody saved. */
@Entity
@Table(name = "tkt_view")
@NamedQuery(
    name = "ViewRow.seen",
    query =
        "select v from ViewRow v where v.owner = :me or v.audience = 2"
            + " or (v.audience = 1 and v.team in :teams) order by v.id")
@NamedQuery(
    name = "ViewRow.countOf",
    query = "select count(v.id) from ViewRow v where v.owner = :owner")
public class ViewRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "owner_id")
  private long owner;

  @Column(name = "name")
  private String name;

  @Column(name = "query")
  private String query;

  @Column(name = "sort")
  private String sort;

  @Column(name = "columns_shown")
  private String columns;

  @Column(name = "audience")
  private int audience;

  @Column(name = "team_id")
  private Long team;

  @Column(name = "version")
  private long version;

  protected ViewRow() {}

  ViewRow(SavedView view) {
    id = view.id();
    owner = view.sharing().owner().value();
    take(view);
  }

  final void take(SavedView view) {
    name = view.name();
    // an empty text and none are the same to some databases
    query = view.query().isEmpty() ? null : view.query();
    sort = view.sort();
    columns = view.columns().isEmpty() ? null : String.join(",", view.columns());
    audience = view.sharing().audience().ordinal();
    team = view.sharing().team().map(TeamId::value).orElse(null);
    version = view.version();
  }

  SavedView view() {
    Sharing sharing =
        new Sharing(
            new PersonId(owner),
            Audience.values()[audience],
            Optional.ofNullable(team).map(TeamId::new));
    return new SavedView(
        id,
        name,
        query == null ? "" : query,
        sort,
        columns == null ? List.of() : List.of(columns.split(",")),
        sharing,
        version);
  }
}
