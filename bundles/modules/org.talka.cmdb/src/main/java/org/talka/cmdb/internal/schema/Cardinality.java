/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.Optional;

/** How many relations of a type one item may have at either end, read from source to target. */
public enum Cardinality {
  MANY_TO_MANY("many-to-many"),
  ONE_TO_MANY("one-to-many"),
  MANY_TO_ONE("many-to-one"),
  ONE_TO_ONE("one-to-one");

  private final String word;

  Cardinality(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** Whether a source has one target at most. */
  public boolean oneTarget() {
    return this == MANY_TO_ONE || this == ONE_TO_ONE;
  }

  /** Whether a target has one source at most. */
  public boolean oneSource() {
    return this == ONE_TO_MANY || this == ONE_TO_ONE;
  }

  public static Optional<Cardinality> of(String word) {
    for (Cardinality cardinality : values()) {
      if (cardinality.word.equals(word)) {
        return Optional.of(cardinality);
      }
    }
    return Optional.empty();
  }
}
