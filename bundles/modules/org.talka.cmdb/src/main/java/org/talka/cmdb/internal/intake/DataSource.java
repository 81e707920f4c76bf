/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.Map;

/**
 * Where data comes from, and how much its word weighs: a value is replaced only by a source of the
 * same or of more weight than that of the one that said it.
 *
 * @param name {@code hand} for people
 * @param weight from 0 to 100
 * @param weights where it weighs differently, by field
 * @param version 0 while it is as usual
 */
public record DataSource(String name, int weight, Map<String, Integer> weights, long version) {
  /** What a source weighs that nobody has weighed; people weigh more. */
  public static final int USUAL = 50;

  public static final int HAND = 70;

  public DataSource {
    weights = Map.copyOf(weights);
  }

  public int weight(String field) {
    return weights.getOrDefault(field, weight);
  }
}
