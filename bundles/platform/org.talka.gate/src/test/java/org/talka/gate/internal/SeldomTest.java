/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeldomTest {
  @Test
  void theFirstTimeIsSaidAndLaterHowOftenItHappenedMeanwhile() {
    AtomicLong now = new AtomicLong(-5);
    Seldom seldom = new Seldom(Duration.ofNanos(10), now::get);
    List<Long> said = new ArrayList<>();
    seldom.say(said::add);
    seldom.say(said::add);
    now.addAndGet(9);
    seldom.say(said::add);
    assertEquals(List.of(1L), said);
    now.addAndGet(1);
    seldom.say(said::add);
    assertEquals(List.of(1L, 3L), said);
  }
}
