/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import java.time.Instant;

/**
 * An item that takes the place of a text on all tickets that have it.
 *
 * @param total on how many tickets
 * @param done on how many of them it does
 * @param refused which somebody else had changed meanwhile, or who asked may not change any more
 * @param kept after it was undone: how many had been changed since and were left alone
 */
public record Matching(
    long id,
    String text,
    long item,
    String by,
    Instant at,
    State state,
    int total,
    int done,
    int refused,
    int kept) {
  /** How far it is. */
  public enum State {
    RUNNING("running"),
    DONE("done"),
    CANCELLED("cancelled"),
    UNDOING("undoing"),
    UNDONE("undone"),
    /** Nobody can go on in the name of who began it; what it had done by then is there. */
    STOPPED("stopped");

    private final String word;

    State(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /** Whether it goes on by itself, on this server or on the next. */
    boolean open() {
      return this == RUNNING || this == UNDOING;
    }

    static State of(String word) {
      for (State state : values()) {
        if (state.word.equals(word)) {
          return state;
        }
      }
      throw new IllegalArgumentException(word);
    }
  }
}
