/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence;

import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/**
 * Runs migrations of bundles that need not be started, or even resolved. A bundle that has none is
 * up to date. Blocks on the database; any thread. A run is one transaction: it happens completely
 * or not at all, a crash included.
 */
@ProviderType
public interface MigrationRunner {
  /**
   * Change sets of the bundle that have not run here, in order.
   *
   * @throws IllegalArgumentException if the changelog can't be read, or a change set that ran has
   *     been edited since
   * @throws org.talka.api.persistence.DatabaseUnavailableException if the database can't be reached
   */
  List<PendingChange> pending(Bundle bundle);

  /**
   * The same for a changelog that is in no bundle yet.
   *
   * @param changelog the content of {@code META-INF/db/changelog.xml}
   * @throws IllegalArgumentException if it can't be read, or a change set that ran has been edited
   *     since
   * @throws org.talka.api.persistence.DatabaseUnavailableException if the database can't be reached
   */
  List<PendingChange> pending(String unit, byte[] changelog);

  /** Runs the new <em>expand</em> change sets, under which the version before still works. */
  MigrationOutcome migrate(Bundle bundle);

  /**
   * Runs the new <em>contract</em> change sets. Only once the version before won't come back.
   *
   * @return failed when expand change sets are still waiting
   */
  MigrationOutcome contract(Bundle bundle);

  /**
   * Takes change sets of a unit back, the latest first, and forgets that they ran. Works without
   * the bundle: what undoes a change set is stored when it runs.
   */
  MigrationOutcome undo(String unit, Collection<String> changeSets);
}
