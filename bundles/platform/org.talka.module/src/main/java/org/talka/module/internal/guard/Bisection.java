/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.util.List;
import java.util.Optional;

/**
 * Halves suspects until one is left. Pure.
 *
 * @param suspects of whom it is one, each before those that it needs: so whoever is held back takes
 *     nobody with it who is not
 * @param held who is held back, the first part of the suspects
 * @param over whether nothing is left to be asked
 */
record Bisection(List<String> suspects, List<String> held, boolean over) {
  Bisection {
    suspects = List.copyOf(suspects);
    held = List.copyOf(held);
  }

  static Bisection of(List<String> suspects) {
    return new Bisection(suspects, half(suspects), false);
  }

  private static List<String> half(List<String> suspects) {
    return suspects.subList(0, (suspects.size() + 1) / 2);
  }

  /**
   * @param better whether the desk is well with these held back
   */
  Bisection after(boolean better) {
    List<String> left =
        better ? held : suspects.stream().filter(module -> !held.contains(module)).toList();
    // the one that is left is held back: where nothing was better it has not been tried yet
    boolean known = left.size() <= 1 && better;
    return left.isEmpty()
        ? new Bisection(left, left, true)
        : known ? new Bisection(left, left, true) : of(left);
  }

  Optional<String> found() {
    return over && suspects.size() == 1 ? Optional.of(suspects.get(0)) : Optional.empty();
  }

  /** How many answers are needed at most. */
  int left() {
    return over ? 0 : 32 - Integer.numberOfLeadingZeros(Math.max(0, suspects.size() - 1)) + 1;
  }
}
