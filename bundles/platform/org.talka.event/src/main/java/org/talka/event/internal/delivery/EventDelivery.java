/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.event.DomainEventListener;
import org.talka.api.persistence.Database;
import org.talka.event.EventConsumer;
import org.talka.event.internal.outbox.Outbox;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;

/** Watches for those who want to be told. */
@Component(service = EventDelivery.class, immediate = true)
public final class EventDelivery implements ServiceTrackerCustomizer<EventConsumer, EventConsumer> {
  private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));

  private static final Duration KEPT = Duration.ofDays(30);

  private final BundleContext context;
  private final Outbox outbox;
  private final Deliveries deliveries;
  private final Extensions<DomainEventListener> listeners;
  private final ServiceTracker<EventConsumer, EventConsumer> consumers;
  private final ExecutorService clerk;

  @Activate
  public EventDelivery(
      BundleContext context,
      @Reference Outbox outbox,
      @Reference(target = "(talka.unit=event)") Database database,
      @Reference Gate gate) {
    this.context = context;
    this.outbox = outbox;
    this.deliveries = new Deliveries(outbox, database, Clock.systemUTC(), PAUSES);
    this.clerk =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "talka-event-clerk");
              thread.setDaemon(true);
              return thread;
            });
    this.consumers = new ServiceTracker<>(context, EventConsumer.class, this);
    consumers.open();
    this.listeners = gate.open(DomainEventListener.class);
    listeners.onChange(this::listenersChanged);
    listenersChanged();
  }

  /** Off the thread of whoever starts or stops an extension, and one change after the other. */
  private void listenersChanged() {
    try {
      clerk.execute(() -> deliveries.listeners(listeners.all()));
    } catch (java.util.concurrent.RejectedExecutionException e) {
      LOG.debug("delivery is stopping", e);
    }
  }

  /**
   * Deletes events that everybody has heard of, when they are old.
   *
   * @return how many
   */
  int deleteOld() {
    return outbox.deleteOld(Clock.systemUTC().instant().minus(KEPT), deliveries.allPassed());
  }

  Deliveries deliveries() {
    return deliveries;
  }

  @Deactivate
  public void close() {
    clerk.shutdownNow();
    listeners.close();
    consumers.close();
    deliveries.close();
  }

  @Override
  public EventConsumer addingService(ServiceReference<EventConsumer> reference) {
    EventConsumer consumer = context.getService(reference);
    if (consumer != null) {
      deliveries.add(consumer);
    }
    return consumer;
  }

  @Override
  public void modifiedService(ServiceReference<EventConsumer> reference, EventConsumer consumer) {
    // its name is for ever the same
  }

  @Override
  public void removedService(ServiceReference<EventConsumer> reference, EventConsumer consumer) {
    deliveries.remove(consumer);
    context.ungetService(reference);
  }
}
