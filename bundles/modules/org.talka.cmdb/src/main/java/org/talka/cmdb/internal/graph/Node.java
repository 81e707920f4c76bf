/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.util.List;
import java.util.Map;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.ItemKey;
import org.talka.cmdb.internal.schema.Redundancy;

/**
 * An item in the graph, with what the graph needs of it. Immutable.
 *
 * @param owner -1 for nobody
 * @param team -1 for none
 * @param edges all of its relations, either way, by relation
 * @param rules what it needs of its suppliers where that is not as its relation types say
 */
public record Node(
    long id,
    String name,
    String classKey,
    String status,
    long owner,
    long team,
    List<Edge> edges,
    Map<String, Redundancy> rules) {
  public String key() {
    return ItemKey.of(id);
  }

  /** Whether it is still part of what runs: what is retired neither fails nor holds anything up. */
  public boolean counts() {
    return !status.equals(Field.RETIRED);
  }
}
