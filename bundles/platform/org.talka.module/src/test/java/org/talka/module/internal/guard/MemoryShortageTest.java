/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryShortageTest {
  private final MemoryShortage shortage = new MemoryShortage(80);

  @Test
  void whoHasAllocatedMostSinceThereWasEnoughIsToBlame() {
    assertEquals(Optional.empty(), shortage.look(30, 100, Map.of("busy", 900L, "leaky", 10L)));
    assertEquals(
        Optional.of(new MemoryShortage.Culprit("leaky", 85, 60)),
        shortage.look(85, 100, Map.of("busy", 940L, "leaky", 70L)));
  }

  @Test
  void whatFillsItSlowlyIsNotForgottenOnTheWay() {
    shortage.look(30, 100, Map.of("leaky", 10L));
    shortage.look(60, 100, Map.of("leaky", 40L));
    assertEquals(
        Optional.of(new MemoryShortage.Culprit("leaky", 90, 60)),
        shortage.look(90, 100, Map.of("leaky", 70L)));
  }

  @Test
  void nobodyIsBlamedForWhatHeDidNotFill() {
    shortage.look(10, 100, Map.of());
    assertEquals(Optional.empty(), shortage.look(95, 100, Map.of("small", 20L)));
    assertEquals(Optional.empty(), shortage.look(95, 100, Map.of("one", 30L, "other", 30L)));
    assertEquals(Optional.empty(), new MemoryShortage(0).look(99, 100, Map.of("leaky", 99L)));
  }

  @Test
  void figuresOfAModuleThatWasStartedAgainBeginAnew() {
    shortage.look(10, 100, Map.of("leaky", 500L));
    assertEquals(
        Optional.of(new MemoryShortage.Culprit("leaky", 90, 70)),
        shortage.look(90, 100, Map.of("leaky", 70L)));
  }
}
