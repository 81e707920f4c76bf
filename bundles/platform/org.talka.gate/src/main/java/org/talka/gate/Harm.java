/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

/** What a module can do to the desk besides failing; whoever notices it tells the gate. */
public enum Harm {
  /** It tried to end the process. */
  EXIT,
  /** It announces more events than the desk can take. */
  FLOOD,
  /** Its calls do not come back and hold the desk's threads. */
  STUCK
}
