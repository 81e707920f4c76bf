/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.PersonId;
import org.talka.event.internal.outbox.EventData;

/** An event that a listener could not be told. It outlives the event in the outbox. */
@Entity
@Table(name = "event_dead_letter")
@IdClass(DeadLetterRow.Key.class)
public class DeadLetterRow {
  @Id private String consumer;

  @Id
  @Column(name = "seq")
  private long sequence;

  @Column(name = "event_id")
  private String eventId;

  private String type;
  private String subject;

  @Column(name = "happened_at")
  private Instant happenedAt;

  private Long actor;
  @Lob private String data;
  private int attempts;

  @Column(name = "given_up_at")
  private Instant givenUpAt;

  protected DeadLetterRow() {}

  DeadLetterRow(String consumer, DomainEvent event, int attempts, Instant now) {
    this.consumer = consumer;
    this.sequence = event.sequence();
    this.eventId = event.id();
    this.type = event.type();
    this.subject = event.subject();
    this.happenedAt = event.at();
    this.actor = event.actor().map(PersonId::value).orElse(null);
    this.data = EventData.write(event.data());
    this.attempts = attempts;
    this.givenUpAt = now;
  }

  DomainEvent event() {
    return new DomainEvent(
        eventId,
        sequence,
        type,
        subject,
        happenedAt,
        Optional.ofNullable(actor).map(PersonId::new),
        EventData.read(data));
  }

  /** It was tried again, and in vain. */
  void triedAgain() {
    attempts++;
  }

  DeadLetter letter() {
    return new DeadLetter(consumer, sequence, type, subject, happenedAt, attempts, givenUpAt);
  }

  /** Who was not told of what. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private String consumer;
    private long sequence;

    public Key() {}

    Key(String consumer, long sequence) {
      this.consumer = consumer;
      this.sequence = sequence;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.sequence == sequence
          && Objects.equals(key.consumer, consumer);
    }

    @Override
    public int hashCode() {
      return Objects.hash(consumer, sequence);
    }
  }
}
