/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.FreshCache;
import org.talka.security.internal.people.PermissionCatalogue;
import org.talka.security.internal.people.PersonCaller;
import org.talka.security.internal.text.FieldChecks;
import org.talka.security.internal.text.Secrets;

/** API tokens: a person's permissions, narrowed to scopes, for a limited time. */
@Component(service = Tokens.class)
public class Tokens {
  static final Duration DEFAULT_LIFE = Duration.ofDays(365);
  static final Duration LONGEST_LIFE = Duration.ofDays(3660);

  /** How long one that expired is still shown to its owner. */
  static final Duration SHOWN = Duration.ofDays(90);

  private static final String PREFIX = "talka_";
  private static final int PER_PERSON = 100;
  private static final int MAX_SECRET = 100;
  private static final int MAX_NAME = 100;
  private static final int MAX_SCOPES = 50;
  private static final int CACHED = 10_000;
  private static final int FREE_PER_ADDRESS = 60;
  private static final Duration REFILL = Duration.ofSeconds(1);

  private final Secrets secrets = new Secrets();
  private final FreshCache<String, Live> live = new FreshCache<>(CACHED);
  private final Database database;
  private final Transactions transactions;
  private final Directory directory;
  private final PermissionCatalogue permissions;
  private final Audit audit;
  private final AddressBucket bucket;
  private final Clock clock;

  @Activate
  public Tokens(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Transactions transactions,
      @Reference Directory directory,
      @Reference PermissionCatalogue permissions,
      @Reference Audit audit) {
    this(
        database,
        transactions,
        directory,
        permissions,
        audit,
        new AddressBucket(FREE_PER_ADDRESS, REFILL, System::nanoTime),
        Clock.systemUTC());
  }

  Tokens(
      Database database,
      Transactions transactions,
      Directory directory,
      PermissionCatalogue permissions,
      Audit audit,
      AddressBucket bucket,
      Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.directory = directory;
    this.permissions = permissions;
    this.audit = audit;
    this.bucket = bucket;
    this.clock = clock;
  }

  /** A token as its owner sees it. */
  public record Listed(
      long id, String name, Set<String> scopes, Instant createdAt, Instant expiresAt) {
    public Listed {
      scopes = java.util.Collections.unmodifiableSet(new TreeSet<>(scopes));
    }
  }

  /** A new token; its secret is told this once. */
  public record Created(Listed token, String secret) {}

  /**
   * @throws DomainException INVALID for a scope that nothing declares or an expiry out of range
   */
  public Created create(
      PersonId person, String name, Set<String> scopes, Optional<Instant> expiresAt) {
    // to what the database keeps, so that the answer says what later lists say
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant expiry = expiresAt.orElse(now.plus(DEFAULT_LIFE)).truncatedTo(ChronoUnit.MICROS);
    String title = check(name, scopes, now, expiry);
    String secret = PREFIX + secrets.next();
    return database.write(
        em -> {
          long present =
              em.createQuery("select count(t) from TokenRow t where t.person = :person", Long.class)
                  .setParameter("person", person.value())
                  .getSingleResult();
          if (present >= PER_PERSON) {
            throw DomainException.conflict("error.token.tooMany", "max", PER_PERSON);
          }
          TokenRow row =
              new TokenRow(Secrets.digest(secret), person.value(), title, scopes, now, expiry);
          em.persist(row);
          em.flush();
          audit.record(
              "token.created",
              "token:" + row.id(),
              Map.of("name", title, "scopes", String.join(" ", new TreeSet<>(scopes))));
          return new Created(listed(row), secret);
        });
  }

  /**
   * Removes those that expired long ago.
   *
   * @return how many
   */
  int purge() {
    Instant before = clock.instant().minus(SHOWN);
    return database.write(
        em ->
            em.createQuery("delete from TokenRow t where t.expiresAt < :before")
                .setParameter("before", before)
                .executeUpdate());
  }

