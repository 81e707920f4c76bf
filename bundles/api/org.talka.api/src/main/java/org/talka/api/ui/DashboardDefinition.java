/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ui;

import java.util.List;

/**
 * A dashboard to begin with: everybody may look at it and keep a changed copy, nobody changes it.
 * Its name is translated under {@code dashboard.<key>}.
 *
 * @param permission who sees it, beside the right to have dashboards at all; all of them when null
 * @param refreshSeconds how often it looks again by itself; 0 for when tickets change only
 */
public record DashboardDefinition(
    String key, int order, String permission, int refreshSeconds, List<Placed> widgets) {
  public DashboardDefinition {
    widgets = widgets == null ? List.of() : List.copyOf(widgets);
  }

  /**
   * A widget where it stands on the grid of twelve columns.
   *
   * @param widget the module's id, a stroke and the widget's key, for example {@code
   *     core/desk.open}; the module need not be here
   * @param column of the left edge, from 0; likewise {@code row} of the upper edge
   */
  public record Placed(String widget, int column, int row, int width, int height) {}
}
