/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.event;

import org.osgi.annotation.versioning.ConsumerType;
import org.talka.api.extension.ExtensionPoint;

/**
 * Reacts to what happened, after commit, in the order of the events, at least once each: use {@link
 * DomainEvent#id()} to recognise a repetition. The service property {@value #TYPES} narrows it.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.OBSERVER, budgetMillis = 5_000)
public interface DomainEventListener {
  /**
   * Service property: the event types it is told, a trailing {@code *} allowed; all when absent.
   */
  String TYPES = "talka.event.types";

  void on(DomainEvent event);
}