  /** The person's tokens, the newest first. */
  public List<Listed> of(PersonId person) {
    return database.read(
        em ->
            em
                .createQuery(
                    "select t from TokenRow t where t.person = :person order by t.id desc",
                    TokenRow.class)
                .setParameter("person", person.value())
                .getResultList()
                .stream()
                .map(Tokens::listed)
                .toList());
  }

  /**
   * @throws DomainException NOT_FOUND when the person has no such token
   */
  public void revoke(PersonId person, long id) {
    database.write(
        em -> {
          TokenRow row = em.find(TokenRow.class, id);
          if (row == null || row.person() != person.value()) {
            throw DomainException.notFound("error.token.unknown");
          }
          String digest = row.secretHash();
          em.remove(row);
          audit.record("token.revoked", "token:" + id, Map.of("name", row.name()));
          transactions.afterCommit(() -> live.forget(digest));
          return null;
        });
  }

  /**
   * The caller behind a secret.
   *
   * @throws DomainException TOO_MANY after too many wrong ones from the address
   */
  Optional<Caller> find(String secret, String address) {
    if (secret.length() > MAX_SECRET || !secret.startsWith(PREFIX)) {
      bucket.admit(address);
      bucket.failed(address);
      return Optional.empty();
    }
    Optional<Live> found =
        live.get(
            Secrets.digest(secret),
            !transactions.active(),
            digest -> {
              bucket.admit(address);
              return load(digest);
            });
    if (found.isEmpty()) {
      bucket.failed(address);
      return Optional.empty();
    }
    Live token = found.get();
    if (!clock.instant().isBefore(token.expiresAt)) {
      return Optional.empty();
    }
    return directory
        .personCaller(token.person)
        .map(whole -> token.caller(whole, permissions.current()));
  }

  private String check(String name, Set<String> scopes, Instant now, Instant expiry) {
    FieldChecks checks = new FieldChecks();
    String title = checks.line("name", name, MAX_NAME);
    if (checks.require(!scopes.isEmpty(), "scopes", "error.field.missing")
        && checks.require(
            scopes.size() <= MAX_SCOPES,
            "scopes",
            "error.token.tooManyScopes",
            "max",
            MAX_SCOPES)) {
      Set<String> unknown = new TreeSet<>(scopes);
      unknown.removeAll(permissions.current().tokenScopes());
      checks.require(
          unknown.isEmpty(), "scopes", "error.token.scope", "scopes", String.join(", ", unknown));
    }
    checks.require(expiry.isAfter(now), "expiresAt", "error.token.expired");
    checks.require(
        !expiry.isAfter(now.plus(LONGEST_LIFE)),
        "expiresAt",
        "error.token.tooLong",
        "days",
        LONGEST_LIFE.toDays());
    checks.done();
    return title;
  }

  private Optional<Live> load(String digest) {
    return database.read(
        em ->
            em.createQuery("select t from TokenRow t where t.secretHash = :hash", TokenRow.class)
                .setParameter("hash", digest)
                .getResultStream()
                .findFirst()
                .map(Live::new));
  }

  private static Listed listed(TokenRow row) {
    return new Listed(row.id(), row.name(), row.scopes(), row.createdAt(), row.expiresAt());
  }

  /** A token in memory with the caller that was last made for it. */
  private static final class Live {
    private record Narrowed(PersonCaller whole, long generation, Caller caller) {}

    private final PersonId person;
    private final Set<String> scopes;
    private final Instant expiresAt;
    private volatile Narrowed narrowed;

    Live(TokenRow row) {
      this.person = new PersonId(row.person());
      this.scopes = new HashSet<>(row.scopes());
      this.expiresAt = row.expiresAt();
    }

    Caller caller(PersonCaller whole, PermissionCatalogue.Snapshot declared) {
      Narrowed known = narrowed;
      if (known == null || known.whole() != whole || known.generation() != declared.generation()) {
        known = new Narrowed(whole, declared.generation(), whole.limitedTo(scopes, declared));
        narrowed = known;
      }
      return known.caller();
    }
  }
}
