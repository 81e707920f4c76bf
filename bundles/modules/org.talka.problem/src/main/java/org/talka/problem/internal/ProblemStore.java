/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** The module's own tables: editions of workarounds, who received which, and figures. */
@Component(service = ProblemStore.class)
public class ProblemStore {
  private final Database database;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public ProblemStore(@Reference(target = "(talka.unit=problem)") Database database) {
    this.database = database;
  }

  Optional<Publication> latest(String problem) {
    return database.read(em -> latest(em, problem));
  }

  /** The newest edition with this text: a new one if the text changed, the present one if not. */
  Publication publish(String problem, String workaround, String by) {
    return database.write(
        em -> {
          Optional<Publication> present = latest(em, problem);
          if (present.isPresent() && present.get().workaround().equals(workaround)) {
            return present.get();
          }
          int edition = present.map(Publication::edition).orElse(0) + 1;
          Publication next = new Publication(problem, edition, workaround, by, clock.instant());
          em.persist(next);
          return next;
        });
  }

  /**
   * Notes that the incident's requester gets this edition.
   *
   * @return false when they have it already
   */
  boolean deliver(Publication publication, String incident) {
    return database.write(
        em -> {
          Delivery.Key key = new Delivery.Key(publication.problem(), incident);
          Delivery delivery = em.find(Delivery.class, key);
          if (delivery != null && delivery.edition() >= publication.edition()) {
            return false;
          }
          boolean first = delivery == null;
          if (first) {
            delivery = new Delivery(publication.problem(), incident);
          }
          delivery.delivered(publication.edition(), Instant.now(clock));
          if (first) {
            em.persist(delivery);
          }
          return true;
        });
  }

  List<Delivery> deliveriesOf(String incident) {
    return database.read(
        em ->
            em.createQuery("select d from Delivery d where d.incident = :incident", Delivery.class)
                .setParameter("incident", incident)
                .getResultList());
  }

  void incidentLinked(String problem, int change) {
    database.write(
        em -> {
          ProblemFigures figures = em.find(ProblemFigures.class, problem);
          if (figures == null) {
            figures = new ProblemFigures(problem);
            em.persist(figures);
          }
          figures.linked(change);
          return null;
        });
  }

  /** Linked incidents of several problems in one look; a problem without any is absent. */
  Map<String, Integer> incidents(Collection<String> problems) {
    Map<String, Integer> byProblem = new HashMap<>();
    if (problems.isEmpty()) {
      return byProblem;
    }
    List<ProblemFigures> found =
        database.read(
            em ->
                em.createQuery(
                        "select f from ProblemFigures f where f.problem in :problems",
                        ProblemFigures.class)
                    .setParameter("problems", problems)
                    .getResultList());
    found.forEach(figures -> byProblem.put(figures.problem(), figures.incidents()));
    return byProblem;
  }

  private static Optional<Publication> latest(EntityManager em, String problem) {
    return em.createQuery(
            "select p from Publication p where p.problem = :problem order by p.edition desc",
            Publication.class)
        .setParameter("problem", problem)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }
}
