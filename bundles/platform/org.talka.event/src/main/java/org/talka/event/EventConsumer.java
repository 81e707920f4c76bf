/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.talka.api.event.DomainEvent;

/**
 * A part of the platform or of the desk that follows all events: a service. Extensions implement
 * {@link org.talka.api.event.DomainEventListener} instead.
 *
 * <p>Its place in the order of events is kept by {@link #name}; a name that is new begins with the
 * oldest event that is still kept. Each consumer has a thread of its own, so that one that waits
 * does not hold up the others.
 */
@ConsumerType
public interface EventConsumer {
  /** Unique and for ever the same, at most 200 characters. */
  String name();

  /**
   * Takes the next events. They come in order, at least once each: after a crash, or when this
   * throws, the same ones come again. When it returns they count as dealt with for good: whoever
   * keeps something of them must have kept it durably by then.
   *
   * @param batch never empty
   * @throws RuntimeException to be called again with the same events, first soon, then less often
   */
  void consume(List<DomainEvent> batch);
}
