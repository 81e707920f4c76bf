/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which observers run. A call is handed over to a free thread or refused; it never
 * waits in a queue behind a stuck one.
 */
final class ObserverThreads {
  private static final int MOST = 64;

  private ObserverThreads() {}

  static ExecutorService create() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        MOST,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "talka-observer-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
