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
import org.talka.ticket.internal.reply.CannedReply;

/** The rows of canned replies. */
@Component(service = ReplyStore.class)
public class ReplyStore {
  /** More than anybody reads in a menu. */
  private static final int MOST = 300;

  private final Database database;

  @Activate
  public ReplyStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  /** One's own, those of one's teams and those of everybody. */
  public List<CannedReply> seen(PersonId me, Set<TeamId> teams) {
    List<Long> ids = new ArrayList<>(teams.stream().map(TeamId::value).toList());
    // a list in a query must not be empty; no team has this number
    ids.add(-1L);
    return database.read(
        em ->
            em
                .createNamedQuery("ReplyRow.seen", ReplyRow.class)
                .setParameter("me", me.value())
                .setParameter("teams", ids)
                .setMaxResults(MOST)
                .getResultList()
                .stream()
                .map(ReplyRow::reply)
                .toList());
  }

  public long countOf(PersonId owner) {
    return database.read(
        em ->
            em.createNamedQuery("ReplyRow.countOf", Long.class)
                .setParameter("owner", owner.value())
                .getSingleResult());
  }

  public Optional<CannedReply> find(long id) {
    return database.read(
        em -> Optional.ofNullable(em.find(ReplyRow.class, id)).map(ReplyRow::reply));
  }

  /** Reads a reply and keeps others from changing it until the transaction ends. */
  public Optional<CannedReply> lock(long id) {
    return database.write(
        em ->
            Optional.ofNullable(em.find(ReplyRow.class, id, LockModeType.PESSIMISTIC_WRITE))
                .map(ReplyRow::reply));
  }

  public void add(CannedReply reply) {
    database.write(
        em -> {
          em.persist(new ReplyRow(reply));
          return null;
        });
  }

  public void replace(CannedReply reply) {
    database.write(
        em -> {
          em.find(ReplyRow.class, reply.id()).take(reply);
          return null;
        });
  }

  public void remove(long id) {
    database.write(
        em -> {
          em.remove(em.find(ReplyRow.class, id));
          return null;
        });
  }
}
