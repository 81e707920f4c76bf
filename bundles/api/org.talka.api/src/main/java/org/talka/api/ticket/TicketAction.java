/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.security.Caller;

/**
 * Does the work of a {@link TicketActionDefinition}; the service property {@value #KEY} names it.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 1_000)
public interface TicketAction {
  /** Service property: the action's key. */
  String KEY = "talka.ticket.action";

  void perform(Context context);

  @ProviderType
  interface Context {
    Ticket ticket();

    Caller caller();

    /** What was filled in, by field key. */
    Map<String, Object> values();

    Optional<String> comment();
  }
}
