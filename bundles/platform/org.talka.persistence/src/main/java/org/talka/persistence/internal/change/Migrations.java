/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.change;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.persistence.MigrationOutcome;
import org.talka.persistence.PendingChange;
import org.talka.persistence.internal.ConnectionSource;

/**
 * Runs change sets. All of a run is one transaction together with the rows that say so, which both
 * databases allow for DDL, so that neither a failure nor a crash leaves half a schema.
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /** Says "no such table" or "no such schema" on either database. */
  private static final Set<String> MISSING = Set.of("42X05", "42Y07", "42P01", "3F000");

  /** Any number; all servers on one PostgreSQL take the same advisory lock with it. */
  private static final long LOCK = 0x74616C6B61L;

  /**
   * How long a change may wait for tables that requests use. What waits on PostgreSQL makes all
   * later requests wait behind it, so it gives way soon and comes again.
   */
  private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '2s'";

  /** Says on PostgreSQL that the lock did not come in time. */
  private static final String NO_LOCK = "55P03";

  private static final int TRIES = 5;

  /** A change may copy a large table; one that runs longer than this is given up. */
  private static final int STATEMENT_SECONDS = 600;

  /** What separates stored statements; no statement of ours holds it. */
  private static final String BETWEEN = "\n;;\n";

  private final ConnectionSource source;
  private final Dialect dialect;

  public Migrations(ConnectionSource source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  /**
   * What has not run.
   *
   * @throws IllegalArgumentException if a change set that ran has been edited since
   */
  public List<PendingChange> pending(String unit, Changelog changelog) throws SQLException {
    if (changelog.changeSets().isEmpty()) {
      return List.of();
    }
    try (Connection connection = source.open()) {
      return waiting(changelog, ran(connection, unit)).stream()
          .map(
              set ->
                  new PendingChange(
                      set.id(), set.description(), set.contract(), set.undo(dialect).isPresent()))
          .toList();
    }
  }

  /** Runs the expand change sets that are new. */
  public MigrationOutcome expand(String unit, Changelog changelog) throws SQLException {
    return run(unit, changelog, false);
  }

  /** Runs the contract change sets that are new. */
  public MigrationOutcome contract(String unit, Changelog changelog) throws SQLException {
    return run(unit, changelog, true);
  }

  private MigrationOutcome run(String unit, Changelog changelog, boolean contract)
      throws SQLException {
    if (changelog.changeSets().isEmpty()) {
      return new MigrationOutcome.Migrated(List.of());
    }
    // one at a time in this process; on PostgreSQL the advisory lock adds the other servers
    synchronized (this) {
      try (Connection connection = source.open()) {
        List<ChangeSet> todo = waiting(changelog, ran(connection, unit));
        if (contract && todo.stream().anyMatch(set -> !set.contract())) {
          return new MigrationOutcome.Failed("", "expand change sets of " + unit + " still wait");
        }
        if (todo.stream().noneMatch(set -> set.contract() == contract)) {
          return new MigrationOutcome.Migrated(List.of());
        }
        return inOneTransaction(connection, () -> runAll(connection, unit, changelog, contract));
      } catch (IllegalArgumentException e) {
        return new MigrationOutcome.Failed("", e.getMessage());
      }
    }
  }

  private MigrationOutcome runAll(
      Connection connection, String unit, Changelog changelog, boolean contract)
      throws SQLException {
    List<String> done = new ArrayList<>();
    lock(connection);
    createJournal(connection);
    // again, under the lock: another server may have run them meanwhile
    for (ChangeSet set : waiting(changelog, ran(connection, unit))) {
      if (set.contract() != contract) {
        continue;
      }
      long start = System.nanoTime();
      String reason = execute(connection, set.statements(dialect));
      if (!reason.isEmpty()) {
        return new MigrationOutcome.Failed(set.id(), reason);
      }
      remember(connection, unit, set);
      done.add(set.id());
      LOG.info(
          "migrated {}: {} ({}) in {} ms",
          unit,
          set.id(),
          set.description(),
          (System.nanoTime() - start) / 1_000_000);
    }
    return new MigrationOutcome.Migrated(done);
  }

  /** Takes change sets back, the latest first. */
  public MigrationOutcome undo(String unit, Collection<String> ids) throws SQLException {
    synchronized (this) {
      try (Connection connection = source.open()) {
        if (ran(connection, unit).isEmpty()) {
          return new MigrationOutcome.Migrated(List.of());
        }
        return inOneTransaction(connection, () -> undoAll(connection, unit, Set.copyOf(ids)));
      }
    }
  }

  private MigrationOutcome undoAll(Connection connection, String unit, Set<String> ids)
      throws SQLException {
    lock(connection);
    List<String> done = new ArrayList<>();
    for (Map.Entry<String, Optional<String>> stored : undoOf(connection, unit).entrySet()) {
      String id = stored.getKey();
      if (!ids.contains(id)) {
        continue;
      }
      if (stored.getValue().isEmpty()) {
        return new MigrationOutcome.Failed(id, "nothing says how to take it back");
      }
      List<String> statements =
          stored.getValue().get().isEmpty()
              ? List.of()
              : List.of(stored.getValue().get().split(BETWEEN));
      String reason = execute(connection, statements);
      if (!reason.isEmpty()) {
        return new MigrationOutcome.Failed(id, reason);
      }
      forget(connection, unit, id);
      done.add(id);
    }
    return new MigrationOutcome.Migrated(done);
  }

  /** Work on a connection that may fail. */
  private interface Work {
    MigrationOutcome run() throws SQLException;
  }

  private MigrationOutcome inOneTransaction(Connection connection, Work work) throws SQLException {
    MigrationOutcome outcome = once(connection, work);
    for (int more = TRIES - 1; more > 0 && wasLocked(outcome); more--) {
      outcome = once(connection, work);
    }
    return outcome;
  }

  private static boolean wasLocked(MigrationOutcome outcome) {
    return outcome instanceof MigrationOutcome.Failed failed && failed.reason().contains(NO_LOCK);
  }

  private static MigrationOutcome once(Connection connection, Work work) throws SQLException {
    connection.setAutoCommit(false);
    boolean keep = false;
    try {
      MigrationOutcome outcome = work.run();
      keep = outcome instanceof MigrationOutcome.Migrated;
      if (keep) {
        connection.commit();
      }
      return outcome;
    } finally {
      if (!keep) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  /** Empty, or why it failed. */
  private static String execute(Connection connection, List<String> statements)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // the pool's limit is for requests
      statement.setQueryTimeout(STATEMENT_SECONDS);
      for (String sql : statements) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          String state = String.valueOf(e.getSQLState());
          if (state.startsWith("08") || state.startsWith("57P")) {
            throw e;
          }
          return e.getMessage() + " (SQL state " + state + ") in: " + sql;
        }
      }
      return "";
    }
  }

  private static List<ChangeSet> waiting(Changelog changelog, Map<String, String> ran) {
    List<ChangeSet> waiting = new ArrayList<>();
    for (ChangeSet set : changelog.changeSets()) {
      String digest = ran.get(set.id());
      if (digest == null) {
        waiting.add(set);
      } else if (!digest.equals(set.digest())) {
        throw new IllegalArgumentException(
            "change set "
                + set.id()
                + " was edited after it had run; put the edit into a new change set");
      }
    }
    return waiting;
  }

  private static Map<String, String> ran(Connection connection, String unit) throws SQLException {
    Map<String, String> ran = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, digest FROM talka_changeset WHERE unit = ? ORDER BY position")) {
      query.setString(1, unit);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          ran.put(rows.getString(1), rows.getString(2));
        }
      }
    } catch (SQLException e) {
      if (!MISSING.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
    }
    return ran;
  }

  private static Map<String, Optional<String>> undoOf(Connection connection, String unit)
      throws SQLException {
    Map<String, Optional<String>> latestFirst = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, undo FROM talka_changeset WHERE unit = ? ORDER BY position DESC")) {
      query.setString(1, unit);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          latestFirst.put(rows.getString(1), Optional.ofNullable(rows.getString(2)));
        }
      }
    }
    return latestFirst;
  }

  private void lock(Connection connection) throws SQLException {
    if (dialect == Dialect.POSTGRESQL) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        statement.execute(LOCK_TIMEOUT);
      }
    }
  }

  private void createJournal(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(
                null,
                connection.getSchema(),
                dialect == Dialect.DERBY ? "TALKA_CHANGESET" : "talka_changeset",
                null)) {
      if (tables.next()) {
        return;
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE talka_changeset (unit varchar(100) NOT NULL, id varchar(200) NOT NULL,"
              + " position int NOT NULL, digest varchar(64) NOT NULL, undo "
              + dialect.type("clob")
              + ", ran_at timestamp NOT NULL,"
              + " CONSTRAINT talka_changeset_pk PRIMARY KEY (unit, id))");
    }
  }

  private void remember(Connection connection, String unit, ChangeSet set) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO talka_changeset (unit, id, position, digest, undo, ran_at)"
                + " VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM talka_changeset"
                + " WHERE unit = ?), ?, ?, ?)")) {
      insert.setString(1, unit);
      insert.setString(2, set.id());
      insert.setString(3, unit);
      insert.setString(4, set.digest());
      insert.setString(5, set.undo(dialect).map(s -> String.join(BETWEEN, s)).orElse(null));
      insert.setTimestamp(6, Timestamp.from(Instant.now()));
      insert.executeUpdate();
    }
  }

  private static void forget(Connection connection, String unit, String id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM talka_changeset WHERE unit = ? AND id = ?")) {
      delete.setString(1, unit);
      delete.setString(2, id);
      delete.executeUpdate();
    }
  }
}
