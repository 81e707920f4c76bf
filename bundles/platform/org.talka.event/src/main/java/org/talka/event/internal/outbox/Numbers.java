/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Hands out the events' numbers and knows up to which one everything is decided.
 *
 * <p>Transactions commit in another order than they took their numbers. A reader that went by the
 * highest number it sees would skip the row that is committed later with a lower one. So numbers
 * stay in flight from when they are taken until their transaction ends, and readers only read below
 * the lowest number in flight: the {@link #horizon}.
 *
 * <p>This holds for one server, which is the only one that writes. Several on one database need the
 * same knowledge of each other, for example numbers from a sequence and a horizon from the oldest
 * transaction still running ({@code pg_snapshot_xmin}).
 */
public final class Numbers {
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when the horizon may have risen. */
  private final Condition risen = lock.newCondition();

  /** Guarded by {@link #lock}. */
  private final TreeSet<Long> inFlight = new TreeSet<>();

  private long next;
  private volatile long horizon;

  /**
   * @param last the highest number that was ever used
   */
  public Numbers(long last) {
    this.next = last + 1;
    this.horizon = last;
  }

  /** A new number, in flight from now on. */
  public long take() {
    lock.lock();
    try {
      long number = next++;
      inFlight.add(number);
      return number;
    } finally {
      lock.unlock();
    }
  }

  /** The number's transaction has ended, either way. */
  public void decided(long number) {
    lock.lock();
    try {
      inFlight.remove(number);
      horizon = inFlight.isEmpty() ? next - 1 : inFlight.first() - 1;
      risen.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All numbers up to this one are decided. */
  public long horizon() {
    return horizon;
  }

  /**
   * Waits until the horizon is above {@code number}, the time is over, or {@code stop} is true when
   * somebody calls {@link #wake}.
   *
   * @return whether it is above
   */
  public boolean awaitAbove(long number, Duration wait, BooleanSupplier stop)
      throws InterruptedException {
    long left = wait.toNanos();
    lock.lock();
    try {
      while (horizon <= number && left > 0 && !stop.getAsBoolean()) {
        left = risen.awaitNanos(left);
      }
      return horizon > number;
    } finally {
      lock.unlock();
    }
  }

  /** Lets those who wait look whether they are to stop. */
  public void wake() {
    lock.lock();
    try {
      risen.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
