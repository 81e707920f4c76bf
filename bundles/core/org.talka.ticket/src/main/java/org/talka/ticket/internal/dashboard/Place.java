/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

/**
 * Where a widget stands on the grid, counted from the upper left, from 0.
 *
 * @param width in columns; likewise {@code height} in rows
 */
public record Place(int column, int row, int width, int height) {
  boolean overlaps(Place other) {
    return column < other.column + other.width
        && other.column < column + width
        && row < other.row + other.height
        && other.row < row + height;
  }
}
