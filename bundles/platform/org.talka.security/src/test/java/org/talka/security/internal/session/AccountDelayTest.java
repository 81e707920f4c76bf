/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.security.internal.Ticking;

class AccountDelayTest {
  private static final String HERE = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.7";

  private final Ticking clock = new Ticking();
  private final AccountDelay delay = new AccountDelay(clock);

  @Test
  void letsFourFailuresPass() {
    failing(4);
    assertDoesNotThrow(() -> delay.admit("ilze", ELSEWHERE));
  }

  @Test
  void doublesTheWaitWithEveryFurtherFailure() {
    failing(5);
    assertEquals(Duration.ofSeconds(1), waiting());
    failing(1);
    assertEquals(Duration.ofSeconds(2), waiting());
    failing(3);
    assertEquals(Duration.ofSeconds(16), waiting());
  }

  @Test
  void neverLocksForGood() {
    failing(1_000);
    assertEquals(Duration.ofMinutes(5), waiting());
    clock.pass(Duration.ofMinutes(5));
    assertDoesNotThrow(() -> delay.admit("ilze", ELSEWHERE));
  }

  @Test
  void delaysOneAccountAndNoOther() {
    failing(20);
    assertDoesNotThrow(() -> delay.admit("anna", ELSEWHERE));
  }

  @Test
  void startsAfreshAfterSuccess() {
    failing(4);
    delay.succeeded("ilze", ELSEWHERE);
    failing(4);
    assertDoesNotThrow(() -> delay.admit("ilze", ELSEWHERE));
  }

  @Test
  void sparesTheOwnerWhereTheySignedInBefore() {
    delay.succeeded("ilze", HERE);
    failing(50);
    assertThrows(DomainException.class, () -> delay.admit("ilze", ELSEWHERE));
    assertDoesNotThrow(() -> delay.admit("ilze", HERE));
  }

  @Test
  void delaysGuessingFromAFamiliarPlaceToo() {
    delay.succeeded("ilze", HERE);
    for (int i = 0; i < 6; i++) {
      delay.failed("ilze", HERE);
    }
    assertThrows(DomainException.class, () -> delay.admit("ilze", HERE));
  }

  @Test
  void keepsABoundedNumberOfNames() {
    for (int i = 0; i < 50_000; i++) {
      delay.failed("name" + i, ELSEWHERE);
    }
    assertTrue(delay.size() <= 20_000, "remembers " + delay.size());
  }

  private void failing(int times) {
    for (int i = 0; i < times; i++) {
      delay.failed("ilze", ELSEWHERE);
    }
  }

  private Duration waiting() {
    DomainException refused =
        assertThrows(DomainException.class, () -> delay.admit("ilze", ELSEWHERE));
    assertEquals(ErrorKind.TOO_MANY, refused.kind());
    return refused.retryAfter().orElseThrow();
  }
}
