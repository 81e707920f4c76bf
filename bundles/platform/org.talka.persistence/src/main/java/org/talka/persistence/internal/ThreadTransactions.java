/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.persistence.Transactions;

/**
 * Binds transactions to threads. A transaction takes its connection when the first unit needs it.
 */
public final class ThreadTransactions implements Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadTransactions.class);

  private static final long WAIT_MILLIS = 2_000;

  private final ThreadLocal<Transaction> current = new ThreadLocal<>();
  private final ConnectionSource pool;

  /**
   * Fewer than connections, so that a {@link #separate} transaction always finds one while the
   * transactions that wait for such hold all the others.
   */
  private final Semaphore outer;

  public ThreadTransactions(ConnectionSource pool, int connections) {
    this.pool = pool;
    this.outer = new Semaphore(connections - Math.max(1, connections / 4));
  }

  /** The transaction of this thread, or null. */
  Transaction current() {
    return current.get();
  }

  /** A connection outside any transaction; it commits each statement. */
  Connection plain() throws SQLException {
    return pool.open();
  }

  @Override
  public <T> T required(Supplier<T> work) {
    Transaction transaction = current.get();
    if (transaction == null) {
      return begun(work);
    }
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      transaction.doom(e);
      throw e;
    }
  }

  @Override
  public <T> T separate(Supplier<T> work) {
    return begun(work);
  }

  private <T> T begun(Supplier<T> work) {
    Transaction before = current.get();
    Transaction transaction = new Transaction(before == null ? this::outerConnection : this::plain);
    current.set(transaction);
    boolean committed = false;
    try {
      T result = work.get();
      transaction.commit();
      committed = true;
      return result;
    } catch (RuntimeException | Error e) {
      transaction.rollBack();
      throw e;
    } finally {
      // what runs afterwards is outside, on the committed data, and with the connection given back
      current.remove();
      try {
        if (transaction.tookConnection() && before == null) {
          outer.release();
        }
        transaction.tell(committed);
      } finally {
        if (before != null) {
          current.set(before);
        }
      }
    }
  }

  private Connection outerConnection() throws SQLException {
    try {
      if (!outer.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new DatabaseUnavailableException("all database connections are in use", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("interrupted while waiting for the database", e);
    }
    boolean got = false;
    try {
      Connection connection = pool.open();
      got = true;
      return connection;
    } finally {
      if (!got) {
        outer.release();
      }
    }
  }

  @Override
  public boolean active() {
    return current.get() != null;
  }

  @Override
  public void beforeCommit(Runnable action) {
    Transaction transaction = current.get();
    if (transaction == null) {
      throw new IllegalStateException("beforeCommit needs a transaction");
    }
    transaction.beforeCommit(action);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCompletion(
        committed -> {
          if (committed) {
            action.run();
          }
        });
  }

  @Override
  public void afterCompletion(Consumer<Boolean> action) {
    Transaction transaction = current.get();
    if (transaction == null) {
      action.accept(true);
    } else {
      transaction.afterCompletion(action);
    }
  }

  static void tell(Consumer<Boolean> action, boolean committed) {
    try {
      action.accept(committed);
    } catch (RuntimeException e) {
      // the transaction is over: nobody can act on this, and the other actions must still run
      LOG.error("an action after a transaction failed", e);
    }
  }
}
