/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.talka.api.ticket.StateCategory;
import org.talka.ticket.internal.design.StateMove;

/** A move of tickets between states that is not finished. */
@Entity
@Table(name = "tkt_state_move")
@NamedQuery(name = "StateMoveRow.all", query = "select m from StateMoveRow m order by m.id")
public class StateMoveRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "type")
  private String type;

  @Column(name = "from_state")
  private String from;

  @Column(name = "to_state")
  private String to;

  @Column(name = "category")
  private int category;

  protected StateMoveRow() {}

  StateMoveRow(StateMove move) {
    id = move.id();
    type = move.type();
    from = move.from();
    to = move.to();
    category = move.category().ordinal();
  }

  StateMove move() {
    return new StateMove(id, type, from, to, StateCategory.values()[category]);
  }
}
