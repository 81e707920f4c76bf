/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.talka.api.persistence.Database;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.ticket.internal.share.Shared;
import org.talka.ticket.internal.share.SharedStore;

/**
 * Rows of things that people share. Their entity has the named queries {@code <entity>.seen} and
 * {@code <entity>.countOf}.
 */
class SharedRows<R, T extends Shared> implements SharedStore<T> {
  /** More than anybody reads in a menu. */
  private static final int MOST = 300;

  private final Database database;
  private final Class<R> entity;
  private final Function<T, R> row;
  private final Function<R, T> thing;
  private final BiConsumer<R, T> take;

  /**
   * @param row makes a new row
   * @param thing reads one
   * @param take changes one
   */
  SharedRows(
      Database database,
      Class<R> entity,
      Function<T, R> row,
      Function<R, T> thing,
      BiConsumer<R, T> take) {
    this.database = database;
    this.entity = entity;
    this.row = row;
    this.thing = thing;
    this.take = take;
  }

  @Override
  public List<T> seen(PersonId me, Set<TeamId> teams) {
    List<Long> ids = new ArrayList<>(teams.stream().map(TeamId::value).toList());
    // a list in a query must not be empty; no team has this number
    ids.add(-1L);
    return database.read(
        em ->
            em
                .createNamedQuery(entity.getSimpleName() + ".seen", entity)
                .setParameter("me", me.value())
                .setParameter("teams", ids)
                .setMaxResults(MOST)
                .getResultList()
                .stream()
                .map(thing)
                .toList());
  }

  @Override
  public long countOf(PersonId owner) {
    return database.read(
        em ->
            em.createNamedQuery(entity.getSimpleName() + ".countOf", Long.class)
                .setParameter("owner", owner.value())
                .getSingleResult());
  }

  @Override
  public Optional<T> find(long id) {
    return database.read(em -> Optional.ofNullable(em.find(entity, id)).map(thing));
  }

  @Override
  public Optional<T> lock(long id) {
    return database.write(
        em -> Optional.ofNullable(em.find(entity, id, LockModeType.PESSIMISTIC_WRITE)).map(thing));
  }

  @Override
  public void add(T added) {
    database.write(
        em -> {
          em.persist(row.apply(added));
          return null;
        });
  }

  @Override
  public void replace(T changed) {
    database.write(
        em -> {
          take.accept(em.find(entity, changed.id()), changed);
          return null;
        });
  }

  @Override
  public void remove(long id) {
    database.write(
        em -> {
          em.remove(em.find(entity, id));
          return null;
        });
  }
}
