/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * References from tickets to records of a module that are no tickets themselves: an article, a
 * configuration item. The desk keeps them, with a title, so that a ticket still says what it was
 * about when the module is gone. Which module it is follows from the bundle that takes the service;
 * a module sees and changes its own only.
 *
 * <p>Writes join the transaction of the thread, need the permission to change the ticket or to
 * write notes on it, and stand in its history. All methods block on the database.
 */
@ProviderType
public interface TicketReferences {
  /**
   * Adds a reference; one to the same record takes the new title.
   *
   * @throws org.talka.api.error.DomainException NOT_FOUND, FORBIDDEN, or CONFLICT when the ticket
   *     has 100 already
   */
  void add(String ticketKey, TicketReference reference);

  /** Does nothing when it is not there. */
  void remove(String ticketKey, String record);

  /** The module's references of the ticket, the oldest first. */
  List<TicketReference> of(String ticketKey);

  /** The record is called something else now: in all references to it. */
  void retitle(String record, String title, boolean internal);
}
