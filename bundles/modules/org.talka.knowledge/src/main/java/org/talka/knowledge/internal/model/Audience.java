/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** For whom an article is, from everybody to a few. */
public enum Audience {
  /** Everybody, signed in or not. */
  PUBLIC("public"),
  /** Everybody who is signed in. */
  PEOPLE("people"),
  /** Everybody who gives help. */
  AGENTS("agents"),
  /** Some teams. */
  TEAMS("teams");

  private final String word;

  Audience(String word) {
    this.word = word;
  }

  /** As the API and the database spell it. */
  public String word() {
    return word;
  }

  public static Optional<Audience> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Audience::word).toList();
  }
}
