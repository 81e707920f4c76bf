/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.util.OptionalInt;
import org.talka.api.error.DomainException;

/**
 * As how many suppliers a relation counts where an item needs a number or a share of them: a
 * machine that carries as much as two others weighs two.
 */
public final class Weight {
  /** Of a relation whose weight nobody said. */
  public static final int USUAL = 1;

  public static final int MOST = 1_000;

  private Weight() {}

  /**
   * @throws DomainException INVALID unless it is between 1 and {@value #MOST}
   */
  public static int checked(int weight) {
    if (weight < 1 || weight > MOST) {
      throw DomainException.invalid("weight", "error.cmdb.range", "min", 1, "max", MOST);
    }
    return weight;
  }

  /** The weight that a text says, the usual one if it is blank; empty when it says none. */
  public static OptionalInt of(String text) {
    String said = text.strip();
    if (said.isEmpty()) {
      return OptionalInt.of(USUAL);
    }
    if (!said.matches("[0-9]{1,4}")) {
      return OptionalInt.empty();
    }
    int weight = Integer.parseInt(said);
    return weight < 1 || weight > MOST ? OptionalInt.empty() : OptionalInt.of(weight);
  }
}
