/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What of the product is measured: the desk itself, or a module with records of its own. */
enum Part {
  DESK,
  KNOWLEDGE,
  CMDB;

  /**
   * @throws IllegalArgumentException saying what there is
   */
  static Part of(String word) {
    return Arrays.stream(values())
        .filter(part -> part.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--of is one or more of " + words() + ", not " + word));
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(Part::word).toList();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
