/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.unit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.persistence.Transactions;
import org.talka.persistence.MigrationOutcome;
import org.talka.persistence.PendingChange;
import org.talka.persistence.Tables;
import org.talka.persistence.internal.DatabaseTables;
import org.talka.persistence.internal.Engine;
import org.talka.persistence.internal.Failures;
import org.talka.persistence.internal.Pool;
import org.talka.persistence.internal.ThreadTransactions;
import org.talka.persistence.internal.UnitDatabase;
import org.talka.persistence.internal.UnitFactory;
import org.talka.persistence.internal.change.Changelog;
import org.talka.persistence.internal.change.ChangelogReader;
import org.talka.persistence.internal.change.Migrations;

/**
 * One database with all persistence units on it, and the transaction that they share. Thread-safe.
 * Making one does not connect: whether the database can be reached shows when it is used, and it
 * may come and go meanwhile.
 */
public final class SharedDatabase implements AutoCloseable {
  /** How long a unit that is still in use is waited for when the database is closed. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Engine engine;
  private final Pool pool;
  private final ThreadTransactions transactions;
  private final Migrations migrations;
  private final UnitFactory factory;
  private final List<UnitDatabase> units = new CopyOnWriteArrayList<>();

  private SharedDatabase(DatabaseSettings settings) {
    this.engine = Engine.of(settings);
    this.pool = new Pool(engine, settings);
    this.transactions = new ThreadTransactions(pool, settings.connections());
    this.migrations = new Migrations(pool, engine.dialect());
    this.factory = new UnitFactory(engine, transactions, settings.statementTimeout());
  }

  /**
   * @throws IllegalArgumentException if the URL is of neither kind
   */
  public static SharedDatabase of(DatabaseSettings settings) {
    return new SharedDatabase(settings);
  }

  /** The product's name. */
  public String product() {
    return engine.product();
  }

  /** The transactions of all units. */
  public Transactions transactions() {
    return transactions;
  }

  /** All tables, below the units. */
  public Tables tables() {
    return new DatabaseTables(transactions, this::migrate);
  }

  /**
   * Runs the unit's expand migrations and opens it. With {@code contract} the contract migrations
   * run too; they do in any case when the unit never was here, since no old version can miss what
   * they take away.
   *
   * @throws UnitException if that fails; the schema is then as before
   * @throws DatabaseUnavailableException if the database can't be reached
   */
  public OpenUnit open(UnitDescription unit, boolean contract) {
    migrate(unit, contract);
    return open(unit);
  }

  /**
   * Opens a unit whose migrations are somebody else's to run.
   *
   * @throws UnitException if expand migrations still wait: its classes would find no tables
   * @throws DatabaseUnavailableException if the database can't be reached
   */
  public OpenUnit openMigrated(UnitDescription unit) {
    try {
      if (migrations.pending(unit.name(), unit.migrations()).stream()
          .anyMatch(change -> !change.contract())) {
        throw new UnitException(
            "migrations of persistence unit " + unit.name() + " have not been run", null);
      }
    } catch (IllegalArgumentException e) {
      throw new UnitException(
          "migrations of persistence unit " + unit.name() + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw unavailable(e);
    }
    return open(unit);
  }

  private OpenUnit open(UnitDescription unit) {
    UnitDatabase opened;
    try {
      opened = factory.open(unit);
    } catch (RuntimeException e) {
      RuntimeException translated = Failures.translate(e);
      if (translated instanceof DatabaseUnavailableException) {
        throw translated;
      }
      throw new UnitException(
          "persistence unit " + unit.name() + " can't be opened: " + rootMessage(e), e);
    }
    units.add(opened);
    opened.onClose(() -> units.remove(opened));
    return opened;
  }

  private void migrate(UnitDescription unit, boolean contract) {
    try {
      Changelog changelog = unit.migrations();
      boolean first =
          migrations.pending(unit.name(), changelog).size() == changelog.changeSets().size();
      require(unit, migrations.expand(unit.name(), changelog));
      if (contract || first) {
        require(unit, migrations.contract(unit.name(), changelog));
      }
    } catch (IllegalArgumentException e) {
      throw new UnitException(
          "migrations of persistence unit " + unit.name() + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static void require(UnitDescription unit, MigrationOutcome outcome) {
    if (outcome instanceof MigrationOutcome.Failed failed) {
      throw new UnitException(
          "migrations of persistence unit "
              + unit.name()
              + " failed"
              + (failed.changeSet().isEmpty() ? "" : " in change set " + failed.changeSet())
              + "; the schema is as before: "
              + failed.reason(),
          null);
    }
  }

  /**
   * What of the changelog has not run.
   *
   * @throws IllegalArgumentException if it can't be read or was edited after it had run
   * @throws DatabaseUnavailableException if the database can't be reached
   */
  public List<PendingChange> pending(String unit, byte[] changelog) {
    try {
      return migrations.pending(unit, ChangelogReader.read(changelog));
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** Runs what is new: expand change sets, or contract change sets. */
  public MigrationOutcome migrate(String unit, byte[] changelog, boolean contract) {
    try {
      Changelog read = ChangelogReader.read(changelog);
      return contract ? migrations.contract(unit, read) : migrations.expand(unit, read);
    } catch (IllegalArgumentException e) {
      return new MigrationOutcome.Failed("", String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      return new MigrationOutcome.Failed("", unavailable(e).getMessage());
    }
  }

  /** Takes change sets back. */
  public MigrationOutcome undo(String unit, Collection<String> changeSets) {
    try {
      return migrations.undo(unit, changeSets);
    } catch (SQLException e) {
      return new MigrationOutcome.Failed("", unavailable(e).getMessage());
    }
  }

  /** Why the database can't be reached now, in a sentence; absent when it can. */
  public Optional<String> trouble() {
    try (Connection connection = pool.open()) {
      return connection.isValid(2)
          ? Optional.empty()
          : Optional.of("The database does not answer.");
    } catch (SQLException e) {
      return Optional.of(engine.trouble(e));
    }
  }

  private DatabaseUnavailableException unavailable(SQLException e) {
    return new DatabaseUnavailableException(engine.trouble(e), e);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Closes all units and the database. */
  @Override
  public void close() {
    new ArrayList<>(units).forEach(unit -> unit.close(CLOSING));
    pool.close();
    engine.shutDown();
  }
}
