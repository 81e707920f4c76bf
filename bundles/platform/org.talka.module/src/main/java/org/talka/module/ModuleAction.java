/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

/** What can be done with a module. */
public enum ModuleAction {
  INSTALL,
  UPDATE,
  /** Stops it; its records stay readable and searchable. */
  DISABLE,
  ENABLE,
  /** Takes its code away; its archive and its data are kept. */
  UNINSTALL,
  /** Takes its data away, too. */
  PURGE,
  /** Brings its data back from the export that a purge has made. */
  IMPORT,
  /** Back to the version before. */
  ROLLBACK,
  /** Takes a module out that does harm; nobody plans it. */
  QUARANTINE,
  /**
   * Database changes that take away what the version before needs, once the new one has proved
   * itself; nobody plans it.
   */
  CONTRACT;

  /** Whether an administrator can ask for it; the others are the life cycle's own. */
  public boolean isAskable() {
    return this != QUARANTINE && this != CONTRACT && this != IMPORT;
  }
}
