/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.home;

import java.util.Locale;

/** Why a ticket is on the page of who asks what to do next. The most pressing first. */
public enum Reason {
  /** The day on which somebody needs it has passed. */
  OVERDUE,
  /** The requester said something and has no answer. */
  REPLIED,
  /** It waits for an approval that the caller may give. */
  APPROVAL,
  CRITICAL,
  HIGH,
  /** Somebody needs it today or tomorrow. */
  DUE,
  /** Nobody has taken it. */
  FREE,
  /** It is the caller's, and nobody has touched it for a while. */
  UNTOUCHED,
  /** It waits for somebody else. */
  WAITING,
  /** The caller looked at it. */
  VIEWED;

  /** As clients get it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
