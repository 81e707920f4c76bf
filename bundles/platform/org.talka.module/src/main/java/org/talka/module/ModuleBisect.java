/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds the module that makes the desk unwell when nobody knows which: half of the suspects are
 * held back, somebody says whether it is better now, and so on until one is left. What is wanted of
 * the modules does not change. Goes on after a restart of the server. Any thread.
 */
@ProviderType
public interface ModuleBisect {
  /**
   * @param phase {@code none} (it was not begun), {@code moving} (modules are being held back or
   *     let in), {@code asking} (is it better now?), {@code found} or {@code innocent} (it is none
   *     of them)
   * @param suspects of whom it is one
   * @param held who is held back now
   * @param found which one it is; it is still held back
   * @param left how many answers are needed at most
   */
  record Status(
      String phase, List<String> suspects, List<String> held, Optional<String> found, int left) {}

  Status status();

  /**
   * Begins with the modules of third parties that run.
   *
   * @param all also with those that came with the desk
   * @throws org.talka.api.error.DomainException CONFLICT if it was begun, or no module runs
   */
  Status start(boolean all);

  /**
   * Answers the question.
   *
   * @param better whether the desk is well now
   * @throws org.talka.api.error.DomainException CONFLICT if nothing is asked
   */
  Status answer(boolean better);

  /** Lets everybody in again and forgets what was found. */
  Status stop();
}
