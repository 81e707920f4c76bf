/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.persistence.unit.OpenUnit;

/** An open persistence unit. */
public final class UnitDatabase implements Database, OpenUnit {
  private static final Logger LOG = LoggerFactory.getLogger(UnitDatabase.class);

  private final String name;
  private final EntityManagerFactory factory;
  private final ThreadTransactions transactions;
  private final Lease lease = new Lease();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable onClose = () -> {};

  UnitDatabase(String name, EntityManagerFactory factory, ThreadTransactions transactions) {
    this.name = name;
    this.factory = factory;
    this.transactions = transactions;
  }

  @Override
  public <T> T read(Function<EntityManager, T> work) {
    Transaction transaction = transactions.current();
    if (transaction != null) {
      return inside(transaction, work);
    }
    enter();
    try {
      EntityManager manager = newManager();
      try {
        return work.apply(manager);
      } finally {
        manager.close();
      }
    } catch (RuntimeException e) {
      throw Failures.translate(e);
    } finally {
      leave();
    }
  }

  @Override
  public <T> T write(Function<EntityManager, T> work) {
    return transactions.required(() -> inside(transactions.current(), work));
  }

  private <T> T inside(Transaction transaction, Function<EntityManager, T> work) {
    try {
      return work.apply(transaction.manager(this));
    } catch (RuntimeException e) {
      RuntimeException translated = Failures.translate(e);
      if (translated != e) {
        // the database said no: whoever catches this can't go on with half of the work
        transaction.doom(translated);
      }
      throw translated;
    }
  }

  void enter() {
    if (!lease.enter()) {
      throw new DatabaseUnavailableException("persistence unit " + name + " is closing", null);
    }
  }

  void leave() {
    lease.leave();
  }

  EntityManager newManager() {
    return factory.createEntityManager();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Database database() {
    return this;
  }

  /** Runs {@code action} once it is closed. */
  public void onClose(Runnable action) {
    onClose = action;
  }

  @Override
  public boolean close(Duration wait) {
    boolean empty = lease.close(wait);
    if (closed.compareAndSet(false, true)) {
      if (!empty) {
        LOG.warn(
            "persistence unit {} is closed although somebody is still inside after {}", name, wait);
      }
      factory.close();
      onClose.run();
    }
    return empty;
  }

  @Override
  public String toString() {
    return "Database[" + name + "]";
  }
}
