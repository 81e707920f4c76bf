/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.persistence.Tables;
import org.talka.persistence.unit.DatabaseSettings;
import org.talka.persistence.unit.OpenUnit;
import org.talka.persistence.unit.SharedDatabase;
import org.talka.persistence.unit.UnitDescription;

/**
 * A database with some persistence units of the class path on it, migrated. Thread-safe. Close it
 * to throw it away.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** What the platform itself keeps; never emptied. */
  private static final String JOURNAL = "talka_changeset";

  private final Engine engine;
  private final String url;
  private final SharedDatabase shared;
  private final Map<String, OpenUnit> units = new LinkedHashMap<>();

  private TestDatabase(Engine engine, String url, SharedDatabase shared) {
    this.engine = engine;
    this.url = url;
    this.shared = shared;
  }

  /**
   * Opens a new, empty database with these units.
   *
   * @throws IllegalArgumentException if a unit is not on the class path
   */
  public static TestDatabase open(Engine engine, String... units) {
    int number = NUMBERS.incrementAndGet();
    String url =
        switch (engine) {
          case DERBY -> "jdbc:derby:memory:test" + number;
          case POSTGRESQL -> PostgresServer.newDatabase();
        };
    SharedDatabase shared =
        SharedDatabase.of(
            new DatabaseSettings(url, "", "", 12, DatabaseSettings.STATEMENT_TIMEOUT));
    TestDatabase database = new TestDatabase(engine, url, shared);
    boolean opened = false;
    try {
      database.openUnits(number, units);
      opened = true;
      return database;
    } finally {
      if (!opened) {
        database.close();
      }
    }
  }

  private void openUnits(int number, String... names) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Map<String, UnitDescription> known = new LinkedHashMap<>();
    try {
      for (UnitDescription unit : UnitDescription.onClassPath(loader, "test " + number)) {
        known.put(unit.name(), unit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String name : names) {
      UnitDescription unit = known.get(name);
      if (unit == null) {
        throw new IllegalArgumentException(
            "no META-INF/persistence.xml on the class path has the unit \""
                + name
                + "\"; there are "
                + known.keySet());
      }
      units.put(name, shared.open(unit, true));
    }
  }

  public Engine engine() {
    return engine;
  }

  /** The unit's database, as the platform would offer it. */
  public Database unit(String name) {
    OpenUnit unit = units.get(name);
    if (unit == null) {
      throw new IllegalArgumentException("unit " + name + " is not open, only " + units.keySet());
    }
    return unit.database();
  }

  /** The only unit's database. */
  public Database unit() {
    if (units.size() != 1) {
      throw new IllegalStateException("say which unit: " + units.keySet());
    }
    return units.values().iterator().next().database();
  }

  public Transactions transactions() {
    return shared.transactions();
  }

  /** All tables, below the units. */
  public Tables tables() {
    return shared.tables();
  }

  /** Closes a unit as a module's stop would; its {@code Database} then refuses. */
  public void closeUnit(String name) {
    units.get(name).close(Duration.ofSeconds(10));
  }

  /** A connection of its own, past pool and units: for looking at what is really stored. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Removes all rows of all tables, but not the memory of what has been migrated. */
  public void clear() {
    try (Connection connection = connect()) {
      List<String> tables = tables(connection);
      // rows that others refer to go once those are gone
      for (int left = tables.size() + 1; !tables.isEmpty() && left > 0; left--) {
        tables.removeIf(table -> emptied(connection, table));
      }
      if (!tables.isEmpty()) {
        throw new IllegalStateException("these tables can't be emptied: " + tables);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(null, connection.getSchema(), null, new String[] {"TABLE"})) {
      while (found.next()) {
        String table = found.getString("TABLE_NAME");
        if (!table.equalsIgnoreCase(JOURNAL)) {
          tables.add(table);
        }
      }
    }
    return tables;
  }

  private static boolean emptied(Connection connection, String table) {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM " + table);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    shared.close();
    if (engine == Engine.POSTGRESQL) {
      PostgresServer.drop(url);
    }
  }

  @Override
  public String toString() {
    return "TestDatabase[" + engine + ", " + units.keySet() + "]";
  }
}
