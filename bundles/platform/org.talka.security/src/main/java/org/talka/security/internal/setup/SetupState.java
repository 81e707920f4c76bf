/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.setup;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;

/** Whether the desk has its first administrator. Asked for every request: one field once it has. */
@Component(service = SetupState.class)
public class SetupState {
  private static final String DONE = "setup.done";

  private final Settings settings;
  private final Transactions transactions;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean done;

  @Activate
  public SetupState(@Reference Settings settings, @Reference Transactions transactions) {
    this.settings = settings;
    this.transactions = transactions;
  }

  public boolean needed() {
    if (done) {
      return false;
    }
    if (settings.get(DONE).isEmpty()) {
      return true;
    }
    // what this transaction wrote is not certain yet
    done = !transactions.active();
    return false;
  }

  /** In the transaction that creates the administrator. */
  void finish(String when) {
    settings.put(DONE, when);
    transactions.afterCommit(
        () -> {
          done = true;
          listeners.forEach(Runnable::run);
        });
  }

  /** Told after commit; must be short. */
  void whenDone(Runnable listener) {
    listeners.add(listener);
  }

  void forget(Runnable listener) {
    listeners.remove(listener);
  }
}
