/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection, or lends one of a pool. Thread-safe. */
public interface ConnectionSource {
  /** A connection that commits each statement; whoever gets it closes it. */
  Connection open() throws SQLException;
}
