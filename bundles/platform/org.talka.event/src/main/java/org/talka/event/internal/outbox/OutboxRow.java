/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.PersonId;

/** A stored event. Rows are only ever added and, when they are old, deleted. */
@Entity
@Table(name = "event_outbox")
public class OutboxRow {
  @Id
  @Column(name = "seq")
  private long sequence;

  private String id;
  private String type;
  private String subject;

  @Column(name = "happened_at")
  private Instant happenedAt;

  private Long actor;
  @Lob private String data;

  protected OutboxRow() {}

  OutboxRow(DomainEvent event) {
    sequence = event.sequence();
    id = event.id();
    type = event.type();
    subject = event.subject();
    happenedAt = event.at();
    actor = event.actor().map(PersonId::value).orElse(null);
    data = EventData.write(event.data());
  }

  DomainEvent event() {
    return new DomainEvent(
        id,
        sequence,
        type,
        subject,
        happenedAt,
        Optional.ofNullable(actor).map(PersonId::new),
        EventData.read(data));
  }
}
