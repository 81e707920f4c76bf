/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.ticket.internal.model.TicketImage;

/**
 * New tickets that go on where a finished one ended: what is closed stays as it was, and whoever
 * takes up the new one sees what was before.
 */
@Component(service = FollowUps.class)
public class FollowUps {
  private final TicketDesk desk;
  private final Links links;
  private final Transactions transactions;

  @Activate
  public FollowUps(
      @Reference TicketDesk desk, @Reference Links links, @Reference Transactions transactions) {
    this.desk = desk;
    this.links = links;
    this.transactions = transactions;
  }

  /**
   * Creates a ticket as {@link TicketDesk#create} does for a client.
   *
   * @param follows the key of the one that it goes on from; the caller must see it
   */
  public TicketImage create(String type, Map<String, Object> values, Optional<String> follows) {
    if (follows.isEmpty()) {
      return desk.create(type, values, true);
    }
    return transactions.required(
        () -> {
          TicketImage created = desk.create(type, values, true);
          return links.follow(created, follows.get());
        });
  }
}
