/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GoneModuleTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void isJudgedByACollectionThatCameWhenItHadHadItsTime() {
    GoneModule gone = new GoneModule("acme", "1.0.0", getClass().getClassLoader());
    gone.goes(0);
    gone.look(10 * SECOND, 5);
    assertFalse(gone.late());
    // a collection between the removal and now met what was still inside
    gone.look(31 * SECOND, 6);
    assertTrue(gone.late());
    assertFalse(gone.judged(6));
    gone.look(41 * SECOND, 6);
    assertFalse(gone.judged(6));
    gone.look(51 * SECOND, 7);
    assertTrue(gone.judged(7));
    assertFalse(gone.collected());
  }
}
