/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.ticket.internal.view.SavedView;

/** The rows of saved views. */
@Component(service = ViewStore.class)
public class ViewStore {
  /** More than anybody reads in a navigation. */
  private static final int MOST = 300;

  private final Database database;

  @Activate
  public ViewStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  /** One's own, those of one's teams and those of everybody. */
  public List<SavedView> seen(PersonId me, Set<TeamId> teams) {
    List<Long> ids = new ArrayList<>(teams.stream().map(TeamId::value).toList());
    // a list in a query must not be empty; no team has this number
    ids.add(-1L);
    return database.read(
        em ->
            em
                .createNamedQuery("ViewRow.seen", ViewRow.class)
                .setParameter("me", me.value())
                .setParameter("teams", ids)
                .setMaxResults(MOST)
                .getResultList()
                .stream()
                .map(ViewRow::view)
                .toList());
  }

  public long countOf(PersonId owner) {
    return database.read(
        em ->
            em.createNamedQuery("ViewRow.countOf", Long.class)
                .setParameter("owner", owner.value())
                .getSingleResult());
  }

  public Optional<SavedView> find(long id) {
    return database.read(em -> Optional.ofNullable(em.find(ViewRow.class, id)).map(ViewRow::view));
  }

  /** Reads a view and keeps others from changing it until the transaction ends. */
  public Optional<SavedView> lock(long id) {
    return database.write(
        em ->
            Optional.ofNullable(em.find(ViewRow.class, id, LockModeType.PESSIMISTIC_WRITE))
                .map(ViewRow::view));
  }

  public void add(SavedView view) {
    database.write(
        em -> {
          em.persist(new ViewRow(view));
          return null;
        });
  }

  public void replace(SavedView view) {
    database.write(
        em -> {
          em.find(ViewRow.class, view.id()).take(view);
          return null;
        });
  }

  public void remove(long id) {
    database.write(
        em -> {
          em.remove(em.find(ViewRow.class, id));
          return null;
        });
  }
}
