/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence;

/** A database that persistence tests run on. */
public enum Engine {
  /** Embedded, in memory. */
  DERBY,
  /** A real server, started for the tests. */
  POSTGRESQL
}
