/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.explain;

import java.util.List;
import java.util.Optional;

/**
 * Whether somebody may do something with a ticket, and why.
 *
 * @param transition the way, for {@link Deed#TRANSITION} alone
 * @param permission the one that is asked for
 * @param reasons all grounds when it is allowed, what is missing when it is not; never empty
 */
public record Verdict(
    Deed deed,
    Optional<String> transition,
    String permission,
    boolean allowed,
    List<Reason> reasons) {
  public Verdict {
    reasons = List.copyOf(reasons);
  }

  static Verdict of(Deed deed, String permission, boolean allowed, List<Reason> reasons) {
    return new Verdict(deed, Optional.empty(), permission, allowed, reasons);
  }

  static Verdict no(Deed deed, String permission, Reason reason) {
    return of(deed, permission, false, List.of(reason));
  }
}
