/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

/**
 * A relation between two items, by the key of its type.
 *
 * @param weight as how many suppliers it counts, see {@link Weight}
 */
public record Edge(long relation, String type, long source, long target, int weight) {
  long other(long item) {
    return source == item ? target : source;
  }
}
