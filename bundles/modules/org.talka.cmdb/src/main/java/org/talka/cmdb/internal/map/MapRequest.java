/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.map;

import java.util.Set;

/**
 * What a map shows.
 *
 * @param depth how many relations from its middle
 * @param up whether what the item needs
 * @param down whether what needs the item
 * @param expanded the groups whose items are shown one by one
 */
public record MapRequest(long start, int depth, boolean up, boolean down, Set<String> expanded) {
  public MapRequest {
    expanded = Set.copyOf(expanded);
  }
}
