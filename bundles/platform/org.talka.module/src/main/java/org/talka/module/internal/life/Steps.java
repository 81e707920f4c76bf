/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.List;
import org.talka.module.ModuleAction;

/** The steps of each operation, in order; their titles are under {@code module.step.<key>}. */
enum Steps {
  INSTALL(1.0, true),
  RESOLVE(0.1, true),
  MIGRATE(0.5, true),
  DRAIN(0.1, true),
  STOP(0.1, true),
  START(0.5, true),
  JOIN(0.1, true),
  DECLARE(0.1, true),
  ADMIT(0.1, true),
  COMMIT(0.1, false),
  WITHDRAW(0.1, true),
  UNINSTALL(0.1, true),
  CLEAN(0.1, false),
  /** Takes back the database changes of a version that did not prove itself. */
  UNDO(0.5, false),
  /** Database changes that the version before could not live with. */
  CONTRACT(0.5, false),
  /** Writes all records into a file. */
  EXPORT(2.0, true),
  /** Reads that file again. */
  VERIFY(1.0, true),
  ERASE(2.0, false),
  /** Whether an export can come back here. */
  CHECK(1.0, true),
  BRING(2.0, true),
  /** Not planned; what a failure makes necessary. */
  RESTORE(1.0, false);

  private final double seconds;
  private final boolean undoable;

  Steps(double seconds, boolean undoable) {
    this.seconds = seconds;
    this.undoable = undoable;
  }

  /** The step of a key. */
  static Steps of(String key) {
    return valueOf(key.toUpperCase(java.util.Locale.ROOT));
  }

  String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** About how long it takes. */
  double seconds() {
    return seconds;
  }

  /** Whether a failure after it takes it back. */
  boolean undoable() {
    return undoable;
  }

  /**
   * @param replaces whether another version runs now
   */
  static List<Steps> of(ModuleAction action, boolean replaces) {
    return switch (action) {
      case INSTALL, UPDATE, ROLLBACK ->
          replaces
              ? List.of(
                  INSTALL, RESOLVE, MIGRATE, DRAIN, STOP, START, JOIN, DECLARE, ADMIT, COMMIT,
                  CLEAN)
              : List.of(INSTALL, RESOLVE, MIGRATE, START, JOIN, DECLARE, ADMIT, COMMIT);
      case ENABLE -> List.of(INSTALL, RESOLVE, MIGRATE, START, JOIN, DECLARE, ADMIT, COMMIT);
      case DISABLE -> List.of(COMMIT, DRAIN, WITHDRAW, STOP);
      case UNINSTALL -> List.of(COMMIT, DRAIN, WITHDRAW, STOP, UNINSTALL);
      case QUARANTINE -> List.of(COMMIT, DRAIN, WITHDRAW, STOP);
      case CONTRACT -> List.of(COMMIT, CONTRACT);
      case PURGE -> List.of(EXPORT, VERIFY, COMMIT, ERASE);
      case IMPORT -> List.of(CHECK, BRING, COMMIT);
    };
  }
}
