/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes guessing at one account slow: after some failures every further one doubles the time until
 * the next try, up to five minutes. Nobody is locked out for good, and whoever signed in from an
 * address before is not delayed there by what strangers try from elsewhere.
 */
final class AccountDelay {
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int ACCOUNTS = 20_000;
  private static final Duration FORGOTTEN = Duration.ofHours(24);
  private static final Duration FAMILIAR = Duration.ofDays(30);

  private record Failures(int count, Instant until) {}

  private record Place(String account, String address) {}

  private final Cache<Place, Failures> failures =
      Caffeine.newBuilder().maximumSize(ACCOUNTS).expireAfterWrite(FORGOTTEN).build();
  private final Cache<Place, Boolean> familiar =
      Caffeine.newBuilder().maximumSize(ACCOUNTS).expireAfterWrite(FAMILIAR).build();
  private final Clock clock;

  AccountDelay(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws org.talka.api.error.DomainException TOO_MANY while the account's delay lasts
   */
  void admit(String account, String address) {
    Failures past = failures.getIfPresent(place(account, address));
    Instant now = clock.instant();
    if (past != null && past.until().isAfter(now)) {
      throw AddressBucket.tooMany(Duration.between(now, past.until()));
    }
  }

  void failed(String account, String address) {
    failures
        .asMap()
        .compute(
            place(account, address),
            (place, past) -> {
              int count = past == null ? 1 : past.count() + 1;
              return new Failures(count, clock.instant().plus(delay(count)));
            });
  }

  void succeeded(String account, String address) {
    failures.invalidate(place(account, address));
    familiar.put(new Place(account, address), true);
  }

  /** Whether somebody signed in to the account from there before. */
  boolean familiar(String account, String address) {
    return familiar.getIfPresent(new Place(account, address)) != null;
  }

  long size() {
    failures.cleanUp();
    return failures.estimatedSize();
  }

  private Place place(String account, String address) {
    return new Place(account, familiar(account, address) ? address : "");
  }

  private static Duration delay(int count) {
    if (count < FREE) {
      return Duration.ZERO;
    }
    // beyond twenty doublings it is the longest anyway
    Duration doubled = Duration.ofSeconds(1L << Math.min(20, count - FREE));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
