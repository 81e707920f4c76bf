/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction: one connection, one entity manager for each unit that took part. Used by its
 * thread alone.
 *
 * <p>The entity managers believe that they commit; the connection they are lent ignores it (see
 * {@link LentConnection}), and only this class commits the real one, once all have written.
 */
final class Transaction {
  private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

  private final ConnectionSource source;
  private final Map<UnitDatabase, EntityManager> managers = new LinkedHashMap<>(4);
  private final Queue<Runnable> beforeCommit = new ArrayDeque<>(2);
  private final List<Consumer<Boolean>> afterCompletion = new ArrayList<>(2);
  private Connection real;
  private Connection lent;
  private boolean tookConnection;
  private Throwable doom;

  Transaction(ConnectionSource source) {
    this.source = source;
  }

  /** From now on it can only be rolled back. The first reason is kept. */
  void doom(Throwable reason) {
    if (doom == null) {
      doom = reason;
    }
  }

  boolean tookConnection() {
    return tookConnection;
  }

  /** The connection as the units see it. */
  Connection connection() throws SQLException {
    if (lent == null) {
      real = source.open();
      tookConnection = true;
      real.setAutoCommit(false);
      lent = LentConnection.of(real);
    }
    return lent;
  }

  /** The unit's entity manager in this transaction. */
  EntityManager manager(UnitDatabase unit) {
    EntityManager manager = managers.get(unit);
    if (manager == null) {
      unit.enter();
      boolean entered = false;
      try {
        manager = unit.newManager();
        manager.getTransaction().begin();
        managers.put(unit, manager);
        entered = true;
      } finally {
        if (!entered) {
          unit.leave();
        }
      }
    }
    return manager;
  }

  void beforeCommit(Runnable action) {
    beforeCommit.add(action);
  }

  void afterCompletion(Consumer<Boolean> action) {
    afterCompletion.add(action);
  }

  void commit() {
    for (Runnable action = beforeCommit.poll(); action != null; action = beforeCommit.poll()) {
      action.run();
    }
    if (doom != null) {
      throw doomed();
    }
    try {
      // each writes what it still holds; none of them reaches the real commit
      for (EntityManager manager : managers.values()) {
        manager.getTransaction().commit();
      }
      if (real != null) {
        real.commit();
      }
    } catch (SQLException e) {
      throw Failures.translate(e);
    } catch (RuntimeException e) {
      throw Failures.translate(e);
    }
    end();
  }

  /** Why a transaction that somebody let go on after a failure is not committed. */
  private RuntimeException doomed() {
    if (doom instanceof RuntimeException reason) {
      return reason;
    }
    return new IllegalStateException("the transaction had failed before", doom);
  }

  void rollBack() {
    beforeCommit.clear();
    for (EntityManager manager : managers.values()) {
      try {
        if (manager.getTransaction().isActive()) {
          manager.getTransaction().rollback();
        }
      } catch (RuntimeException e) {
        LOG.debug("an entity manager did not roll back", e);
      }
    }
    if (real != null) {
      try {
        real.rollback();
      } catch (SQLException e) {
        // the connection is broken; the server rolls back when it notices
        LOG.debug("roll-back failed", e);
      }
    }
    end();
  }

  private void end() {
    managers.forEach(
        (unit, manager) -> {
          try {
            manager.close();
          } catch (RuntimeException e) {
            LOG.debug("an entity manager did not close", e);
          } finally {
            unit.leave();
          }
        });
    managers.clear();
    if (real != null) {
      try {
        real.close();
      } catch (SQLException e) {
        LOG.debug("a connection did not close", e);
      }
      real = null;
    }
  }

  void tell(boolean committed) {
    afterCompletion.forEach(action -> ThreadTransactions.tell(action, committed));
  }
}
