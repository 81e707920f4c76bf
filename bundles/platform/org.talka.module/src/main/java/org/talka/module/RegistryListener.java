/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import org.osgi.annotation.versioning.ConsumerType;

/** A service that hears of every change of what is offered, to pass it on to open pages. */
@ConsumerType
public interface RegistryListener {
  /**
   * On the thread that changed it; must be short and not fail.
   *
   * @param generation see {@link Declarations#generation()}
   * @param module the module's id, or {@code core}
   * @param state the module's state, as {@link ModuleState} spells it; {@code CHANGED} when an
   *     administrator changed what is laid over the declarations
   */
  void changed(long generation, String module, String state);
}
