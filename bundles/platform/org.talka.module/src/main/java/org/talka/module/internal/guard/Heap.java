/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Where the heap keeps what lives longer: its largest pool, which is the old generation where there
 * are generations.
 *
 * @param used bytes that were in use after its last collection
 * @param most bytes that it may have
 */
record Heap(long used, long most) {
  /** Until it is closed. */
  interface Alarm extends AutoCloseable {
    @Override
    void close();
  }

  static Heap now() {
    return largest()
        .map(MemoryPoolMXBean::getCollectionUsage)
        .map(kept -> new Heap(kept.getUsed(), kept.getMax()))
        .orElse(new Heap(0, 0));
  }

  /**
   * Tells when so much of it is filled, with what is still in use and what is not.
   *
   * @param percent 0 for never
   * @param told on a thread of the virtual machine: it has to be brief
   */
  static Alarm alarm(int percent, Runnable told) {
    Optional<MemoryPoolMXBean> pool = largest().filter(MemoryPoolMXBean::isUsageThresholdSupported);
    if (percent == 0 || pool.isEmpty()) {
      return () -> {};
    }
    NotificationEmitter memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    NotificationListener listener =
        (notification, handback) -> {
          if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
            told.run();
          }
        };
    memory.addNotificationListener(listener, null, null);
    pool.get().setUsageThreshold(pool.get().getUsage().getMax() / 100 * percent);
    return () -> {
      pool.get().setUsageThreshold(0);
      try {
        memory.removeNotificationListener(listener);
      } catch (ListenerNotFoundException removed) {
        // there is nothing to be removed any more
      }
    };
  }

  private static Optional<MemoryPoolMXBean> largest() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .max(Comparator.comparingLong(pool -> most(pool.getCollectionUsage())));
  }

  private static long most(MemoryUsage usage) {
    return usage.getMax();
  }
}
