/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.util.Set;

/**
 * Remembers which modules hide records by a rule of their own, so that their records do not come
 * into the open while the rule is away, also after a restart.
 */
public interface RuleOwners {
  /** Ids of modules. */
  Set<String> all();

  void add(String module);

  void remove(String module);
}
