/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any order in which transactions begin and end. */
class NumbersTest {
  @Property
  void neverLetsAReaderPassANumberThatIsNotDecided(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 9) Integer> steps) {
    Numbers numbers = new Numbers(100);
    List<Long> open = new ArrayList<>();
    Set<Long> decided = new TreeSet<>();
    long before = numbers.horizon();
    for (int step : steps) {
      if (step < 5 || open.isEmpty()) {
        open.add(numbers.take());
      } else {
        long number = open.remove(step % open.size());
        numbers.decided(number);
        decided.add(number);
      }
      long horizon = numbers.horizon();
      assertTrue(open.stream().allMatch(number -> number > horizon), "an open one is below");
      assertTrue(horizon >= before, "it never goes back");
      before = horizon;
    }
    open.forEach(numbers::decided);
    decided.addAll(open);
    assertEquals(100 + decided.size(), numbers.horizon(), "in the end everything is told");
  }
}
