/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import java.time.Instant;

/**
 * Something or somebody that a ticket has to do with.
 *
 * @param ref the id of the item, person or team
 * @param computed whether it follows from what people said; they can only exclude it
 * @param excluded whether somebody said that it does not belong here; that stays whatever is
 *     computed
 * @param label what it was called when it was entered
 */
public record Entry(
    String ticket,
    Kind kind,
    long ref,
    boolean computed,
    boolean excluded,
    String label,
    String by,
    Instant at) {
  /** What it is. */
  public enum Kind {
    ITEM("item"),
    PERSON("person"),
    TEAM("team");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(word);
    }
  }
}
