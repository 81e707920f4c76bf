/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.util.List;

/**
 * By what a search can be narrowed down, and how much would be left.
 *
 * @param found how much is found now
 * @param more whether it is more than that, or more than was looked at
 */
public record Facets(int found, boolean more, List<Facet> facets) {
  /** So much is counted exactly; beyond it nobody reads the difference. */
  public static final int EXACT = 1_000;

  public Facets {
    facets = List.copyOf(facets);
  }

  /** A field with some of its values, those that are found most often first. */
  public record Facet(String field, List<Value> values) {
    public Facet {
      values = List.copyOf(values);
    }
  }

  /**
   * @param value as the index has it; {@code none} for what has no value
   * @param more whether it may be more than {@code count}
   */
  public record Value(String value, int count, boolean more, boolean chosen) {}
}
