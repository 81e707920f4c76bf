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
  /** Back to the version before. */
  ROLLBACK
}
