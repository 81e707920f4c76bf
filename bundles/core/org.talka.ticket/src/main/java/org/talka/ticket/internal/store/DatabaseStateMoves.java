/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.ticket.internal.design.StateMove;
import org.talka.ticket.internal.design.StateMoves;

/** Moves between states in the desk's database; tickets are found by the index over their state. */
@Component
public class DatabaseStateMoves implements StateMoves {
  private final Database database;

  @Activate
  public DatabaseStateMoves(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  @Override
  public List<StateMove> all() {
    return database.read(
        em ->
            em.createNamedQuery("StateMoveRow.all", StateMoveRow.class).getResultList().stream()
                .map(StateMoveRow::move)
                .toList());
  }

  @Override
  public void add(StateMove move) {
    database.write(
        em -> {
          em.persist(new StateMoveRow(move));
          return null;
        });
  }

  @Override
  public void remove(long id) {
    database.write(
        em -> {
          Optional.ofNullable(em.find(StateMoveRow.class, id)).ifPresent(em::remove);
          return null;
        });
  }

  @Override
  public boolean any(String type, String state) {
    return database.read(
        em ->
            !em.createQuery(
                    "select t.id from TicketRow t where t.type = :type and t.state = :state"
                        + " order by t.id",
                    Long.class)
                .setParameter("type", type)
                .setParameter("state", state)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  @Override
  public boolean any(String type) {
    return database.read(
        em ->
            !em.createQuery("select t.id from TicketRow t where t.type = :type", Long.class)
                .setParameter("type", type)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  @Override
  public boolean anyWith(String field) {
    return database.read(
        em ->
            !em.createQuery("select v.ticket from ValueRow v where v.field = :field", Long.class)
                .setParameter("field", field)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  @Override
  public List<Long> waiting(StateMove move, int most) {
    boolean leaves = !move.from().equals(move.to());
    return database.read(
        em -> {
          var query =
              em.createQuery(
                      "select t.id from TicketRow t where t.type = :type and t.state = :state"
                          + (leaves ? "" : " and t.category <> :category")
                          + " order by t.id",
                      Long.class)
                  .setParameter("type", move.type())
                  .setParameter("state", move.from())
                  .setMaxResults(most);
          if (!leaves) {
            query.setParameter("category", move.category().ordinal());
          }
          return query.getResultList();
        });
  }
}
