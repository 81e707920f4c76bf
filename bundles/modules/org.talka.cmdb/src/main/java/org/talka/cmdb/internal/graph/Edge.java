/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

/** A relation between two items, by the key of its type. */
public record Edge(long relation, String type, long source, long target) {
  long other(long item) {
    return source == item ? target : source;
  }
}
