/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.osgi;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.talka.persistence.DatabaseStatus;
import org.talka.persistence.unit.SharedDatabase;

/** Answers what health asks. */
final class Status implements DatabaseStatus {
  private final SharedDatabase database;
  private final Supplier<Map<String, String>> units;

  Status(SharedDatabase database, Supplier<Map<String, String>> units) {
    this.database = database;
    this.units = units;
  }

  @Override
  public boolean reachable() {
    return trouble().isEmpty();
  }

  @Override
  public String name() {
    return database.product();
  }

  @Override
  public Optional<String> trouble() {
    return database.trouble();
  }

  @Override
  public Map<String, String> unitTrouble() {
    return units.get();
  }
}
