/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.talka.api.text.Text;
import org.talka.api.ticket.TicketGuard;

/** Keeps incidents from being linked to a problem that nobody will work on. */
@Component(property = TicketGuard.TYPES + "=problem")
public class EndedProblemGuard implements TicketGuard {
  private static final Set<String> ENDED = Set.of("duplicate", "cancelled");

  @Override
  public void check(Context context) {
    if (context.operation() == Operation.LINK
        && context.link().filter(link -> link.type().equals(Workarounds.CAUSES)).isPresent()
        && ENDED.contains(context.after().state())) {
      context.reject("to", Text.of("error.problem.ended", "problem", context.after().key()));
    }
  }
}
