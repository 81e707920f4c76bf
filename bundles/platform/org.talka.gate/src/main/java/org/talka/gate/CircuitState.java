/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

/** Whether an extension that failed is called; as in M. Nygard, Release It!, "Circuit Breaker". */
public enum CircuitState {
  /** It is called. */
  CLOSED,
  /** It failed too often and is not called for a while. */
  OPEN,
  /** One call at a time tries whether it works again. */
  HALF_OPEN
}
