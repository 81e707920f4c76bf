/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import org.osgi.service.component.annotations.Component;
import org.talka.api.ticket.TicketGuard;
import org.talka.api.ticket.TransitionAction;

/**
 * A problem is a known error once its cause and a workaround are documented (ITIL v3 glossary), and
 * stops being one when its analysis starts over.
 */
@Component(property = TicketGuard.TYPES + "=problem")
public class ConfirmKnownError implements TransitionAction {
  @Override
  public void apply(Context context) {
    switch (context.transition()) {
      case "confirm-known-error" -> context.set("knownError", true);
      case "recur", "close" -> context.set("knownError", false);
      default -> {
        // the other transitions leave it as it is
      }
    }
  }
}
