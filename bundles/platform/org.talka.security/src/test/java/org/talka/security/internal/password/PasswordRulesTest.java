/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  private final PasswordRules rules = new PasswordRules();

  @Test
  void takesALongPhrase() {
    assertTrue(rules.refusal("ilze", "Correct-horse-9-battery").isEmpty());
    assertTrue(rules.refusal("ilze", "ļoti gara un droša parole").isEmpty());
  }

  @Test
  void refusesWhatIsShortOrEndless() {
    assertEquals("error.password.tooShort", key("ilze", "a".repeat(4) + "bcdef"));
    assertEquals("error.password.tooLong", key("ilze", "ab".repeat(101)));
    assertTrue(rules.refusal("ilze", "ab".repeat(100)).isEmpty());
  }

  @Test
  void refusesTheUsernameInAnyCase() {
    assertEquals("error.password.isUsername", key("ilze.berzina", "Ilze.Berzina"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1234567890", "Password123", "QwertyUiop", "aaaaaaaaaaaa", "administrator"})
  void refusesWhatEverybodyTriesFirst(String password) {
    assertEquals("error.password.common", key("ilze", password));
  }

  private String key(String username, String password) {
    return rules.refusal(username, password).orElseThrow().key();
  }
}
