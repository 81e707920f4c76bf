/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.Optional;

/** Which way a failure goes along a relation. */
public enum Impact {
  /** The source suffers when the target fails: it depends on it. */
  TO_SOURCE("source"),
  /** The target suffers when the source fails: the source carries it. */
  TO_TARGET("target"),
  /** Neither. */
  NONE("none");

  private final String word;

  Impact(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<Impact> of(String word) {
    for (Impact impact : values()) {
      if (impact.word.equals(word)) {
        return Optional.of(impact);
      }
    }
    return Optional.empty();
  }
}
