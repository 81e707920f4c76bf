/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** What readers do and say: votes, remarks, readings, searches. */
@Component(service = FeedbackStore.class)
public class FeedbackStore {
  private final Database database;
  private final AtomicLong remarks = new AtomicLong();
  private final AtomicLong readings = new AtomicLong();

  @Activate
  public FeedbackStore(@Reference(target = "(talka.unit=knowledge)") Database database) {
    this.database = database;
    remarks.set(highest("Remark"));
    readings.set(highest("Reading"));
  }

  private long highest(String entity) {
    return database.read(
        em ->
            Optional.ofNullable(
                    em.createQuery("select max(e.id) from " + entity + " e", Long.class)
                        .getSingleResult())
                .orElse(0L));
  }

  public Optional<Boolean> vote(long article, long person) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(Vote.class, new Vote.Key(article, person)))
                .map(Vote::helpful));
  }

  /**
   * Keeps what somebody says now.
   *
   * @return what they said before
   */
  public Optional<Boolean> vote(
      long article, long person, boolean helpful, int number, Instant at) {
    return database.write(
        em -> {
          Vote vote = em.find(Vote.class, new Vote.Key(article, person));
          Optional<Boolean> before = Optional.ofNullable(vote).map(Vote::helpful);
          if (vote == null) {
            vote = new Vote(article, person);
            vote.says(helpful, number, at);
            em.persist(vote);
          } else {
            vote.says(helpful, number, at);
          }
          return before;
        });
  }

  public Remark remark(long article, int number, String name, String body, Instant at) {
    return database.write(
        em -> {
          Remark remark = new Remark(remarks.incrementAndGet(), article, number, name, body, at);
          em.persist(remark);
          return remark;
        });
  }

  /** The latest first. */
  public List<Remark> remarks(long article, long below, int limit) {
    return database.read(
        em ->
            em.createQuery(
                    "select r from Remark r where r.article = :article and r.id < :below"
                        + " order by r.article, r.id desc",
                    Remark.class)
                .setParameter("article", article)
                .setParameter("below", below)
                .setMaxResults(limit)
                .getResultList());
  }

  /** Absent when there is no such remark on the article. */
  public Optional<Remark> done(long article, long id, boolean done) {
    return database.write(
        em -> {
          Optional<Remark> remark =
              Optional.ofNullable(em.find(Remark.class, id))
                  .filter(found -> found.article() == article);
          remark.ifPresent(found -> found.done(done));
          return remark;
        });
  }

  public void reads(long person, long article, Instant at) {
    database.write(
        em -> {
          em.persist(new Reading(readings.incrementAndGet(), person, article, at));
          return null;
        });
  }

  /** What somebody has open, and nothing is known of; forgets it. */
  public List<Reading> takeOf(long person) {
    return database.write(
        em -> {
          List<Reading> open =
              em.createQuery(
                      "select r from Reading r where r.person = :person order by r.openedAt",
                      Reading.class)
                  .setParameter("person", person)
                  .getResultList();
          open.forEach(em::remove);
          return open;
        });
  }

  /** Whose first open reading is older than that. */
  public List<Long> quietSince(Instant at, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select r from Reading r where r.openedAt <= :at order by r.openedAt, r.id",
                    Reading.class)
                .setParameter("at", at)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(Reading::person)
                .distinct()
                .toList());
  }

  /** When somebody last opened an article of which nothing is known yet. */
  public Optional<Instant> lastOf(long person) {
    return database.read(
        em ->
            Optional.ofNullable(
                em.createQuery(
                        "select max(r.openedAt) from Reading r where r.person = :person",
                        Instant.class)
                    .setParameter("person", person)
                    .getSingleResult()));
  }

  public void count(long epochDay, int answered, int asked) {
    database.write(
        em -> {
          Day day = em.find(Day.class, epochDay);
          if (day == null) {
            day = new Day(epochDay);
            em.persist(day);
          }
          day.count(answered, asked);
          return null;
        });
  }

  public List<Day> days(long from) {
    return database.read(
        em ->
            em.createQuery(
                    "select d from Day d where d.epochDay >= :day order by d.epochDay", Day.class)
                .setParameter("day", from)
                .getResultList());
  }

  public void asked(String words, String place, int found, boolean opened, Instant at) {
    database.write(
        em -> {
          Asked asked = em.find(Asked.class, new Asked.Key(words, place));
          if (asked == null) {
            asked = new Asked(words, place);
            asked.again(found, opened, at);
            em.persist(asked);
          } else {
            asked.again(found, opened, at);
          }
          return null;
        });
  }

  /** Searches after which nobody opened an article, the most frequent first. */
  public List<Asked> missed(Optional<Asked> after, int limit) {
    return database.read(
        em -> {
          var query =
              em.createQuery(
                  "select s from Asked s where s.opened = 0"
                      + (after.isPresent()
                          ? " and (s.times < :times or (s.times = :times and (s.words > :words"
                              + " or (s.words = :words and s.place > :place))))"
                          : "")
                      + " order by s.opened, s.times desc, s.words, s.place",
                  Asked.class);
          after.ifPresent(
              last ->
                  query
                      .setParameter("times", last.times())
                      .setParameter("words", last.words())
                      .setParameter("place", last.place()));
          return query.setMaxResults(limit).getResultList();
        });
  }

  public Optional<Asked> asked(String words, String place) {
    return database.read(
        em -> Optional.ofNullable(em.find(Asked.class, new Asked.Key(words, place))));
  }

  /** Somebody has answered it, or it is nothing to write about. */
  public void forget(String words, String place) {
    database.write(
        em -> {
          Optional.ofNullable(em.find(Asked.class, new Asked.Key(words, place)))
              .ifPresent(em::remove);
          return null;
        });
  }

  public void forgetBefore(Instant at) {
    database.write(
        em ->
            em.createQuery("delete from Asked s where s.lastAt < :at")
                .setParameter("at", at)
                .executeUpdate());
  }
}
