/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

/**
 * A field that can be asked for.
 *
 * @param name as the API spells it
 * @param internal only found by callers whose {@link SearchRequest#internal} is set
 */
public record SearchField(String name, Kind kind, boolean internal) {
  public enum Kind {
    /** Analysed words. */
    TEXT,
    /** Exact values, one or several. */
    KEYWORD,
    NUMBER,
    /** An instant, ISO-8601. */
    INSTANT
  }
}
