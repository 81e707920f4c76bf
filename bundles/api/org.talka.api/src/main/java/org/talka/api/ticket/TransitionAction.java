/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.security.Caller;

/**
 * Changes the ticket while it passes a transition. The service property {@link TicketGuard#TYPES}
 * narrows it to some ticket types.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 50)
public interface TransitionAction {
  void apply(Context context);

  @ProviderType
  interface Context {
    Caller caller();

    Ticket ticket();

    /** The transition's key. */
    String transition();

    /** The state it leads to. */
    String to();

    /** What was filled in, by field name; empty while transitions are only listed. */
    Map<String, Object> changes();

    /** Sets a field as part of the transition. */
    void set(String field, Object value);
  }
}
