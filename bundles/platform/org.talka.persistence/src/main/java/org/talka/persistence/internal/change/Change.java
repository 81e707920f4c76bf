/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.util.List;
import java.util.Optional;

/** One element of a change set. */
public interface Change {
  /** What it does, for an administrator. */
  String summary();

  /** Whether the version before can't live with it. */
  boolean takesAway();

  List<String> statements(Dialect dialect);

  /** What takes it back, if that can be said without knowing the data. */
  Optional<List<String>> undo(Dialect dialect);
}
