/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.event.DomainEvent;
import org.talka.api.event.DomainEventListener;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.gate.Extension;

/** What listeners could not be told: it is told once more when somebody wants it. Any thread. */
@Component(service = DeadLetters.class)
public class DeadLetters {
  private final Database database;
  private final Supplier<Deliveries> deliveries;
  private final Audit audit;

  @Activate
  public DeadLetters(
      @Reference(target = "(talka.unit=event)") Database database,
      @Reference EventDelivery delivery,
      @Reference Audit audit) {
    this(database, delivery::deliveries, audit);
  }

  DeadLetters(Database database, Supplier<Deliveries> deliveries, Audit audit) {
    this.database = database;
    this.deliveries = deliveries;
    this.audit = audit;
  }

  /** Who is told, and how far they are. */
  public List<DeliveryStatus> status() {
    return deliveries.get().status();
  }

  /**
   * The latest first.
   *
   * @param after the one to go on after
   */
  public List<DeadLetter> list(Optional<Key> after, int limit) {
    return database.read(
        em -> {
          String where =
              after.isEmpty()
                  ? ""
                  : " where d.sequence < :seq or d.sequence = :seq and d.consumer > :consumer";
          TypedQuery<DeadLetterRow> query =
              em.createQuery(
                  "select d from DeadLetterRow d" + where + " order by d.sequence desc, d.consumer",
                  DeadLetterRow.class);
          after.ifPresent(
              key ->
                  query
                      .setParameter("seq", key.sequence())
                      .setParameter("consumer", key.consumer()));
          return query.setMaxResults(limit).getResultList().stream()
              .map(DeadLetterRow::letter)
              .toList();
        });
  }

  /** Names one. */
  public record Key(String consumer, long sequence) {}

  /**
   * Tells the listener once more, on this thread for at most its budget; it is a dead letter no
   * longer when it was told.
   *
   * @throws DomainException NOT_FOUND; CONFLICT while the module is away, and when it failed again
   */
  public void tryAgain(Key key) {
    DomainEvent event = database.read(em -> row(em.find(DeadLetterRow.class, id(key))).event());
    Extension<DomainEventListener> listener =
        deliveries
            .get()
            .listener(key.consumer())
            .filter(Extension::available)
            .orElseThrow(() -> DomainException.conflict("error.event.delivery.away"));
    boolean told = listener.tell(service -> service.on(event));
    database.write(
        em -> {
          DeadLetterRow row = em.find(DeadLetterRow.class, id(key), LockModeType.PESSIMISTIC_WRITE);
          if (row != null && told) {
            em.remove(row);
          } else if (row != null) {
            row.triedAgain();
          }
          return null;
        });
    audit.recordAlways("delivery.retried", object(key), Map.of("told", Boolean.toString(told)));
    if (!told) {
      throw DomainException.conflict("error.event.delivery.failed");
    }
  }

  /**
   * Gives it up for good.
   *
   * @throws DomainException NOT_FOUND
   */
  public void forget(Key key) {
    database.write(
        em -> {
          em.remove(row(em.find(DeadLetterRow.class, id(key))));
          return null;
        });
    audit.recordAlways("delivery.forgotten", object(key), Map.of());
  }

  private static DeadLetterRow.Key id(Key key) {
    return new DeadLetterRow.Key(key.consumer(), key.sequence());
  }

  private static DeadLetterRow row(DeadLetterRow row) {
    if (row == null) {
      throw DomainException.notFound("error.event.delivery.unknown");
    }
    return row;
  }

  private static String object(Key key) {
    return "delivery:" + key.sequence() + ":" + DeliveryStatus.simple(key.consumer());
  }
}
