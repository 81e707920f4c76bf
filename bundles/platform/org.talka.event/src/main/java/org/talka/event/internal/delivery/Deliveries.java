/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.event.DomainEventListener;
import org.talka.api.persistence.Database;
import org.talka.event.EventConsumer;
import org.talka.event.internal.outbox.Outbox;
import org.talka.gate.Extension;

/** Everybody who follows the events. Its monitor guards who that is. */
final class Deliveries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final int CONSUMER_BATCH = 200;

  /** Smaller: a crash in the middle tells a listener this many again. */
  private static final int LISTENER_BATCH = 20;

  private final Outbox outbox;
  private final Cursors cursors;
  private final List<Duration> pauses;
  private final Map<EventConsumer, Follower> consumers = new HashMap<>();
  private final Map<Extension<DomainEventListener>, Follower> listeners = new HashMap<>();
  private boolean closed;

  /**
   * @param pauses between the tries of a listener that fails
   */
  Deliveries(Outbox outbox, Database database, Clock clock, List<Duration> pauses) {
    this.outbox = outbox;
    this.cursors = new Cursors(database, clock);
    this.pauses = pauses;
  }

  synchronized void add(EventConsumer consumer) {
    if (closed) {
      return;
    }
    String name = consumer.name();
    if (name.isEmpty() || name.length() > 200) {
      LOG.error("an event consumer's name has 1 to 200 characters: {}", consumer.getClass());
      return;
    }
    Follower follower =
        new Follower(
            "consumer:" + name,
            outbox,
            cursors,
            Follower.Start.OLDEST,
            CONSUMER_BATCH,
            (batch, stop) -> {
              consumer.consume(batch);
              return true;
            });
    consumers.put(consumer, follower);
    follower.begin();
  }

  void remove(EventConsumer consumer) {
    Follower follower;
    synchronized (this) {
      follower = consumers.remove(consumer);
    }
    if (follower != null) {
      follower.close();
    }
  }

  /** These are the listeners now. */
  void listeners(List<Extension<DomainEventListener>> now) {
    List<Follower> gone = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        return;
      }
      Set<Extension<DomainEventListener>> old = new HashSet<>(listeners.keySet());
      now.forEach(old::remove);
      old.forEach(extension -> gone.add(listeners.remove(extension)));
    }
    // the old one of the same name saves its place before the new one reads it
    gone.forEach(Follower::close);
    synchronized (this) {
      for (Extension<DomainEventListener> extension : now) {
        if (!closed && !listeners.containsKey(extension)) {
          Follower follower = follower(extension);
          listeners.put(extension, follower);
          follower.begin();
        }
      }
    }
  }

  private Follower follower(Extension<DomainEventListener> extension) {
    String full = "listener:" + extension.module() + ":" + extension.name();
    String name = full.length() > 300 ? full.substring(0, 300) : full;
    return new Follower(
        name,
        outbox,
        cursors,
        Follower.Start.NOW,
        LISTENER_BATCH,
        new ListenerDelivery(name, extension, cursors, pauses));
  }

  /** How far everybody is, the one that is farthest behind first. */
  synchronized List<DeliveryStatus> status() {
    long last = outbox.lastSequence();
    List<DeliveryStatus> all = new ArrayList<>();
    consumers.forEach(
        (consumer, follower) -> all.add(status(follower, "core", consumer.name(), true, last)));
    listeners.forEach(
        (listener, follower) ->
            all.add(
                status(
                    follower,
                    listener.module(),
                    DeliveryStatus.simple(follower.name()),
                    listener.available(),
                    last)));
    all.sort(
        Comparator.comparingLong(DeliveryStatus::behind)
            .reversed()
            .thenComparing(DeliveryStatus::consumer));
    return all;
  }

  private static DeliveryStatus status(
      Follower follower, String module, String name, boolean available, long last) {
    long behind = Math.max(0, last - follower.position());
    return new DeliveryStatus(follower.name(), module, name, available, behind);
  }

  /** The listener that is kept under a name, if it is here. */
  synchronized Optional<Extension<DomainEventListener>> listener(String consumer) {
    return listeners.entrySet().stream()
        .filter(entry -> entry.getValue().name().equals(consumer))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The number that everybody who follows now has got to; the last one when nobody does. */
  synchronized long allPassed() {
    List<Follower> all = new ArrayList<>(consumers.values());
    all.addAll(listeners.values());
    OptionalLong lowest = all.stream().mapToLong(Follower::position).min();
    return lowest.orElseGet(outbox::lastSequence);
  }

  @Override
  public void close() {
    List<Follower> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      all.addAll(consumers.values());
      all.addAll(listeners.values());
      consumers.clear();
      listeners.clear();
    }
    all.forEach(Follower::close);
  }
}
