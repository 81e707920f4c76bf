/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Lets modules start side by side, but each after those that it needs. Thread-safe. */
final class StartOrder {
  /** One that hangs does not hold up for ever those that need it. */
  private static final Duration AT_MOST = Duration.ofSeconds(30);

  private final Map<String, CountDownLatch> started = new HashMap<>();
  private final Function<String, Set<String>> needs;

  StartOrder(Collection<String> modules, Function<String, Set<String>> needs) {
    modules.forEach(module -> started.put(module, new CountDownLatch(1)));
    this.needs = needs;
  }

  /** Waits until everything that it needs has started, or has turned out not to. */
  void await(String module) throws InterruptedException {
    for (String need : needs.apply(module)) {
      CountDownLatch latch = started.get(need);
      if (latch != null) {
        latch.await(AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  void done(String module) {
    started.get(module).countDown();
  }
}
