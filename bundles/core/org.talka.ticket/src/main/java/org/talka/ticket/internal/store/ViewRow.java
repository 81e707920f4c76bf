/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.List;
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
public class ViewRow extends SharedRow {
  @Column(name = "query")
  private String query;

  @Column(name = "sort")
  private String sort;

  @Column(name = "columns_shown")
  private String columns;

  protected ViewRow() {}

  ViewRow(SavedView view) {
    super(view);
    take(view);
  }

  final void take(SavedView view) {
    share(view);
    // an empty text and none are the same to some databases
    query = view.query().isEmpty() ? null : view.query();
    sort = view.sort();
    columns = view.columns().isEmpty() ? null : String.join(",", view.columns());
  }

  SavedView view() {
    return new SavedView(
        id(),
        name(),
        query == null ? "" : query,
        sort,
        columns == null ? List.of() : List.of(columns.split(",")),
        sharing(),
        version());
  }
}
