/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.map;

import java.util.List;
import org.talka.cmdb.internal.graph.Edge;
import org.talka.cmdb.internal.graph.Node;

/**
 * Items with their places in a picture.
 *
 * @param lines relations between what is shown
 * @param width of the picture, in its own units
 * @param more whether there was no place for everything
 */
public record ItemMap(
    List<Place> places, List<Group> groups, List<Line> lines, int width, int height, boolean more) {
  /**
   * An item in the picture.
   *
   * @param level how far from the middle: below 0 what is needed, above what needs
   */
  public record Place(Node node, int level, int x, int y) {}

  /**
   * Many items of one class around the same item, drawn as one.
   *
   * @param id what {@link MapRequest#expanded} names to see them
   * @param parent the item that they are around
   */
  public record Group(
      String id, String classKey, int count, long parent, int level, int x, int y) {}

  /**
   * A relation, or that of an item with a group.
   *
   * @param edge an example for a group
   * @param group the group's id at its far end; empty for none
   */
  public record Line(Edge edge, String group, long item) {}
}
