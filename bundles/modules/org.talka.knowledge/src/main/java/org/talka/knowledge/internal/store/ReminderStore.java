/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.knowledge.internal.model.Days;
import org.talka.knowledge.internal.model.Stage;

/** Of which reviews people have been told; each day of a review anew. */
@Component(service = ReminderStore.class)
public class ReminderStore {
  private final Database database;

  @Activate
  public ReminderStore(@Reference(target = "(talka.unit=knowledge)") Database database) {
    this.database = database;
  }

  /**
   * Published articles whose review is due from the first to the last day, and of which nobody was
   * told so much; the longest due first.
   *
   * @param told {@link Reminder#SOON} or {@link Reminder#DUE}
   */
  public List<Article> open(LocalDate first, LocalDate last, int told, int limit) {
    return database.read(
        em ->
            em.createQuery(
                    "select a from Article a where a.state = :state and a.reviewDue >= :first"
                        + " and a.reviewDue <= :last and not exists (select r.article from"
                        + " Reminder r where r.article = a.id and r.due = a.reviewDue"
                        + " and r.told >= :told) order by a.reviewDue, a.id",
                    Article.class)
                .setParameter("state", Stage.PUBLISHED.word())
                .setParameter("first", first.toEpochDay())
                .setParameter("last", last.toEpochDay())
                .setParameter("told", told)
                .setMaxResults(limit)
                .getResultList());
  }

  /** In the transaction of the thread. */
  public void told(Article article, int told) {
    database.write(
        em -> {
          Optional<Reminder> known = Optional.ofNullable(em.find(Reminder.class, article.id()));
          Reminder reminder = known.orElseGet(() -> new Reminder(article.id()));
          reminder.told(Days.until(article.reviewDue()), told);
          if (known.isEmpty()) {
            em.persist(reminder);
          }
          return null;
        });
  }
}
