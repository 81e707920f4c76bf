/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

/**
 * What a workflow state means to the desk, whatever it is called (ITIL 4, "incident management"):
 * lists, clocks and progress go by it.
 */
public enum StateCategory {
  /** Nobody has taken it up. */
  NEW,
  /** Somebody works on it. */
  ACTIVE,
  /** It waits for somebody outside the team. */
  PENDING,
  /** Done, may be reopened. */
  RESOLVED,
  /** Final. */
  CLOSED;

  /** Whether work remains to be done. */
  public boolean open() {
    return this != RESOLVED && this != CLOSED;
  }
}
