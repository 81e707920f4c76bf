/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.cmdb.internal.schema.Redundancy;

/**
 * What a walk found.
 *
 * @param reached by id, in the order of their depth and then of their ids; the start is not in it
 * @param held what lost suppliers and works on
 * @param limit what ended the walk early: {@code depth}, {@code nodes} or {@code time}
 */
public record Reach(Map<Long, Reached> reached, List<Hold> held, Optional<String> limit) {
  /**
   * An item that the failure gets to.
   *
   * @param depth how many relations away
   * @param why what decided it
   * @param causes the needs that failed, by relation; each leads to an item one step nearer or as
   *     near as any
   */
  public record Reached(long id, int depth, Balance why, List<Graph.Need> causes) {}

  /** An item that lost some suppliers of a type and has enough of them left. */
  public record Hold(long id, Balance why, List<Graph.Need> failed) {}

  /**
   * How it stands with the suppliers of one item by one relation type, counted as {@link
   * Redundancy#units} does.
   *
   * @param needed how many must work
   */
  public record Balance(String type, Redundancy rule, int suppliers, int failed, int needed) {
    public boolean works() {
      return suppliers - failed >= needed;
    }
  }
}
