/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.osgi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.talka.persistence.MigrationOutcome;
import org.talka.persistence.MigrationRunner;
import org.talka.persistence.PendingChange;
import org.talka.persistence.unit.SharedDatabase;

/** Migrations of bundles on request. */
final class BundleMigrations implements MigrationRunner {
  private final SharedDatabase database;

  BundleMigrations(SharedDatabase database) {
    this.database = database;
  }

  @Override
  public List<PendingChange> pending(Bundle bundle) {
    try {
      Optional<String> unit = BundleUnit.name(bundle);
      Optional<byte[]> changelog = BundleUnit.changelog(bundle);
      return unit.isEmpty() || changelog.isEmpty()
          ? List.of()
          : database.pending(unit.get(), changelog.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<PendingChange> pending(String unit, byte[] changelog) {
    return database.pending(unit, changelog);
  }

  @Override
  public MigrationOutcome migrate(Bundle bundle) {
    return run(bundle, false);
  }

  @Override
  public MigrationOutcome contract(Bundle bundle) {
    return run(bundle, true);
  }

  private MigrationOutcome run(Bundle bundle, boolean contract) {
    try {
      Optional<String> unit = BundleUnit.name(bundle);
      Optional<byte[]> changelog = BundleUnit.changelog(bundle);
      return unit.isEmpty() || changelog.isEmpty()
          ? new MigrationOutcome.Migrated(List.of())
          : database.migrate(unit.get(), changelog.get(), contract);
    } catch (IOException | IllegalArgumentException e) {
      return new MigrationOutcome.Failed("", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public MigrationOutcome undo(String unit, Collection<String> changeSets) {
    return database.undo(unit, changeSets);
  }
}
