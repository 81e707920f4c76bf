/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.module.internal.store.Journal;

/** Modules that are wanted but wait for others that they need. */
final class WaitingModules {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingModules.class);

  private final Journal journal;
  private final LifeCycle lifeCycle;
  private final Dependencies dependencies;
  private final Busy busy;
  private final Workers workers;

  WaitingModules(
      Journal journal, LifeCycle lifeCycle, Dependencies dependencies, Busy busy, Workers workers) {
    this.journal = journal;
    this.lifeCycle = lifeCycle;
    this.dependencies = dependencies;
    this.busy = busy;
    this.workers = workers;
  }

  /** Those that need a module go before it does; what is wanted of them stays as it is. */
  void suspendDependents(String module, Duration wait) {
    for (String dependent : dependencies.dependents(module)) {
      journal
          .module(dependent)
          .filter(Dependencies::runs)
          .ifPresent(
              record -> {
                LOG.info("Module {} waits for module {}", dependent, module);
                lifeCycle.suspend(dependent, Dependencies.waits(module), wait);
              });
    }
  }

  /** Brings back those whose needs are met again. */
  void wake() {
    if (journal.modules().stream().noneMatch(Dependencies::waits)) {
      return; // nearly always: nothing of what follows is worth doing twice a second
    }
    for (String module : dependencies.order()) {
      boolean due =
          journal
              .module(module)
              .filter(Dependencies::waits)
              .filter(record -> dependencies.unmet(record).isEmpty())
              .filter(record -> dependencies.missing(record).isEmpty())
              .isPresent();
      if (due && !workers.isStopped() && busy.take(module, Workers.SELF)) {
        try {
          lifeCycle.reconcile(module);
        } finally {
          busy.free(module);
        }
      }
    }
  }
}
