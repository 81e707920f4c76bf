/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** Where articles were used, and what is counted of them. */
@Component(service = UseStore.class)
public class UseStore {
  /** What can be counted, by the name of its attribute. */
  public enum Count {
    VIEWS("views"),
    HELPFUL("helpful"),
    UNHELPFUL("unhelpful"),
    DEFLECTIONS("deflections"),
    LINKS("links"),
    SOLVED("solved");

    private final String attribute;

    Count(String attribute) {
      this.attribute = attribute;
    }
  }

  private final Database database;

  @Activate
  public UseStore(@Reference(target = "(talka.unit=knowledge)") Database database) {
    this.database = database;
  }

  /** Adds in the database, so that two at the same moment both count. */
  public void add(long article, Count count, int change) {
    String update =
        "update Figures f set f."
            + count.attribute
            + " = f."
            + count.attribute
            + " + :change where f.article = :article";
    database.write(
        em ->
            em.createQuery(update)
                .setParameter("change", (long) change)
                .setParameter("article", article)
                .executeUpdate());
  }

  public void begin(long article) {
    database.write(
        em -> {
          em.persist(new Figures(article));
          return null;
        });
  }

  /** By article; one that does not exist is absent. */
  public Map<Long, Figures> figures(Collection<Long> articles) {
    if (articles.isEmpty()) {
      return Map.of();
    }
    return database.read(
        em ->
            em
                .createQuery("select f from Figures f where f.article in :ids", Figures.class)
                .setParameter("ids", articles)
                .setHint("jakarta.persistence.cache.retrieveMode", "BYPASS")
                .getResultList()
                .stream()
                .collect(Collectors.toMap(Figures::article, Function.identity())));
  }

  public List<Use> ofTicket(String ticket) {
    return database.read(
        em ->
            em.createQuery(
                    "select u from Use u where u.ticket = :ticket order by u.usedAt", Use.class)
                .setParameter("ticket", ticket)
                .getResultList());
  }

  /** The latest first. */
  public List<Use> ofArticle(long article, int limit) {
    return database.read(
        em ->
            em.createQuery(
                    "select u from Use u where u.article = :article order by u.usedAt desc",
                    Use.class)
                .setParameter("article", article)
                .setMaxResults(limit)
                .getResultList());
  }

  /**
   * Keeps a use, or that it was used once more.
   *
   * @return whether it is the first on this ticket
   */
  public boolean use(Use use) {
    return database.write(
        em -> {
          Use known = em.find(Use.class, new Use.Key(use.article(), use.ticket()));
          if (known == null) {
            em.persist(use);
            return true;
          }
          known.used(use.number(), use.how(), use.usedBy(), use.usedAt());
          return false;
        });
  }

  /**
   * @return the use that is no more, if there was one
   */
  public Optional<Use> forget(long article, String ticket) {
    return database.write(
        em -> {
          Use known = em.find(Use.class, new Use.Key(article, ticket));
          if (known != null) {
            em.remove(known);
          }
          return Optional.ofNullable(known);
        });
  }

  /**
   * The ticket is solved, or not any more.
   *
   * @return the articles for which that is news
   */
  public List<Long> solved(String ticket, boolean solved) {
    return database.write(
        em -> {
          List<Use> changed =
              em.createQuery(
                      "select u from Use u where u.ticket = :ticket and u.solved = :before",
                      Use.class)
                  .setParameter("ticket", ticket)
                  .setParameter("before", !solved)
                  .getResultList();
          changed.forEach(use -> use.solved(solved));
          return changed.stream().map(Use::article).toList();
        });
  }
}
