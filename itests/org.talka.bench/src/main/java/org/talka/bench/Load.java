/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Drives one scenario with so many clients, each on its own thread as fast as it is answered. */
final class Load {
  /** Something to do again and again; made once for every client. */
  interface Client extends AutoCloseable {
    /** One operation; an exception counts as an error. */
    void operate() throws Exception;

    @Override
    void close() throws Exception;
  }

  /** Makes the client with this number. */
  interface Clients {
    Client client(int number) throws Exception;
  }

  private static final int MOST_SAMPLES = 2_000_000;
  private static final int LEAD_IN_SECONDS = 3;
  private static final int GLANCE_SECONDS = 2;
  private static final int STEADY_GLANCES = 5;

  /** Less than this is chance. */
  private static final double FASTER = 1.02;

  private static final int REST_AFTER_ERROR_MILLIS = 20;

  private final int seconds;
  private final int leadIn;

  Load(int seconds) {
    this(seconds, LEAD_IN_SECONDS);
  }

  private Load(int seconds, int leadIn) {
    this.seconds = seconds;
    this.leadIn = leadIn;
  }

  Measurement run(String scenario, int tickets, int clients, Clients factory) throws Exception {
    List<Driver> drivers = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    for (int n = 0; n < clients; n++) {
      Driver driver = new Driver(factory.client(n), start, MOST_SAMPLES / clients);
      drivers.add(driver);
      driver.start();
    }
    start.countDown();
    for (Driver driver : drivers) {
      driver.join();
      driver.client.close();
    }
    return sum(scenario, tickets, drivers);
  }

  /**
   * Drives a scenario until it gets no faster.
   *
   * @param most seconds
   * @return how many seconds that took
   */
  int settle(int clients, int most, Clients factory) throws Exception {
    Load glance = new Load(GLANCE_SECONDS, 0);
    double best = 0;
    int glances = 0;
    int sinceFaster = 0;
    while (sinceFaster < STEADY_GLANCES && (glances + 1) * GLANCE_SECONDS <= most) {
      double now = glance.run("", 0, clients, factory).perSecond();
      glances++;
      sinceFaster = now > best * FASTER ? 0 : sinceFaster + 1;
      best = Math.max(best, now);
    }
    return glances * GLANCE_SECONDS;
  }

  private Measurement sum(String scenario, int tickets, List<Driver> drivers) {
    int count = drivers.stream().mapToInt(driver -> driver.count).sum();
    long[] nanos = new long[count];
    int at = 0;
    long errors = 0;
    long samples = 0;
    String firstError = "";
    for (Driver driver : drivers) {
      System.arraycopy(driver.nanos, 0, nanos, at, driver.count);
      at += driver.count;
      samples += driver.done;
      errors += driver.errors;
      if (firstError.isEmpty() && driver.firstError.get() != null) {
        firstError = driver.firstError.get();
      }
    }
    Arrays.sort(nanos);
    return new Measurement(
        scenario,
        tickets,
        drivers.size(),
        (double) samples / seconds,
        percentile(nanos, 50),
        percentile(nanos, 95),
        percentile(nanos, 99),
        errors,
        firstError);
  }

  /** The nearest-rank percentile in milliseconds; 0 when nothing succeeded. */
  static double percentile(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }

  private final class Driver extends Thread {
    private final Client client;
    private final CountDownLatch start;
    private final AtomicReference<String> firstError = new AtomicReference<>();
    private final long[] nanos;
    private int count;
    private long done;
    private long errors;

    Driver(Client client, CountDownLatch start, int samples) {
      super("client");
      this.client = client;
      this.start = start;
      this.nanos = new long[samples];
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        start.await();
        long measured = System.nanoTime() + TimeUnit.SECONDS.toNanos(leadIn);
        long end = measured + TimeUnit.SECONDS.toNanos(seconds);
        for (long began = System.nanoTime(); began < end; began = System.nanoTime()) {
          boolean succeeded = operate();
          long finished = System.nanoTime();
          if (began < measured || finished > end) {
            continue;
          }
          if (!succeeded) {
            errors++;
          } else {
            done++;
            if (count < nanos.length) {
              nanos[count++] = finished - began;
            }
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean operate() throws InterruptedException {
      try {
        client.operate();
        return true;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        firstError.compareAndSet(null, e.toString());
        // a server that refuses must not turn this into a busy loop
        Thread.sleep(REST_AFTER_ERROR_MILLIS);
        return false;
      }
    }
  }
}
