/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.event.DomainEvent;
import org.talka.api.event.DomainEventListener;
import org.talka.gate.Extension;

/**
 * Tells one listener of an extension. What it can't take after some tries is kept as a dead letter,
 * so that one event does not hold up all that follow.
 */
final class ListenerDelivery implements Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerDelivery.class);

  /** While its circuit is open a listener is not tried: its events wait. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final String name;
  private final Extension<DomainEventListener> listener;
  private final Cursors cursors;
  private final List<Duration> pauses;
  private final Set<String> types;

  /**
   * @param pauses the waits between tries; one try more than these
   */
  ListenerDelivery(
      String name,
      Extension<DomainEventListener> listener,
      Cursors cursors,
      List<Duration> pauses) {
    this.name = name;
    this.listener = listener;
    this.cursors = cursors;
    this.pauses = List.copyOf(pauses);
    this.types = listener.strings(DomainEventListener.TYPES);
  }

  @Override
  public boolean deliver(List<DomainEvent> batch, Stop stop) {
    for (DomainEvent event : batch) {
      if (wants(event.type()) && !told(event, stop)) {
        return false;
      }
    }
    return true;
  }

  private boolean wants(String type) {
    return types.isEmpty()
        || types.stream()
            .anyMatch(
                wanted ->
                    wanted.endsWith("*")
                        ? type.startsWith(wanted.substring(0, wanted.length() - 1))
                        : type.equals(wanted));
  }

  /** Waits until the listener may be called; false when the delivery is to stop. */
  private boolean called(Stop stop) {
    while (!stop.asked() && !listener.available()) {
      stop.within(LOOK_AGAIN);
    }
    return !stop.asked();
  }

  /** Whether it has heard it, or never will. */
  private boolean told(DomainEvent event, Stop stop) {
    for (int attempt = 0; called(stop); attempt++) {
      if (listener.tell(service -> service.on(event))) {
        return true;
      }
      if (attempt == pauses.size()) {
        cursors.bury(name, event, attempt + 1);
        LOG.warn(
            "{} could not be told event {} ({} of {}) in {} tries; it is kept as a dead letter",
            name,
            event.sequence(),
            event.type(),
            event.subject(),
            attempt + 1);
        return true;
      }
      stop.within(pauses.get(attempt));
    }
    return false;
  }
}
