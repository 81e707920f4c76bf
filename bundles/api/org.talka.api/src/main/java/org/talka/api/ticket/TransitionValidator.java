/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.security.Caller;

/**
 * May refuse a transition with errors on fields. The service property {@link TicketGuard#TYPES}
 * narrows it to some ticket types.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 50)
public interface TransitionValidator {
  void validate(Context context);

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

    /** Refuses; with null for {@code field} when no single field is to blame. */
    void reject(String field, org.talka.api.text.Text reason);
  }
}
