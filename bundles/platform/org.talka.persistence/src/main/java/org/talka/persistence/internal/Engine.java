/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.talka.persistence.internal.change.Dialect;
import org.talka.persistence.unit.DatabaseSettings;

/** What is different between the two databases. */
public sealed interface Engine permits DerbyEngine, PostgresqlEngine {
  /**
   * @throws IllegalArgumentException if the URL is of neither database
   */
  static Engine of(DatabaseSettings settings) {
    if (settings.url().startsWith("jdbc:derby:")) {
      return new DerbyEngine(settings);
    }
    if (settings.url().startsWith("jdbc:postgresql:")) {
      return new PostgresqlEngine(settings);
    }
    throw new IllegalArgumentException(
        "the database URL begins with jdbc:derby: or jdbc:postgresql: – not " + settings.url());
  }

  String product();

  Dialect dialect();

  /** Makes it ready for connections, if that is this process's business. */
  void boot() throws SQLException;

  /** Opens connections, not pooled. */
  DataSource source();

  /** The name of EclipseLink's platform. */
  String targetDatabase();

  /** The statement time-out that the client has to set on each statement; zero for none. */
  Duration clientTimeout(Duration wanted);

  /** Why no connection could be had, in a sentence for an administrator. */
  String trouble(SQLException e);

  /** Lets go of what the database holds in this process. */
  void shutDown();
}
