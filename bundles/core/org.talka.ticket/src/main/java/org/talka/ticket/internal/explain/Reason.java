/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.explain;

import org.talka.api.security.GrantScope;
import org.talka.ticket.internal.access.Ground;

/** Why somebody may do something, or may not. */
public sealed interface Reason {
  /** The account is closed. */
  record Closed() implements Reason {}

  /** A permission reaches the ticket for this reason. */
  record Covered(Ground ground) implements Reason {}

  /** The permission is there; it is none that has to reach a ticket. */
  record Granted(String permission) implements Reason {}

  /** No role gives the permission. */
  record NotGranted(String permission) implements Reason {}

  /** The permission is there and does not reach this ticket. */
  record OutOfReach(String permission, GrantScope scope) implements Reason {}

  /** A module's rule was asked and leaves the ticket in sight. */
  record Left(String module) implements Reason {}

  /** A module's rule hides the ticket. */
  record Hidden(String module) implements Reason {}

  /** A module's rule can't be asked, so that its tickets are hidden. */
  record Away(String module) implements Reason {}

  /** It can't be asked, which hides nothing from who administers modules. */
  record Excused(String module) implements Reason {}

  /** Nobody does something with what they don't see. */
  record Unseen() implements Reason {}

  /** The module of the ticket's type is not here; nobody changes the ticket. */
  record ModuleGone(String module) implements Reason {}

  /** The step is open to whoever requested the ticket. */
  record Requested() implements Reason {}

  /** A module's condition closes the step. */
  record ClosedBy(String module) implements Reason {}

  /** The step waits for tasks. */
  record TasksOpen(long open) implements Reason {}
}
