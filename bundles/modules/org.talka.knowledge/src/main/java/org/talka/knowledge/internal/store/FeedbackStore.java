/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.store;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;

/** What readers do and say: votes, remarks, readings, searches. */
@Component(service = FeedbackStore.class)
public class FeedbackStore {
  private final Database database;
  private final Transactions transactions;
  private final AtomicLong remarks = new AtomicLong();
  private final AtomicLong readings = new AtomicLong();

  @Activate
  public FeedbackStore(
      @Reference(target = "(talka.unit=knowledge)") Database database,
      @Reference Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
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
   * Keeps what somebody says now. Of two at the same moment one is told what the other said, or
   * fails when it is the first.
   *
   * @return what they said before
   * @throws org.talka.api.persistence.ConcurrentChangeException once the transaction ends
   */
  public Optional<Boolean> vote(
      long article, long person, boolean helpful, int number, Instant at) {
    return database.write(
        em -> {
          if (says(em, article, person, !helpful, helpful, number, at)) {
            return Optional.of(!helpful);
          }
          if (says(em, article, person, helpful, helpful, number, at)) {
            return Optional.of(helpful);
          }
          Vote vote = new Vote(article, person);
          vote.says(helpful, number, at);
          em.persist(vote);
          return Optional.empty();
        });
  }

  private static boolean says(
      EntityManager em,
      long article,
      long person,
      boolean before,
      boolean helpful,
      int number,
      Instant at) {
    return em.createQuery(
                "update Vote v set v.helpful = :helpful, v.number = :number, v.votedAt = :at"
                    + " where v.article = :article and v.person = :person"
                    + " and v.helpful = :before")
            .setParameter("helpful", helpful)
            .setParameter("number", number)
            .setParameter("at", at)
            .setParameter("article", article)
            .setParameter("person", person)
            .setParameter("before", before)
            .executeUpdate()
        > 0;
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

  /** What somebody has open, and nothing is known of; forgets it. Given once, whoever asks. */
  public List<Reading> takeOf(long person) {
    return database.write(
        em -> {
          List<Reading> open =
              em.createQuery(
                      "select r from Reading r where r.person = :person order by r.openedAt",
                      Reading.class)
                  .setParameter("person", person)
                  .getResultList();
          int gone =
              em.createQuery("delete from Reading r where r.person = :person")
                  .setParameter("person", person)
                  .executeUpdate();
          return gone == 0 ? List.of() : open;
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
    counted(
        em ->
            em.createQuery("select count(d) from Day d where d.epochDay = :day", Long.class)
                .setParameter("day", epochDay)
                .getSingleResult(),
        () -> new Day(epochDay),
        em ->
            em.createQuery(
                    "update Day d set d.answered = d.answered + :answered,"
                        + " d.asked = d.asked + :asked where d.epochDay = :day")
                .setParameter("answered", (long) answered)
                .setParameter("asked", (long) asked)
                .setParameter("day", epochDay)
                .executeUpdate());
  }

  /**
   * Counts in the database, so that two at the same moment both count. A row that is missing is
   * there from then on, whatever becomes of the transaction of the thread.
   *
   * @param rows asked first: an update that finds none may lock the table against the row
   * @param count answers how many rows it changed
   */
  private void counted(
      Function<EntityManager, Long> rows,
      Supplier<Object> missing,
      Function<EntityManager, Integer> count) {
    ConcurrentChangeException lost = null;
    if (database.read(rows) == 0) {
      try {
        transactions.separate(
            () ->
                database.write(
                    em -> {
                      em.persist(missing.get());
                      return null;
                    }));
      } catch (ConcurrentChangeException another) {
        // somebody else has made the row, or else it is said below
        lost = another;
      }
    }
    if (database.write(count) == 0 && lost != null) {
      throw lost;
    }
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
    counted(
        em ->
            em.createQuery(
                    "select count(s) from Asked s where s.words = :words and s.place = :place",
                    Long.class)
                .setParameter("words", words)
                .setParameter("place", place)
                .getSingleResult(),
        () -> new Asked(words, place, at),
        em ->
            em.createQuery(
                    "update Asked s set s.times = s.times + 1, s.found = :found,"
                        + " s.opened = s.opened + :opened, s.lastAt = :at"
                        + " where s.words = :words and s.place = :place")
                .setParameter("found", found)
                .setParameter("opened", opened ? 1L : 0L)
                .setParameter("at", at)
                .setParameter("words", words)
                .setParameter("place", place)
                .executeUpdate());
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
