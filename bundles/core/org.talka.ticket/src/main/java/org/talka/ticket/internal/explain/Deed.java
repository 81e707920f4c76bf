/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.explain;

import java.util.Locale;

/** What can be done with a ticket, as far as it is one permission that decides. */
public enum Deed {
  SEE,
  REPLY,
  NOTE,
  /** Its values, its assignee among them. */
  CHANGE,
  /** To take one of the ways out of its state. */
  TRANSITION,
  /** That it is given to the person. */
  ASSIGNEE,
  /** To change how tickets of its type look and work. */
  ADMINISTER;

  /** As clients spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
