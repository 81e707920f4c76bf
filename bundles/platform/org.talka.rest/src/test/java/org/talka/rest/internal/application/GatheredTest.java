/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GatheredTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void stop() {
    worker.shutdownNow();
  }

  private Gathered gathered(Runnable work) {
    return new Gathered(worker, Duration.ofMillis(20), begun::incrementAndGet, work);
  }

  @Test
  void doesOnceWhatIsAskedForManyTimesInAMoment() {
    CountDownLatch asked = new CountDownLatch(1);
    worker.execute(() -> await(asked));
    Gathered gathered = gathered(done::incrementAndGet);
    for (int i = 0; i < 10; i++) {
      gathered.ask();
    }
    asked.countDown();
    assertTrue(gathered.settle(LONG));
    assertEquals(1, done.get());
    assertEquals(1, begun.get());
  }

  @Test
  void doesAgainWhatIsAskedForWhileItIsDoneAndIsNotSettledBefore() {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Gathered gathered =
        gathered(
            () -> {
              working.countDown();
              await(goOn);
              done.incrementAndGet();
            });
    gathered.ask();
    await(working);
    gathered.ask();
    assertFalse(gathered.settled());
    goOn.countDown();
    assertTrue(gathered.settle(LONG));
    assertEquals(2, done.get());
    assertEquals(2, begun.get());
  }

  @Test
  void isSettledAfterWorkThatFailed() {
    Gathered gathered =
        gathered(
            () -> {
              done.incrementAndGet();
              throw new IllegalStateException("on purpose");
            });
    gathered.ask();
    assertTrue(gathered.settle(LONG));
    gathered.ask();
    assertTrue(gathered.settle(LONG));
    assertEquals(2, done.get());
  }

  @Test
  void letsNobodyWaitOnceItsWorkerIsGone() {
    Gathered gathered = gathered(done::incrementAndGet);
    worker.shutdown();
    gathered.ask();
    assertTrue(gathered.settled());
    assertEquals(0, done.get());
  }

  @Test
  void saysWhenItTakesLongerThanSomebodyWaits() {
    CountDownLatch goOn = new CountDownLatch(1);
    Gathered gathered = gathered(() -> await(goOn));
    gathered.ask();
    assertFalse(gathered.settle(Duration.ofMillis(1)));
    goOn.countDown();
    assertTrue(gathered.settle(LONG));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(LONG.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
