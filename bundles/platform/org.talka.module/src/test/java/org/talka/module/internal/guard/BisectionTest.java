/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BisectionTest {
  private static List<String> modules(int n) {
    List<String> modules = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      modules.add("m" + i);
    }
    return modules;
  }

  @Test
  void findsAnyCulpritAmongAnyNumber() {
    for (int n = 1; n <= 20; n++) {
      for (int culprit = 0; culprit < n; culprit++) {
        Bisection bisection = Bisection.of(modules(n));
        int most = bisection.left();
        int answers = 0;
        while (!bisection.over()) {
          bisection = bisection.after(bisection.held().contains("m" + culprit));
          answers++;
        }
        assertEquals(Optional.of("m" + culprit), bisection.found());
        assertEquals(List.of("m" + culprit), bisection.held());
        assertTrue(answers <= most, n + " modules took " + answers + ", said " + most);
      }
    }
  }

  @Test
  void findsNobodyWhenItIsNoneOfThem() {
    for (int n = 1; n <= 20; n++) {
      Bisection bisection = Bisection.of(modules(n));
      while (!bisection.over()) {
        bisection = bisection.after(false);
      }
      assertEquals(Optional.empty(), bisection.found());
      assertEquals(List.of(), bisection.held());
    }
  }

  @Test
  void holdsBackOnlyWithThemThoseThatNeedThem() {
    // each before what it needs: the held ones are always the first of the suspects
    Bisection bisection = Bisection.of(modules(8));
    while (!bisection.over()) {
      assertEquals(bisection.suspects().subList(0, bisection.held().size()), bisection.held());
      bisection = bisection.after(false);
    }
  }
}
