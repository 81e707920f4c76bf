/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.password;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.text.Text;

/**
 * Lets few threads hash at a time, some wait, and turns the rest away: hashing is dear by purpose
 * and must not be a way to exhaust memory or threads.
 */
final class HashingQueue {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Semaphore slots;
  private final AtomicInteger present = new AtomicInteger();
  private final int room;
  private final Duration patience;

  /**
   * @param atOnce how many hash at the same time
   * @param waiting how many more may wait for their turn
   * @param patience how long one waits
   */
  HashingQueue(int atOnce, int waiting, Duration patience) {
    this.slots = new Semaphore(atOnce, true);
    this.room = atOnce + waiting;
    this.patience = patience;
  }

  <T> T run(Supplier<T> work) {
    if (present.incrementAndGet() > room) {
      present.decrementAndGet();
      throw full();
    }
    try {
      if (!slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw full();
      }
      try {
        return work.get();
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full();
    } finally {
      present.decrementAndGet();
    }
  }

  private static DomainException full() {
    return new DomainException(
        ErrorKind.UNAVAILABLE, Text.of("error.session.busy"), List.of(), RETRY);
  }
}
