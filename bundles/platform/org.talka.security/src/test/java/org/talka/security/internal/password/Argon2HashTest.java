/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {
  private static final Argon2Hash.Cost CHEAP = new Argon2Hash.Cost(64, 1, 1);
  private static final byte[] SALT = new byte[16];

  @Test
  void agreesWithTheReferenceImplementation() {
    // from the test suite of the Argon2 reference implementation
    Argon2Hash hash =
        Argon2Hash.parse(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                    + "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
            .orElseThrow();
    assertTrue(hash.matches("password"));
    assertFalse(hash.matches("Password"));
  }

  @Test
  void readsWhatItWrites() {
    String phc = Argon2Hash.of("correct horse", CHEAP, SALT).phc();
    Argon2Hash read = Argon2Hash.parse(phc).orElseThrow();
    assertEquals(phc, read.phc());
    assertTrue(read.matches("correct horse"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=16$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA"
      })
  void doesNotReadWhatIsNoSuchHash(String text) {
    assertTrue(Argon2Hash.parse(text).isEmpty());
  }
}
