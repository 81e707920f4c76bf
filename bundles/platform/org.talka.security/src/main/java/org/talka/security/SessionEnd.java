/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

/** Told when a session ends (sign-out, revoked, person disabled or changed roles): a service. */
public interface SessionEnd {
  /** On the thread that ended it, after commit; must be short. */
  void ended(String sessionId);
}
