/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.stream;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.event.StreamAudience;
import org.talka.event.StreamBroadcast;
import org.talka.event.StreamMessage;
import org.talka.event.StreamSession;
import org.talka.event.StreamSessions;
import org.talka.event.internal.outbox.Outbox;
import org.talka.module.Declarations;
import org.talka.module.OperationListener;
import org.talka.module.RegistryListener;
import org.talka.security.AppearanceListener;
import org.talka.security.SessionEnd;

/** The stream's services: what ends it, and what is told on it besides events. */
@Component(
    service = {
      EventStreams.class,
      StreamBroadcast.class,
      StreamSessions.class,
      SessionEnd.class,
      RegistryListener.class,
      OperationListener.class,
      AppearanceListener.class
    })
public final class EventStreams
    implements StreamBroadcast,
        StreamSessions,
        SessionEnd,
        RegistryListener,
        OperationListener,
        AppearanceListener {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final ServiceTracker<StreamAudience, StreamAudience> audiences;
  private final StreamHub hub;
  private final BundleContext context;
  private final SynchronousBundleListener goingDown = this::goingDown;

  @Activate
  public EventStreams(
      BundleContext context, @Reference Outbox outbox, @Reference Declarations declarations) {
    this.context = context;
    this.audiences = new ServiceTracker<>(context, StreamAudience.class, null);
    audiences.open();
    this.hub =
        new StreamHub(
            outbox,
            this::message,
            () -> Map.of("generation", declarations.generation()),
            HEARTBEAT);
    context.addBundleListener(goingDown);
  }

  /**
   * Streams never end by themselves, and the HTTP server, which stops before this bundle does,
   * would wait for them: they end as soon as the framework is told to stop.
   */
  private void goingDown(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING
        && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
      hub.close();
    }
  }

  private Optional<StreamMessage> message(Caller caller, DomainEvent event) {
    ServiceReference<StreamAudience>[] references = audiences.getServiceReferences();
    if (references == null) {
      return Optional.empty();
    }
    List<ServiceReference<StreamAudience>> best =
        references.length == 1
            ? List.of(references[0])
            : Arrays.stream(references).sorted(Comparator.reverseOrder()).toList();
    for (ServiceReference<StreamAudience> reference : best) {
      StreamAudience audience = audiences.getService(reference);
      if (audience != null) {
        Optional<StreamMessage> message = audience.message(caller, event);
        if (message.isPresent()) {
          return message;
        }
      }
    }
    return Optional.empty();
  }

  StreamHub hub() {
    return hub;
  }

  @Override
  public void send(String event, Map<String, Object> data) {
    hub.send(event, data);
  }

  @Override
  public void send(Set<PersonId> people, String event, Map<String, Object> data) {
    hub.send(people, event, data);
  }

  @Override
  public int end(Predicate<StreamSession> which) {
    return hub.end(which);
  }

  @Override
  public int open() {
    return hub.open();
  }

  @Override
  public void ended(String sessionId) {
    hub.end(session -> session.sessionId().equals(Optional.of(sessionId)));
  }

  @Override
  public void changed(long generation, String module, String state) {
    hub.send("modules", Map.of("generation", generation, "module", module, "state", state));
  }

  /** Says only that there is something to read: who may not read it learns nothing. */
  @Override
  public void progressed(String operation, String module) {
    hub.send("operation", Map.of("id", operation, "module", module));
  }

  @Override
  public void appearanceChanged(String version) {
    hub.send("appearance", Map.of("version", version));
  }

  @Deactivate
  public void close() {
    context.removeBundleListener(goingDown);
    hub.close();
    audiences.close();
  }
}
