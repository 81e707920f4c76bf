/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says which module to blame when memory runs short. The machine knows who allocates but not who
 * keeps what was allocated, so this is a suspicion: it falls on a module that allocated, since
 * there was memory enough, more than all others together and a good part of the heap. Used by one
 * thread.
 */
final class MemoryShortage {
  private final int shortPercent;

  /** By module, what it had allocated when there was enough. */
  private Map<String, Long> atEase = new HashMap<>();

  /**
   * @param percent of the heap that were in use after a collection
   * @param bytes allocated since there was enough
   */
  record Culprit(String module, int percent, long bytes) {}

  /**
   * @param shortPercent of the heap in use after a collection when it is short; 0 for never
   */
  MemoryShortage(int shortPercent) {
    this.shortPercent = shortPercent;
  }

  /**
   * @param used bytes of the heap in use after the last full collection
   * @param heap bytes that it may have
   * @param allocated by module, what its calls have allocated so far
   */
  Optional<Culprit> look(long used, long heap, Map<String, Long> allocated) {
    int percent = heap <= 0 ? 0 : (int) (100 * used / heap);
    if (shortPercent == 0 || percent < shortPercent) {
      // far from it, so that a module which has filled it slowly is not at ease just before
      if (percent < shortPercent / 2) {
        atEase = new HashMap<>(allocated);
      }
      return Optional.empty();
    }
    long all = 0;
    Culprit most = new Culprit("", percent, 0);
    for (Map.Entry<String, Long> one : allocated.entrySet()) {
      long before = atEase.getOrDefault(one.getKey(), 0L);
      // figures begin anew when a module is started again
      long since = one.getValue() < before ? one.getValue() : one.getValue() - before;
      all += since;
      if (since > most.bytes()) {
        most = new Culprit(one.getKey(), percent, since);
      }
    }
    return most.bytes() > all / 2 && most.bytes() > heap / 4 ? Optional.of(most) : Optional.empty();
  }
}
