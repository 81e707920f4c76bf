/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import org.talka.api.text.Text;

/**
 * Takes a module out of service because it does harm, and lets it in again. Thread-safe; may be
 * called on any thread, also on one of the module's own.
 */
public interface Isolation {
  /**
   * Withdraws what the module declares, closes its doors and stops its code, as an operation in the
   * journal. What the administrator wants of the module stays as it is. Returns at once; does
   * nothing when the module is in quarantine already, is not meant to run, or is just being worked
   * on: who noticed the harm will notice it again.
   *
   * @param reason what it did, in words for an administrator
   */
  void quarantine(String module, Text reason);

  /**
   * Starts a module in quarantine again, as an operation in the journal. Returns at once.
   *
   * @throws org.talka.api.error.DomainException NOT_FOUND if there is no such module, CONFLICT if
   *     it is not in quarantine or somebody works on it
   */
  void release(String module);

  /** Whether the server runs without modules of third parties. */
  boolean safeMode();
}
