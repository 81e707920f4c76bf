/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.password;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Hashes passwords and checks them. Blocks for some tens of milliseconds, more when many come. */
@Component(service = Passwords.class)
public class Passwords {
  /** More is refused before any work: the length of what is hashed is bounded. */
  public static final int MAX_LENGTH = 200;

  private static final int SALT_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final HashingQueue queue;
  private final Argon2Hash.Cost cost;

  @Activate
  public Passwords() {
    this(Argon2Hash.Cost.DEFAULT, new HashingQueue(2, 64, Duration.ofSeconds(10)));
  }

  Passwords(Argon2Hash.Cost cost, HashingQueue queue) {
    this.cost = cost;
    this.queue = queue;
  }

  /**
   * The password's hash as a PHC string.
   *
   * @throws org.talka.api.error.DomainException UNAVAILABLE when too many wait already
   */
  public String hash(String password) {
    String bounded = bounded(password);
    return queue.run(() -> fresh(bounded));
  }

  /**
   * Whether the password belongs to the hash. Takes the same time when there is no hash, so that
   * nobody learns which names exist.
   *
   * @param turn runs when it is this check's turn, before the work; may refuse by throwing
   * @throws org.talka.api.error.DomainException UNAVAILABLE when too many wait already
   */
  public Answer check(String password, Optional<String> phc, Runnable turn) {
    if (tooLong(password)) {
      return Answer.WRONG;
    }
    String bounded = bounded(password);
    return queue.run(
        () -> {
          turn.run();
          return compare(bounded, phc.flatMap(Argon2Hash::parse));
        });
  }

  /** What a check found. */
  public record Answer(boolean right, Optional<String> rehashed) {
    static final Answer WRONG = new Answer(false, Optional.empty());
  }

  private Answer compare(String password, Optional<Argon2Hash> known) {
    if (known.isEmpty()) {
      fresh(password);
      return Answer.WRONG;
    }
    Argon2Hash hash = known.get();
    if (!hash.matches(password)) {
      return Answer.WRONG;
    }
    return new Answer(
        true, hash.cost().equals(cost) ? Optional.empty() : Optional.of(fresh(password)));
  }

  private String fresh(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return Argon2Hash.of(password, cost, salt).phc();
  }

  private static boolean tooLong(String password) {
    return password.length() > 2 * MAX_LENGTH
        || password.codePointCount(0, password.length()) > MAX_LENGTH;
  }

  private static String bounded(String password) {
    if (tooLong(password)) {
      throw new IllegalArgumentException("A password longer than " + MAX_LENGTH);
    }
    // the same characters typed on another keyboard are the same password
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
