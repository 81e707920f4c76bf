/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/**
 * Where the heap keeps what lives longer.
 *
 * @param used bytes that were in use after its last collection
 * @param most bytes that it may have
 */
record Heap(long used, long most) {
  /** Of the largest pool, which is the old generation where there are generations. */
  static Heap now() {
    Heap largest = new Heap(0, 0);
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage kept = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      if (kept != null && kept.getMax() > largest.most()) {
        largest = new Heap(kept.getUsed(), kept.getMax());
      }
    }
    return largest;
  }
}
