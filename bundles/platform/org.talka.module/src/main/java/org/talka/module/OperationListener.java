/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import org.osgi.annotation.versioning.ConsumerType;

/** A service that hears how operations get on, to pass it on to open pages. */
@ConsumerType
public interface OperationListener {
  /**
   * An operation came to its next step, or ended; read it for more. On the thread that carries it
   * out; must be short and not fail.
   */
  void progressed(String operation, String module);
}
