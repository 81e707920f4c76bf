/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Sends requests at a fixed rate, whether the ones before were answered or not. */
final class OpenLoop implements AutoCloseable {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();

  /** What happened: failures in words, latencies in milliseconds. */
  record Result(
      int requests, List<String> failures, double p50, double p95, double p99, double max) {}

  OpenLoop(Api api, int perSecond, List<String> paths) {
    this(perSecond, paths.stream().<Supplier<Api.Answer>>map(path -> () -> api.get(path)).toList());
  }

  private OpenLoop(int perSecond, List<Supplier<Api.Answer>> requests) {
    long periodNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    clock.scheduleAtFixedRate(
        () -> clients.execute(() -> send(requests.get(next.getAndIncrement() % requests.size()))),
        0,
        periodNanos,
        TimeUnit.NANOSECONDS);
  }

  /** Any requests, one after the other; each fails that is not answered with 200 or 201. */
  static OpenLoop of(int perSecond, List<Supplier<Api.Answer>> requests) {
    return new OpenLoop(perSecond, requests);
  }

  private void send(Supplier<Api.Answer> request) {
    long start = System.nanoTime();
    try {
      Api.Answer answer = request.get();
      if (answer.status() != 200 && answer.status() != 201) {
        failures.add(answer.raw().uri().getPath() + " " + answer.status() + " " + answer.text());
      }
    } catch (RuntimeException e) {
      failures.add(String.valueOf(e));
    }
    micros.add((System.nanoTime() - start) / 1_000);
  }

  Result stop() {
    clock.shutdown();
    clients.shutdown();
    try {
      if (!clients.awaitTermination(60, TimeUnit.SECONDS)) {
        failures.add("requests were still unanswered after 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Result(
        sorted.length,
        new ArrayList<>(failures),
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 0.99),
        at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))] / 1_000.0;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    clients.shutdownNow();
  }
}
