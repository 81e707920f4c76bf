/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

/**
 * What must hold for the items of a class and those beneath it, the retired ones apart.
 *
 * @param subject the field that must have a value, or the type of relations that there must be
 * @param days within which somebody must have verified an item, or a source have seen it
 */
public record AuditRule(
    long id, String name, String classKey, Kind kind, String subject, int days) {
  /** What it asks for. */
  public enum Kind {
    FIELD("field"),
    RELATION("relation"),
    FRESH("fresh");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static java.util.Optional<Kind> of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return java.util.Optional.of(kind);
        }
      }
      return java.util.Optional.empty();
    }
  }
}
