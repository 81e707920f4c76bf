/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many tickets of a list fall into each group. One with several values is in several groups.
 *
 * @param counts by value, the most frequent first
 * @param none how many have no value
 * @param more whether there were more tickets than were looked at
 */
public record Spread(Map<String, Integer> counts, int none, boolean more) {
  public Spread {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
