/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many matches fall into each group. One with several values is in several groups.
 *
 * @param counts by value, the values in no order; for instants by the edge where the group begins,
 *     each group and in order
 * @param none how many have no value
 * @param more whether there were more matches than were looked at
 */
public record SearchTally(Map<String, Integer> counts, int none, boolean more) {
  public SearchTally {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
