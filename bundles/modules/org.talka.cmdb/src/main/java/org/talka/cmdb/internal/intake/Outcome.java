/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.error.FieldError;

/**
 * What became of a row, or would.
 *
 * @param number of the row, from 1
 * @param item the item that it made or was matched with
 * @param candidates the items that it could mean, when that was more than one; of a relation those
 *     that its source could be
 * @param others the items that the target of a relation could be
 * @param key the identity key that decided
 * @param changes the fields that it gave other values
 * @param held fields that a source of more weight has said, by that source
 */
public record Outcome(
    int number,
    Kind kind,
    Map<String, String> row,
    Optional<Long> item,
    List<Long> candidates,
    List<Long> others,
    String key,
    List<Change> changes,
    Map<String, String> held,
    List<FieldError> errors) {
  static Outcome refused(
      int number,
      Map<String, String> row,
      Optional<Long> item,
      String key,
      List<FieldError> errors) {
    return new Outcome(
        number, Kind.REFUSED, row, item, List.of(), List.of(), key, List.of(), Map.of(), errors);
  }

  static Outcome held(
      int number, Map<String, String> row, List<Long> candidates, List<Long> others, String key) {
    return new Outcome(
        number,
        Kind.QUARANTINED,
        row,
        Optional.empty(),
        candidates,
        others,
        key,
        List.of(),
        Map.of(),
        List.of());
  }

  /** What can become of a row. */
  public enum Kind {
    CREATED("created"),
    CHANGED("changed"),
    SAME("same"),
    /** It means several items, or none for certain. */
    QUARANTINED("quarantined"),
    /** Its values are wrong. */
    REFUSED("refused");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** A field that becomes another; empty for none. */
  public record Change(String field, String from, String to) {}
}
