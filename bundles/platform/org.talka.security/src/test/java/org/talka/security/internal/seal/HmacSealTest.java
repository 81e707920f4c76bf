/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.security.internal.text.FieldChecks;

class HmacSealTest {
  private final HmacSeal seal = new HmacSeal("a key of this test");

  @Property(tries = 200)
  void opensWhatItSealed(@ForAll String purpose, @ForAll @StringLength(max = 500) String content) {
    Assume.that(FieldChecks.printable(content));
    assertEquals(content, seal.open(purpose, seal.seal(purpose, content)));
  }

  @Property(tries = 200)
  void refusesAnyChangedCharacter(@ForAll @IntRange(max = 60) int place, @ForAll char other) {
    String sealed = seal.seal("cursor", "a cursor that is somewhat longer");
    Assume.that(place < sealed.length() && sealed.charAt(place) != other);
    String forged = sealed.substring(0, place) + other + sealed.substring(place + 1);
    assertRefused(() -> seal.open("cursor", forged));
  }

  @Property(tries = 200)
  void refusesAnythingMadeUp(@ForAll String forged) {
    assertRefused(() -> seal.open("cursor", forged));
  }

  @Property(tries = 50)
  void refusesWhatWasSealedForSomethingElse(@ForAll String content) {
    Assume.that(FieldChecks.printable(content));
    assertRefused(() -> seal.open("users", seal.seal("teams", content)));
    // neither can text wander from the purpose into the content
    assertRefused(() -> seal.open("user", seal.seal("users", content)));
  }

  @Property(tries = 20)
  void refusesWhatAnotherServerSealed(@ForAll @StringLength(max = 50) String content) {
    Assume.that(FieldChecks.printable(content));
    assertRefused(() -> seal.open("cursor", new HmacSeal("another key").seal("cursor", content)));
  }

  private static void assertRefused(Runnable open) {
    DomainException refused = assertThrows(DomainException.class, open::run);
    assertEquals(ErrorKind.MALFORMED, refused.kind());
  }
}
