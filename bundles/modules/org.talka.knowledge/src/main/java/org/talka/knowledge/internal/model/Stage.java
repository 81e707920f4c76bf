/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.model;

import java.util.Arrays;

/** How far a version of an article is. An article is as far as the version that leads it. */
public enum Stage {
  /** Being written; the only one whose text can change. */
  DRAFT("draft"),
  IN_REVIEW("in-review"),
  APPROVED("approved"),
  /** What readers see. */
  PUBLISHED("published"),
  /** Was published until the next one was. */
  REPLACED("replaced"),
  /** Was published and taken back. */
  RETIRED("retired");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** As the API and the database spell it. */
  public String word() {
    return word;
  }

  public static Stage of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No stage: " + word));
  }
}
