/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Optional;
import org.talka.api.text.Text;

/**
 * An OSGi service that is asked before a module's code starts together with the server, and that
 * hears of every start. Called on the thread that starts the module.
 */
public interface StartVeto {
  /**
   * Only while the server starts: why the module must not. It then begins in quarantine.
   *
   * @param firstParty whether it came with the desk
   * @return empty when it may start
   */
  Optional<Text> veto(String module, boolean firstParty);

  /** The module's code is about to run; what this writes must be durable when it returns. */
  void starting(String module);

  /** The module's start has returned, whether well or with a failure. */
  void started(String module);
}
