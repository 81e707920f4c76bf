/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.PersonId;
import org.talka.security.Authentication;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.FreshCache;
import org.talka.security.internal.text.Secrets;

/**
 * Who is signed in. Sessions are stored, so that a restart keeps people signed in, and cached, so
 * that a request costs no query.
 */
@Component(service = Sessions.class)
public class Sessions {
  static final Duration IDLE = Duration.ofHours(12);
  static final Duration LONGEST = Duration.ofDays(7);

  /** How far the stored time of the last request may lag behind. */
  static final Duration LAG = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int CACHED = 50_000;
  private static final int PURGE = 200;
  private static final int PER_PERSON = 500;
  private static final int MAX_COOKIE = 100;
  private static final int MAX_ADDRESS = 64;
  private static final int MAX_USER_AGENT = 300;

  private final Secrets secrets = new Secrets();
  private final FreshCache<String, Live> live = new FreshCache<>(CACHED);
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "talka-sessions");
            thread.setDaemon(true);
            return thread;
          });
  private final Database database;
  private final Transactions transactions;
  private final Directory directory;
  private final SessionEnds ends;
  private final Clock clock;

  @Activate
  public Sessions(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Transactions transactions,
      @Reference Directory directory,
      @Reference SessionEnds ends) {
    this(database, transactions, directory, ends, Clock.systemUTC());
  }

  Sessions(
      Database database,
      Transactions transactions,
      Directory directory,
      SessionEnds ends,
      Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.directory = directory;
    this.ends = ends;
    this.clock = clock;
  }

  @Deactivate
  public void close() {
    background.shutdownNow();
  }

  /**
   * A session that has just begun.
   *
   * @param cookie what the client keeps; it is stored nowhere
   */
  public record Started(String id, String cookie, String csrfToken) {}

  /** A session as its owner sees it. */
  public record Listed(
      String id, Instant createdAt, Instant lastSeenAt, String address, String userAgent) {}

  /** Begins a session under a new id. */
  Started start(PersonId person, String address, String userAgent) {
    String cookie = secrets.next();
    String id = Secrets.digest(cookie);
    String csrfToken = secrets.next();
    database.write(
        em -> {
          em.persist(
              new SessionRow(
                  id,
                  person.value(),
                  csrfToken,
                  clock.instant(),
                  cut(address, MAX_ADDRESS),
                  cut(userAgent, MAX_USER_AGENT)));
          em.flush();
          end(remove(em, tooMany(em, person)));
          return null;
        });
    return new Started(id, cookie, csrfToken);
  }

  /** The session of a cookie's value while it lives; counts as a sign of life. */
  Optional<Authentication.SignedIn> find(String cookie) {
    if (cookie.length() > MAX_COOKIE) {
      return Optional.empty();
    }
    String id = Secrets.digest(cookie);
    Optional<Live> found = live.get(id, !transactions.active(), this::load);
    if (found.isEmpty() || expired(found.get())) {
      return Optional.empty();
    }
    Live session = found.get();
    Optional<Authentication.SignedIn> signedIn =
        directory
            .caller(session.person())
            .map(caller -> new Authentication.SignedIn(id, caller, session.csrfToken()));
    if (signedIn.isPresent()) {
      seen(session);
    }
    return signedIn;
  }

  /**
   * Whose session it is while it lives. Not a sign of life: what is bound to it must not keep it.
   */
  Optional<PersonId> person(String id) {
    return live.get(id, !transactions.active(), this::load)
        .filter(session -> !expired(session))
        .map(Live::person);
  }

  /** What writes with this session must send. */
  public Optional<String> csrfToken(String id) {
    return live.get(id, !transactions.active(), this::load).map(Live::csrfToken);
  }

  /** The password of a session was typed again. */
  public void confirmed(String id) {
    live.get(id, !transactions.active(), this::load)
        .ifPresent(session -> session.confirmed.set(clock.instant()));
  }

  /**
   * Whether a session was opened, or its password typed again, within this time. Kept in memory
   * only: after a restart it is asked for once more.
   */
  boolean confirmedWithin(String id, Duration time) {
    return live.get(id, !transactions.active(), this::load)
        .filter(session -> session.confirmed.get().plus(time).isAfter(clock.instant()))
        .isPresent();
  }

  /** The person's sessions, the latest first. */
  public List<Listed> of(PersonId person) {
    Instant now = clock.instant();
    return database.read(
        em ->
            em
                .createQuery(
                    "select s from SessionRow s where s.person = :person order by s.createdAt desc",
                    SessionRow.class)
                .setParameter("person", person.value())
                .getResultList()
                .stream()
                .filter(s -> !expired(s.createdAt(), s.seenAt(), now))
                .map(Sessions::listed)
                .toList());
  }

  /**
   * @return false when the person has no such session
   */
  public boolean end(PersonId person, String id) {
    return end(
            database.write(
                em ->
                    remove(em, mine(em, person).stream().filter(mine -> mine.equals(id)).toList())))
        > 0;
  }

  /** Ends the session of a cookie's value, if there is one. */
  void endByCookie(String cookie) {
    String id = Secrets.digest(cookie);
    end(database.write(em -> remove(em, List.of(id))));
  }

  /**
   * Ends all sessions of a person.
   *
   * @param except the one to be spared
   */
  public void endAll(PersonId person, Optional<String> except) {
    end(
        database.write(
            em ->
                remove(
                    em,
                    mine(em, person).stream()
                        .filter(id -> except.filter(id::equals).isEmpty())
                        .toList())));
  }

  /**
   * Removes what expired, some at a time.
   *
   * @return how many
   */
  int purge() {
    Instant now = clock.instant();
    int removed = 0;
    List<String> expired;
    do {
      expired =
          database.write(
              em ->
                  remove(
                      em,
                      em.createQuery(
                              "select s.id from SessionRow s"
                                  + " where s.seenAt < :idle or s.createdAt < :old",
                              String.class)
                          .setParameter("idle", now.minus(IDLE).minus(LAG).minus(LAG))
                          .setParameter("old", now.minus(LONGEST))
                          .setMaxResults(PURGE)
                          .getResultList()));
      end(expired);
      removed += expired.size();
    } while (!expired.isEmpty());
    return removed;
  }

  private static List<String> mine(EntityManager em, PersonId person) {
    return em.createQuery("select s.id from SessionRow s where s.person = :person", String.class)
        .setParameter("person", person.value())
        .getResultList();
  }

  /** The longest unused beyond what one person may have. */
  private static List<String> tooMany(EntityManager em, PersonId person) {
    return em.createQuery(
            "select s.id from SessionRow s where s.person = :person order by s.seenAt desc, s.id",
            String.class)
        .setParameter("person", person.value())
        .setFirstResult(PER_PERSON)
        .setMaxResults(PURGE)
        .getResultList();
  }

  private static List<String> remove(EntityManager em, List<String> ids) {
    return ids.stream()
        .filter(
            id ->
                em.createQuery("delete from SessionRow s where s.id = :id")
                        .setParameter("id", id)
                        .executeUpdate()
                    > 0)
        .toList();
  }

  private int end(List<String> ids) {
    if (!ids.isEmpty()) {
      transactions.afterCommit(
          () ->
              ids.forEach(
                  id -> {
                    live.forget(id);
                    ends.ended(id);
                  }));
    }
    return ids.size();
  }

  private Optional<Live> load(String id) {
    return database.read(em -> Optional.ofNullable(em.find(SessionRow.class, id)).map(Live::new));
  }

  private void seen(Live session) {
    Instant now = clock.instant();
    session.seen.set(now);
    Instant written = session.written.get();
    if (Duration.between(written, now).compareTo(LAG) >= 0
        && session.written.compareAndSet(written, now)
        && !background.isShutdown()) {
      background.execute(() -> write(session.id, now));
    }
  }

  private void write(String id, Instant seen) {
    try {
      database.write(
          em ->
              em.createQuery("update SessionRow s set s.seenAt = :seen where s.id = :id")
                  .setParameter("seen", seen)
                  .setParameter("id", id)
                  .executeUpdate());
    } catch (RuntimeException e) {
      // the next request after the lag tries again; meanwhile the time in memory counts
      LOG.debug("The last use of a session could not be stored", e);
    }
  }

  private boolean expired(Live session) {
    return expired(session.createdAt, session.seen.get(), clock.instant());
  }

  private static boolean expired(Instant createdAt, Instant seenAt, Instant now) {
    return !now.isBefore(createdAt.plus(LONGEST)) || !now.isBefore(seenAt.plus(IDLE));
  }

  private static Listed listed(SessionRow row) {
    return new Listed(row.id(), row.createdAt(), row.seenAt(), row.address(), row.userAgent());
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }

  /** A stored session in memory, with the last request that was seen since. */
  private static final class Live {
    private final String id;
    private final PersonId person;
    private final String csrfToken;
    private final Instant createdAt;
    private final AtomicReference<Instant> seen;
    private final AtomicReference<Instant> written;
    private final AtomicReference<Instant> confirmed;

    Live(SessionRow row) {
      this.id = row.id();
      this.person = new PersonId(row.person());
      this.csrfToken = row.csrfToken();
      this.createdAt = row.createdAt();
      this.seen = new AtomicReference<>(row.seenAt());
      this.written = new AtomicReference<>(row.seenAt());
      this.confirmed = new AtomicReference<>(row.createdAt());
    }

    PersonId person() {
      return person;
    }

    String csrfToken() {
      return csrfToken;
    }
  }
}
