/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.talka.persistence.unit.DatabaseSettings;

/** The connections of this server. The database may be away when it is made, and come later. */
public final class Pool implements ConnectionSource, AutoCloseable {
  /** How long a request waits for a connection before it is told that the database is away. */
  private static final long WAIT_MILLIS = 2_000;

  private final Engine engine;
  private final DatabaseSettings settings;
  private boolean closed;
  private volatile HikariDataSource connections;

  public Pool(Engine engine, DatabaseSettings settings) {
    this.engine = engine;
    this.settings = settings;
  }

  @Override
  public Connection open() throws SQLException {
    HikariDataSource open = connections;
    return (open == null ? booted() : open).getConnection();
  }

  /** The engine first, by itself, because booting may take longer than a request should wait. */
  private synchronized HikariDataSource booted() throws SQLException {
    if (closed) {
      throw new SQLException("the database is closed", "08003");
    }
    if (connections == null) {
      engine.boot();
      connections = new HikariDataSource(config());
    }
    return connections;
  }

  private HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("talka-" + engine.product().toLowerCase(Locale.ROOT));
    config.setDataSource(engine.source());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(2);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setValidationTimeout(1_000);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setInitializationFailTimeout(-1);
    return config;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connections != null) {
      connections.close();
      connections = null;
    }
  }
}
