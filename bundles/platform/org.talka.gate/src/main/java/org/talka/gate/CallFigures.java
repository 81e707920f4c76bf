/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was counted of the calls into one part of a module. Thread-safe; writing takes no lock,
 * reading may be a call or two behind.
 */
public final class CallFigures {
  /** A power of two, so that the ring's index is a mask. */
  private static final int RECENT = 256;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final AtomicLong calls = new AtomicLong();
  private final LongAdder allocated = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder overruns = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger stuck = new AtomicInteger();
  private final AtomicLongArray recentNanos = new AtomicLongArray(RECENT);

  /** A call goes in; {@link #ended} follows. */
  public void started() {
    inFlight.incrementAndGet();
  }

  /** A call came back after {@code nanos}. */
  public void ended(long nanos, long budgetNanos) {
    inFlight.decrementAndGet();
    long call = calls.getAndIncrement();
    recentNanos.lazySet((int) (call & (RECENT - 1)), nanos);
    if (nanos > budgetNanos) {
      overruns.increment();
    }
  }

  /** What the current thread has allocated since it began, in bytes. */
  public static long allocatedSoFar() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /** What a call has allocated: a difference of {@link #allocatedSoFar} on one thread. */
  public void allocated(long bytes) {
    allocated.add(bytes);
  }

  /** Bytes; what has become garbage since is part of it. */
  public long allocated() {
    return allocated.sum();
  }

  public void failed() {
    errors.increment();
  }

  /** A call was given up that has not come back. */
  public void stuck() {
    stuck.incrementAndGet();
  }

  /** It has come back after all. */
  public void freed() {
    stuck.decrementAndGet();
  }

  public int stuckNow() {
    return stuck.get();
  }

  public long calls() {
    return calls.get();
  }

  public long errors() {
    return errors.sum();
  }

  public long overruns() {
    return overruns.sum();
  }

  public int inFlight() {
    return inFlight.get();
  }

  public long p95Micros() {
    int filled = (int) Math.min(calls.get(), RECENT);
    if (filled == 0) {
      return 0;
    }
    long[] nanos = new long[filled];
    for (int i = 0; i < filled; i++) {
      nanos[i] = recentNanos.get(i);
    }
    Arrays.sort(nanos);
    return nanos[Math.min(filled - 1, (int) Math.ceil(filled * 0.95) - 1)] / 1_000;
  }
}
