/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final Argon2Hash.Cost CHEAP = new Argon2Hash.Cost(64, 1, 1);

  private final Passwords passwords =
      new Passwords(CHEAP, new HashingQueue(2, 2, Duration.ofSeconds(10)));

  @Test
  void knowsARightPasswordFromAWrongOne() {
    Optional<String> phc = Optional.of(passwords.hash("correct horse"));
    assertTrue(passwords.check("correct horse", phc, () -> {}).right());
    assertFalse(passwords.check("correct horsf", phc, () -> {}).right());
  }

  @Test
  void saltsEveryHash() {
    assertNotEquals(passwords.hash("correct horse"), passwords.hash("correct horse"));
  }

  @Test
  void takesEquivalentSpellingsAsOne() {
    Optional<String> phc = Optional.of(passwords.hash("ru\u0304ta kalnina"));
    assertTrue(passwords.check("r\u016Bta kalnina", phc, () -> {}).right());
  }

  @Test
  void hashesAgainWhenTheParametersChanged() {
    String old = Argon2Hash.of("correct horse", new Argon2Hash.Cost(32, 1, 1), new byte[16]).phc();
    Passwords.Answer answer = passwords.check("correct horse", Optional.of(old), () -> {});
    assertTrue(answer.right());
    assertTrue(answer.rehashed().orElseThrow().contains("m=64,t=1,p=1"));
    assertTrue(passwords.check("correct horse", answer.rehashed(), () -> {}).rehashed().isEmpty());
  }

  @Test
  void doesTheSameWorkForNobody() {
    AtomicInteger turns = new AtomicInteger();
    assertFalse(passwords.check("correct horse", Optional.empty(), turns::incrementAndGet).right());
    assertEquals(1, turns.get(), "took its turn in the queue");
  }

  @Test
  void refusesAnEndlessPasswordBeforeAnyWork() {
    AtomicInteger turns = new AtomicInteger();
    String endless = "x".repeat(1 << 20);
    assertFalse(
        passwords
            .check(endless, Optional.of(passwords.hash("correct horse")), turns::incrementAndGet)
            .right());
    assertEquals(0, turns.get());
  }

  @Test
  void writesNineteenMebibytesTwoPassesOneLane() {
    assertTrue(new Passwords().hash("correct horse").startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  }
}
