/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GoneModuleTest {
  private static final long SECOND = 1_000_000_000L;

  private final GoneModule gone =
      new GoneModule("acme", "1.0.0", getClass().getClassLoader(), 100 * SECOND);

  @Test
  void itsThreadsAreJudgedAfterHalfAMinute() {
    gone.goes(0);
    gone.look(10 * SECOND, 5);
    assertFalse(gone.late());
    gone.look(31 * SECOND, 5);
    assertTrue(gone.late());
  }

  @Test
  void itsClassesAreJudgedByACollectionThatCameWhenTheyHadHadTheirTime() {
    gone.goes(0);
    // collections before met requests that were still inside, and caches
    gone.look(31 * SECOND, 6);
    gone.look(129 * SECOND, 7);
    assertFalse(gone.unsure(7));
    assertFalse(gone.judged(8));
    gone.look(131 * SECOND, 8);
    assertTrue(gone.unsure(8));
    assertFalse(gone.judged(8));
    gone.look(141 * SECOND, 9);
    assertFalse(gone.unsure(9));
    assertTrue(gone.judged(9));
    assertFalse(gone.collected());
  }
}
