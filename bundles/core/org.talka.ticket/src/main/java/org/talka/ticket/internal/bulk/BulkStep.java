/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.Conversation;
import org.talka.ticket.internal.service.TicketDesk;
import org.talka.ticket.internal.service.TicketReader;

/** Changes one of many tickets, through the same doors as if it were the only one. */
@Component(service = BulkStep.class)
public class BulkStep {
  private final TicketReader reader;
  private final TicketDesk desk;
  private final Conversation conversation;
  private final Transactions transactions;

  @Activate
  public BulkStep(
      @Reference TicketReader reader,
      @Reference TicketDesk desk,
      @Reference Conversation conversation,
      @Reference Transactions transactions) {
    this.reader = reader;
    this.desk = desk;
    this.conversation = conversation;
    this.transactions = transactions;
  }

  /**
   * As the caller of this thread, in a transaction of its own.
   *
   * @throws DomainException STALE when the ticket is not what the person saw; otherwise why not
   */
  void change(BulkTarget target, BulkChange change) {
    transactions.required(
        () -> {
          TicketImage before = reader.lock(target.key());
          if (target.version().filter(seen -> seen != before.version()).isPresent()) {
            throw DomainException.of(ErrorKind.STALE, "error.ticket.stale", "key", before.key());
          }
          Map<String, Object> values = values(before, change);
          if (!values.isEmpty()) {
            desk.update(before.key(), Optional.empty(), values, true);
          }
          if (change.transition().isPresent()) {
            desk.transition(
                before.key(),
                Optional.empty(),
                change.transition().get(),
                change.transitionFields(),
                change.note(),
                true,
                true);
          } else if (change.note().isPresent()) {
            conversation.say(before.key(), change.note().get(), true, List.of());
          }
          return null;
        });
  }

  private static Map<String, Object> values(TicketImage before, BulkChange change) {
    Map<String, Object> values = new LinkedHashMap<>(change.values());
    List<String> tags = new ArrayList<>(before.tags());
    tags.removeIf(tag -> change.removeTags().stream().anyMatch(tag::equalsIgnoreCase));
    for (String tag : change.addTags()) {
      if (tags.stream().noneMatch(tag::equalsIgnoreCase)) {
        tags.add(tag);
      }
    }
    if (!tags.equals(List.copyOf(before.tags()))) {
      values.put("tags", tags);
    }
    return values;
  }
}
