/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An import.
 *
 * @param relations whether of relations and not of items
 * @param dry whether it only says what would happen
 * @param total how many rows there are
 * @param cancelling whether somebody has asked it to end
 * @param failure why it ended too early, as a key of the catalogue of words; empty if it did not
 * @param kept after it was undone: how many items were left as they are, since somebody changed
 *     them afterwards
 */
public record Run(
    long id,
    boolean relations,
    boolean dry,
    State state,
    String source,
    String classKey,
    String by,
    Instant at,
    Optional<Instant> endedAt,
    int total,
    Counts counts,
    boolean cancelling,
    String failure,
    OptionalLong file,
    Optional<Instant> undoneAt,
    Optional<String> undoneBy,
    int kept) {
  /** What became of its rows. */
  public record Counts(int read, int created, int changed, int same, int quarantined, int refused) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    Counts plus(Outcome outcome) {
      return switch (outcome.kind()) {
        case CREATED -> new Counts(read + 1, created + 1, changed, same, quarantined, refused);
        case CHANGED -> new Counts(read + 1, created, changed + 1, same, quarantined, refused);
        case SAME -> new Counts(read + 1, created, changed, same + 1, quarantined, refused);
        case QUARANTINED -> new Counts(read + 1, created, changed, same, quarantined + 1, refused);
        case REFUSED -> new Counts(read + 1, created, changed, same, quarantined, refused + 1);
      };
    }
  }

  /** How far it is. */
  public enum State {
    WAITING("waiting"),
    RUNNING("running"),
    DONE("done"),
    /** Somebody ended it; what it had done by then is there. */
    CANCELLED("cancelled"),
    /** It ended too early; what it had done by then is there. */
    FAILED("failed"),
    UNDOING("undoing"),
    UNDONE("undone");

    private final String word;

    State(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /** Whether it works, or waits for its turn. */
    public boolean open() {
      return this == WAITING || this == RUNNING || this == UNDOING;
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
