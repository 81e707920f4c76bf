/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** How the database is. Any thread; an answer takes at most about two seconds. */
@ProviderType
public interface DatabaseStatus {
  /** Whether a statement gets through now. */
  boolean reachable();

  /** The product's name, for example {@code Derby} or {@code PostgreSQL}. */
  String name();

  /** Why it can't be reached, in a sentence for the administrator; absent when it can. */
  Optional<String> trouble();

  /** Persistence units that could not be opened: the unit's name and the reason. */
  Map<String, String> unitTrouble();
}
