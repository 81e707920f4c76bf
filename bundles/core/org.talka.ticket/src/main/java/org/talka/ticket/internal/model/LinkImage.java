/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import org.talka.api.ticket.TicketId;

/** A link as it is stored, seen from neither end. */
public record LinkImage(long id, String type, TicketId from, TicketId to) {
  public TicketId other(TicketId end) {
    return from.equals(end) ? to : from;
  }
}
