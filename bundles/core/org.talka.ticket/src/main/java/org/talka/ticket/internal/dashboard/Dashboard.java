/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.List;
import org.talka.ticket.internal.share.Shared;
import org.talka.ticket.internal.share.Sharing;

/**
 * Widgets on a grid that somebody named and kept.
 *
 * @param refreshSeconds how often it looks again by itself; 0 for when tickets change only
 * @param widgets none lies on another
 */
public record Dashboard(
    long id, String name, int refreshSeconds, List<Widget> widgets, Sharing sharing, long version)
    implements Shared {
  public Dashboard {
    widgets = List.copyOf(widgets);
  }
}
