/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.talka.ticket.internal.model.TicketImage;

/** What a figure finds. */
public sealed interface Answer {
  /**
   * @param more whether there are more than that
   */
  record Count(int count, boolean more) implements Answer {}

  /** The first of a list. */
  record Tickets(List<TicketImage> tickets, boolean more) implements Answer {
    public Tickets {
      tickets = List.copyOf(tickets);
    }
  }

  record Drawn(Chart chart) implements Answer {}

  /**
   * @param average to two places; absent without any value
   * @param count how many values there are
   * @param spread how often each value of the scale is there
   */
  record Average(Optional<BigDecimal> average, int count, Chart spread) implements Answer {}
}
