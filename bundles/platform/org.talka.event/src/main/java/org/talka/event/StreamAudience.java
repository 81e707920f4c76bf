/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.Caller;

/**
 * Decides who sees an event on the stream, and what of it: a service. An event that no audience
 * claims is not sent; of several the one with the highest service ranking that answers wins.
 */
@ConsumerType
public interface StreamAudience {
  /**
   * What this caller is told. Called on a thread of the stream, once per open stream and event: it
   * must be quick, and ask the database only when it has to.
   *
   * @return absent when the event is none of its business or the caller may not see it
   */
  Optional<StreamMessage> message(Caller caller, DomainEvent event);
}
