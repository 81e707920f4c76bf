/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.persistence.internal.change.Dialect;
import org.talka.persistence.unit.DatabaseSettings;

/** Derby inside this process: one folder, one process, nothing to install. */
final class DerbyEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(DerbyEngine.class);

  /** "Another instance of Derby may have already booted the database." */
  private static final String LOCKED = "XSDB6";

  private final String name;

  DerbyEngine(DatabaseSettings settings) {
    this.name = settings.url().substring("jdbc:derby:".length());
    if (name.contains(";")) {
      throw new IllegalArgumentException("a Derby URL has no attributes here: " + settings.url());
    }
    // Derby reads these once, when it boots; an administrator's own values win
    preset("derby.stream.error.file", inMemory() ? nowhere() : beside("derby.log"));
    preset("derby.locks.escalationThreshold", "200000");
    preset("derby.locks.deadlockTimeout", "2");
    preset("derby.locks.waitTimeout", "10");
    preset("derby.storage.pageCacheSize", "4000");
    preset("derby.language.statementCacheSize", "400");
    preset("derby.stream.error.logSeverityLevel", "40000");
  }

  private boolean inMemory() {
    return name.startsWith("memory:");
  }

  /** Nothing of a database in memory is worth a file. */
  private static String nowhere() {
    return System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null";
  }

  private String beside(String file) {
    Path folder = Path.of(name).toAbsolutePath().getParent();
    return folder == null ? file : folder.resolve(file).toString();
  }

  private static void preset(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  @Override
  public String product() {
    return "Derby";
  }

  @Override
  public Dialect dialect() {
    return Dialect.DERBY;
  }

  @Override
  public void boot() throws SQLException {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(name);
    if (!inMemory()) {
      makeFolder();
    }
    // only when it is missing, because asking to create one that exists is a warning each time
    if (inMemory() || !Files.exists(Path.of(name, "service.properties"))) {
      source.setCreateDatabase("create");
    }
    source.getConnection().close();
  }

  /** Derby writes its log there before it makes the database. */
  private void makeFolder() throws SQLException {
    Path folder = Path.of(name).toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new SQLException("the folder " + folder + " can't be made: " + e.getMessage(), e);
    }
  }

  @Override
  public DataSource source() {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(name);
    return source;
  }

  @Override
  public String targetDatabase() {
    return "Derby";
  }

  @Override
  public Duration clientTimeout(Duration wanted) {
    return wanted;
  }

  @Override
  public String trouble(SQLException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        for (SQLException next = sql; next != null; next = next.getNextException()) {
          if (LOCKED.equals(next.getSQLState())) {
            return "The database in "
                + name
                + " is in use by another process: stop that one, or choose another data folder.";
          }
        }
      }
    }
    return "The database in " + name + " can't be opened: " + rootMessage(e);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  @Override
  public void shutDown() {
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(name);
    if (inMemory()) {
      source.setConnectionAttributes("drop=true");
    } else {
      source.setShutdownDatabase("shutdown");
    }
    try {
      source.getConnection().close();
    } catch (SQLException e) {
      // Derby says that it shut down by an exception of state 08006; XJ004 says it never was up
      String state = String.valueOf(e.getSQLState());
      if (!state.equals("08006") && !state.equals("XJ004")) {
        LOG.warn("Derby did not shut down cleanly: {}", e.getMessage());
      }
    }
  }
}
