/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import java.time.Clock;
import java.util.OptionalLong;
import org.talka.api.event.DomainEvent;
import org.talka.api.persistence.Database;

/** Where everybody stands, and what could not be told. */
final class Cursors {
  private final Database database;
  private final Clock clock;

  Cursors(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  OptionalLong find(String consumer) {
    return database.read(
        em -> {
          CursorRow row = em.find(CursorRow.class, consumer);
          return row == null ? OptionalLong.empty() : OptionalLong.of(row.sequence());
        });
  }

  void save(String consumer, long sequence) {
    database.write(
        em -> {
          CursorRow.move(em, consumer, sequence, clock.instant());
          return null;
        });
  }

  /** Keeps an event that is given up, once however often that is said. */
  void bury(String consumer, DomainEvent event, int attempts) {
    database.write(
        em -> {
          DeadLetterRow.Key key = new DeadLetterRow.Key(consumer, event.sequence());
          if (em.find(DeadLetterRow.class, key) == null) {
            em.persist(new DeadLetterRow(consumer, event, attempts, clock.instant()));
          }
          return null;
        });
  }
}
