/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.module.internal.store.OperationRecord;

/** Brings all modules up when the server starts, each after those that it needs. */
final class ModuleStart {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleStart.class);

  /** The desk is ready by then, whatever its modules do; those that are not go on starting. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private static final Duration DATABASE_AGAIN = Duration.ofSeconds(1);

  private final LifeCycle lifeCycle;
  private final OperationEngine engine;
  private final Dependencies dependencies;
  private final Busy busy;
  private final Workers workers;

  ModuleStart(
      LifeCycle lifeCycle,
      OperationEngine engine,
      Dependencies dependencies,
      Busy busy,
      Workers workers) {
    this.lifeCycle = lifeCycle;
    this.engine = engine;
    this.dependencies = dependencies;
    this.busy = busy;
    this.workers = workers;
  }

  /**
   * Waits for the desk, starts its modules, and puts right what was cut off. On the start thread.
   *
   * @param ready is called once all have settled, or have had their time
   */
  void run(CoreStart core, Runnable ready) {
    if (!core.await(workers::isStopped)) {
      if (workers.isStopped()) {
        return;
      }
      LOG.warn("Not all bundles of the desk have started; the modules start without them");
    }
    try {
      List<OperationRecord> cutOff = new ArrayList<>();
      List<String> modules = modulesOnceTheDatabaseIsThere(cutOff);
      CountDownLatch settled = bringUp(modules);
      if (!settled.await(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS) && !workers.isStopped()) {
        LOG.warn("The desk is ready; these modules still start: {}", busy.modules());
      }
      if (!workers.isStopped()) {
        cutOff.forEach(engine::recall);
        ready.run();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      if (!workers.isStopped()) {
        LOG.error("The modules could not be started", failure);
      }
    }
  }

  private CountDownLatch bringUp(List<String> modules) {
    CountDownLatch settled = new CountDownLatch(modules.size());
    busy.take(modules, Workers.SELF);
    StartOrder order = new StartOrder(modules, dependencies::providers);
    for (String module : modules) {
      workers.execute(
          () -> {
            try {
              order.await(module);
              bringUp(module);
            } catch (InterruptedException stop) {
              Thread.currentThread().interrupt();
            } finally {
              busy.free(module);
              order.done(module);
              settled.countDown();
            }
          });
    }
    return settled;
  }

  /**
   * @param cutOff is given the operations that the end of the server has cut off
   */
  private List<String> modulesOnceTheDatabaseIsThere(List<OperationRecord> cutOff)
      throws InterruptedException {
    do {
      try {
        cutOff.clear();
        cutOff.addAll(lifeCycle.unfinished());
        return lifeCycle.modules();
      } catch (DatabaseUnavailableException away) {
        LOG.warn("The modules wait for the database: {}", away.getMessage());
      }
    } while (workers.pause(DATABASE_AGAIN));
    return List.of();
  }

  /** One module's trouble is its own: the others, and the desk, don't wait for it. */
  private void bringUp(String module) {
    try {
      do {
        if (workers.isStopped()) {
          return;
        }
        try {
          workers.asCore(() -> lifeCycle.reconcile(module));
          return;
        } catch (DatabaseUnavailableException away) {
          LOG.warn("Module {} waits for the database: {}", module, away.getMessage());
        }
      } while (workers.pause(DATABASE_AGAIN));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.error("Module {} could not be started", module, failure);
    }
  }
}
