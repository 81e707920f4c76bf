/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** How far somebody has got. Only its own thread moves it, so that it needs no version. */
@Entity
@Table(name = "event_cursor")
public class CursorRow {
  /** The consumer's name under which the deletion of old events keeps how far it got. */
  public static final String RETENTION = "retention";

  @Id private String consumer;

  @Column(name = "seq")
  private long sequence;

  @Column(name = "moved_at")
  private Instant movedAt;

  protected CursorRow() {}

  private CursorRow(String consumer) {
    this.consumer = consumer;
  }

  long sequence() {
    return sequence;
  }

  /** Moves the cursor, which is made when it does not exist. */
  public static void move(EntityManager em, String consumer, long sequence, Instant now) {
    CursorRow row = em.find(CursorRow.class, consumer);
    if (row == null) {
      row = new CursorRow(consumer);
      em.persist(row);
    }
    row.sequence = sequence;
    row.movedAt = now;
  }
}
