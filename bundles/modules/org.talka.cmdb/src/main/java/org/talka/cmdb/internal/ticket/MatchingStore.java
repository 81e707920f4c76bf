/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;

/** Texts that items take the place of, and those that mean none, in the database. */
@Component(service = MatchingStore.class)
public class MatchingStore {
  private final Database database;
  private final Clock clock;

  /** The last number given. */
  private final AtomicLong last = new AtomicLong();

  @Activate
  public MatchingStore(@Reference(target = "(talka.unit=cmdb)") Database database) {
    this(database, Clock.systemUTC());
  }

  MatchingStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The texts that mean no item, by their keys. */
  public Set<String> skipped() {
    return new HashSet<>(
        database.read(
            em -> em.createQuery("select s.key from SkipRow s", String.class).getResultList()));
  }

  public void skip(String key, String by) {
    Instant now = now();
    database.write(
        em -> {
          if (em.find(SkipRow.class, key) == null) {
            em.persist(new SkipRow(key, by, now));
          }
          return null;
        });
  }

  public void show(String key) {
    database.write(
        em -> {
          SkipRow row = em.find(SkipRow.class, key);
          if (row != null) {
            em.remove(row);
          }
          return null;
        });
  }

  /**
   * Notes one that is about to begin.
   *
   * @param places one a ticket
   */
  Matching begin(String text, long item, String by, Collection<FreeTexts.Place> places) {
    Instant now = now();
    return database.write(
        em -> {
          Long highest =
              em.createQuery("select max(m.id) from MatchingRow m", Long.class).getSingleResult();
          long id = last.updateAndGet(n -> Math.max(n, highest == null ? 0 : highest) + 1);
          MatchingRow row = new MatchingRow(id, text, item, by, now, places.size());
          em.persist(row);
          places.forEach(place -> em.persist(new MatchedRow(id, place.ticket(), place.text())));
          return row.value();
        });
  }

  /** Those that nobody works on and that are not through, the oldest first. */
  List<Long> idle() {
    Instant now = now();
    return database.read(
        em ->
            em.createQuery(
                    "select m.id from MatchingRow m where m.state in :open"
                        + " and (m.owner is null or m.ownedUntil < :now) order by m.id",
                    Long.class)
                .setParameter(
                    "open",
                    Stream.of(Matching.State.values())
                        .filter(Matching.State::open)
                        .map(Matching.State::word)
                        .toList())
                .setParameter("now", now)
                .getResultList());
  }

  /** Does something with one that nobody else changes meanwhile. */
  <T> Optional<T> locked(long id, Function<MatchingRow, T> work) {
    return database.write(
        em -> {
          MatchingRow row = em.find(MatchingRow.class, id, LockModeType.PESSIMISTIC_WRITE);
          return row == null ? Optional.empty() : Optional.ofNullable(work.apply(row));
        });
  }

  public Optional<Matching> find(long id) {
    return database.read(
        em -> Optional.ofNullable(em.find(MatchingRow.class, id)).map(MatchingRow::value));
  }

  boolean cancelling(long id) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(MatchingRow.class, id))
                .map(MatchingRow::cancelling)
                .orElse(true));
  }

  /** The latest of somebody first. */
  public List<Matching> of(String by, int limit) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select m from MatchingRow m where m.by = :who order by m.id desc",
                    MatchingRow.class)
                .setParameter("who", by)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(MatchingRow::value)
                .toList());
  }

  /** The tickets that it has not got to yet. */
  List<FreeTexts.Place> waiting(long id) {
    return places(id, false);
  }

  /** The tickets on which the item has taken the place of a text. */
  List<FreeTexts.Place> matched(long id) {
    return places(id, true);
  }

  private List<FreeTexts.Place> places(long id, boolean done) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select m from MatchedRow m where m.matching = :id and m.done = :done"
                        + " order by m.ticket",
                    MatchedRow.class)
                .setParameter("id", id)
                .setParameter("done", done)
                .getResultList()
                .stream()
                .map(row -> new FreeTexts.Place(row.ticket(), row.text()))
                .toList());
  }

  void matched(long id, FreeTexts.Place place) {
    database.write(
        em -> {
          em.find(MatchedRow.class, new MatchedRow.Key(id, place.ticket())).done(place.text());
          return null;
        });
  }

  void forget(long id, String ticket) {
    database.write(
        em -> {
          MatchedRow row = em.find(MatchedRow.class, new MatchedRow.Key(id, ticket));
          if (row != null) {
            em.remove(row);
          }
          return null;
        });
  }

  /** Leaves the rest alone. */
  void end(long id, Matching.State how) {
    database.write(
        em -> {
          em.createQuery("delete from MatchedRow m where m.matching = :id and m.done = false")
              .setParameter("id", id)
              .executeUpdate();
          return locked(
              id,
              row -> {
                row.ended(how);
                return row;
              });
        });
  }
}
