/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence;

import java.util.List;

/** How a migration ended. */
public sealed interface MigrationOutcome {
  /**
   * The schema is as the bundle needs it.
   *
   * @param ran ids of the change sets that ran just now, in order; empty when nothing was new
   */
  record Migrated(List<String> ran) implements MigrationOutcome {
    public Migrated {
      ran = List.copyOf(ran);
    }
  }

  /**
   * Nothing was changed.
   *
   * @param changeSet the id of the change set that failed; empty when it failed before the first
   * @param reason for the administrator
   */
  record Failed(String changeSet, String reason) implements MigrationOutcome {}
}
