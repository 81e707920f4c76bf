/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.talka.api.event.DomainEvent;
import org.talka.api.event.DomainEvents;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Callers;
import org.talka.event.EventLog;

/** Events in memory, there only once the transaction has committed. */
public final class FakeEvents implements DomainEvents, EventLog {
  private final Transactions transactions;
  private final Callers callers;
  private final List<DomainEvent> events = new ArrayList<>();

  public FakeEvents(Transactions transactions, Callers callers) {
    this.transactions = transactions;
    this.callers = callers;
  }

  @Override
  public void publish(String type, String subject, Map<String, Object> data) {
    var actor = callers.current().person();
    transactions.afterCommit(
        () -> {
          synchronized (events) {
            long sequence = events.size() + 1L;
            events.add(
                new DomainEvent(
                    "e" + sequence, sequence, type, subject, Instant.now(), actor, data));
          }
        });
  }

  @Override
  public long lastSequence() {
    synchronized (events) {
      return events.size();
    }
  }

  @Override
  public List<DomainEvent> after(long sequence, int limit) {
    synchronized (events) {
      return events.stream().filter(e -> e.sequence() > sequence).limit(limit).toList();
    }
  }
}
