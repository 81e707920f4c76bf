/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

class HashingQueueTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  @Timeout(20)
  void neverRunsMoreAtOnceThanItMay() throws Exception {
    HashingQueue queue = new HashingQueue(2, 100, Duration.ofSeconds(10));
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(
          threads.submit(
              () ->
                  queue.run(
                      () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.yield();
                        return running.decrementAndGet();
                      })));
    }
    for (Future<?> one : all) {
      one.get();
    }
    assertTrue(most.get() <= 2, "at once: " + most.get());
  }

  @Test
  @Timeout(20)
  void turnsAwayWhenTheQueueIsFull() throws Exception {
    HashingQueue queue = new HashingQueue(1, 0, Duration.ofSeconds(10));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Future<Integer> first =
        threads.submit(
            () ->
                queue.run(
                    () -> {
                      inside.countDown();
                      await(leave);
                      return 1;
                    }));
    inside.await();
    DomainException refused = assertThrows(DomainException.class, () -> queue.run(() -> 2));
    assertEquals(ErrorKind.UNAVAILABLE, refused.kind());
    assertTrue(refused.retryAfter().isPresent());
    leave.countDown();
    assertEquals(1, first.get());
    assertEquals(3, queue.run(() -> 3), "there is room again");
  }

  @Test
  @Timeout(20)
  void turnsAwayWhoeverWaitedTooLong() throws Exception {
    HashingQueue queue = new HashingQueue(1, 5, Duration.ofMillis(20));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Future<Integer> first =
        threads.submit(
            () ->
                queue.run(
                    () -> {
                      inside.countDown();
                      await(leave);
                      return 1;
                    }));
    inside.await();
    DomainException refused = assertThrows(DomainException.class, () -> queue.run(() -> 2));
    assertEquals(ErrorKind.UNAVAILABLE, refused.kind());
    leave.countDown();
    first.get();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
