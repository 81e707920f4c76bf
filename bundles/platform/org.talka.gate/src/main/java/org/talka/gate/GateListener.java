/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of modules that misbehave. Called on the thread that noticed it, often a user's request:
 * must not block and not fail.
 */
@ConsumerType
public interface GateListener {
  /** An extension's circuit has changed its state to the one in the report. */
  void circuit(ExtensionReport extension);

  /**
   * @param detail figures and names for the administrator's reason and the log
   */
  void harm(String module, Harm harm, String detail);
}
