/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.text.Text;

/**
 * Makes a POST with an {@code Idempotency-Key} happen once: the change and the answer are one
 * transaction, and the same key with the same body gives that answer again for 24 hours.
 *
 * <p>The key counts for one caller and one path. Refusals are not kept: whoever mends the request
 * may use the key again.
 */
@Component(service = Idempotency.class)
public final class Idempotency {
  public static final String HEADER = "Idempotency-Key";
  static final Duration KEPT = Duration.ofHours(24);

  private static final int MAX_KEY = 200;

  private final Transactions transactions;
  private final Database database;
  private final Clock clock;
  private final Duration patience;
  private final ConcurrentMap<String, CountDownLatch> underWay = new ConcurrentHashMap<>();

  @Activate
  public Idempotency(
      @Reference Transactions transactions,
      @Reference(target = "(talka.unit=rest)") Database database) {
    this(transactions, database, Clock.systemUTC(), Duration.ofSeconds(10));
  }

  /**
   * @param patience how long a duplicate waits for the first before it is sent away
   */
  Idempotency(Transactions transactions, Database database, Clock clock, Duration patience) {
    this.transactions = transactions;
    this.database = database;
    this.clock = clock;
    this.patience = patience;
  }

  /** Answers a POST that carries a key. */
  public void answer(
      Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String key = request.getHeader(HEADER);
    if (key.isBlank() || key.length() > MAX_KEY) {
      throw DomainException.malformed("error.rest.idempotency.key", "limit", MAX_KEY);
    }
    if (caller.kind() == Caller.Kind.ANONYMOUS) {
      chain.doFilter(request, response); // nobody's key: nothing to keep it under
      return;
    }
    AnswerSeal seal = new AnswerSeal(caller.username(), request.getRequestURI(), key);
    try (HeldBody held = new HeldBody(request)) {
      CountDownLatch mine = claim(seal.id());
      try {
        once(seal, held, response, chain);
      } finally {
        underWay.remove(seal.id(), mine);
        mine.countDown();
      }
    }
  }

  private void once(
      AnswerSeal seal, HeldBody request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    Optional<StoredAnswer> stored = stored(seal.id());
    if (stored.isPresent()) {
      give(seal, stored.get(), request, response);
      return;
    }
    HeldAnswer held = new HeldAnswer(response);
    try {
      transactions.required(
          () -> {
            run(request, held, chain);
            if (held.getStatus() >= 400) {
              throw new Refused();
            }
            database.write(
                em -> {
                  StoredAnswer expired = em.find(StoredAnswer.class, seal.id());
                  if (expired != null) {
                    em.remove(expired);
                    em.flush();
                  }
                  em.persist(
                      new StoredAnswer(
                          seal.id(),
                          request.fingerprint(),
                          seal.seal(Answer.of(held, held.body())),
                          clock.instant()));
                  return null;
                });
            return null;
          });
    } catch (Refused refused) {
      // rolled back; the refusal itself is the answer
    } catch (RuntimeException failed) {
      response.setHeader("Location", null);
      response.setHeader("ETag", null);
      throw failed;
    }
    held.send();
  }

  private void give(
      AnswerSeal seal, StoredAnswer stored, HeldBody request, HttpServletResponse response)
      throws IOException {
    if (!stored.fingerprint().equals(request.fingerprint())) {
      throw DomainException.of(ErrorKind.INVALID, "error.rest.idempotency.other-body");
    }
    response.setHeader("Idempotency-Replayed", "true");
    seal.open(stored.answer()).give(response);
  }

  private Optional<StoredAnswer> stored(String id) {
    Instant oldest = clock.instant().minus(KEPT);
    return database
        .read(em -> Optional.ofNullable(em.find(StoredAnswer.class, id)))
        .filter(answer -> answer.createdAt().isAfter(oldest));
  }

  private CountDownLatch claim(String id) {
    CountDownLatch mine = new CountDownLatch(1);
    long deadline = System.nanoTime() + patience.toNanos();
    for (; ; ) {
      CountDownLatch other = underWay.putIfAbsent(id, mine);
      if (other == null) {
        return mine;
      }
      try {
        if (!other.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw busy();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw busy();
      }
    }
  }

  private static DomainException busy() {
    return new DomainException(
        ErrorKind.CONFLICT,
        Text.of("error.rest.idempotency.under-way"),
        List.of(),
        Duration.ofSeconds(2));
  }

  private static void run(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
    try {
      chain.doFilter(request, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Removes what nobody may ask for any more.
   *
   * @return how many
   */
  int purge() {
    return purge(clock.instant().minus(KEPT));
  }

  private int purge(Instant before) {
    return database.write(
        em ->
            em.createQuery("delete from StoredAnswer a where a.createdAt < :before")
                .setParameter("before", before)
                .executeUpdate());
  }

  /** Takes the transaction back without being a failure. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused() {
      super("refused", null, false, false);
    }
  }
}
