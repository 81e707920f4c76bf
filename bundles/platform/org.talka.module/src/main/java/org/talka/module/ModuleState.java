/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

/** Where a module is in its life. */
public enum ModuleState {
  /** Its archive is known and checked, nothing is installed. */
  STAGED,
  INSTALLING,
  MIGRATING,
  STARTING,
  ACTIVE,
  /** Takes no new calls; those that run may finish. */
  DRAINING,
  /** Works, but not all of it: an extension fails again and again, or it says itself it is ill. */
  DEGRADED,
  /** Taken out because it did harm. */
  QUARANTINED,
  /** Something that it needs is gone. */
  WAITING,
  /** Stopped by an administrator; records stay readable. */
  DISABLED,
  /** An operation failed and what was before could not be had back, or there was nothing before. */
  FAILED,
  ROLLING_BACK,
  /** Its code is gone, its data is kept. */
  REMOVED,
  /** Its code is gone, its data was exported and removed. */
  PURGED
}
