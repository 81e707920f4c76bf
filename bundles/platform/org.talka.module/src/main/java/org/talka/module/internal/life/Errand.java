/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.talka.api.text.Text;

/**
 * Work that may never come back, because it runs a module's code or waits for it: done on a thread
 * of its own, which is interrupted and given up after a while.
 */
final class Errand {
  /** How long interrupted work has to come to its senses. */
  private static final Duration LAST_CHANCE = Duration.ofSeconds(1);

  private Errand() {}

  /** The time is over. */
  static final class Late extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean stuck;

    Late(boolean stuck) {
      super(stuck ? "does not come back" : "took too long", null, false, false);
      this.stuck = stuck;
    }

    /** Whether its thread does not even heed an interruption. */
    boolean stuck() {
      return stuck;
    }
  }

  /**
   * @param name of the thread
   * @throws ExecutionException if the work failed
   * @throws Late if it did not return in time
   * @throws StepFailure if the caller was interrupted meanwhile
   */
  static <T> T run(String name, Duration limit, Callable<T> work) throws ExecutionException, Late {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(true);
      throw new Late(!ends(thread));
    } catch (InterruptedException stop) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new StepFailure(Text.of("module.reason.interrupted"));
    }
  }

  private static boolean ends(Thread thread) {
    try {
      thread.join(LAST_CHANCE.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
