/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.talka.persistence.internal.change.Dialect;
import org.talka.persistence.unit.DatabaseSettings;

/** PostgreSQL, or what speaks its protocol. */
final class PostgresqlEngine implements Engine {
  /** A server that is away must not hold a request: connecting is quick or fails. */
  private static final int CONNECT_SECONDS = 2;

  private final DatabaseSettings settings;

  PostgresqlEngine(DatabaseSettings settings) {
    this.settings = settings;
  }

  @Override
  public String product() {
    return "PostgreSQL";
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public void boot() {
    // the server is somebody else's
  }

  @Override
  public DataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    if (!settings.user().isEmpty()) {
      source.setUser(settings.user());
      source.setPassword(settings.password());
    }
    source.setApplicationName("talka");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    // the server gives up first; this is for a server that no longer says anything
    source.setSocketTimeout((int) settings.statementTimeout().toSeconds() + 5);
    source.setOptions(
        "-c statement_timeout="
            + settings.statementTimeout().toMillis()
            + " -c lock_timeout=10000"
            + " -c idle_in_transaction_session_timeout=120000");
    source.setReWriteBatchedInserts(true);
    return source;
  }

  @Override
  public String targetDatabase() {
    return "PostgreSQL";
  }

  /** The server's statement_timeout does it, without a timer in the client. */
  @Override
  public Duration clientTimeout(Duration wanted) {
    return Duration.ZERO;
  }

  @Override
  public String trouble(SQLException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String url = settings.url().replaceAll("\\?.*$", "");
    return "The database at " + url + " can't be reached: " + root.getMessage();
  }

  @Override
  public void shutDown() {
    // the server goes on
  }
}
