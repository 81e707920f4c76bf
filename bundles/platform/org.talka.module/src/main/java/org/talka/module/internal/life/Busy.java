/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The modules that are worked on, each by one at a time. All that an operation touches are taken
 * together or not at all, so that two operations can't wait for each other. Thread-safe.
 */
final class Busy {
  private final Map<String, String> working = new HashMap<>();

  /**
   * Takes modules, when all of them are free.
   *
   * @return whether they were
   */
  synchronized boolean take(Collection<String> modules, String operation) {
    if (modules.stream().anyMatch(working::containsKey)) {
      return false;
    }
    modules.forEach(module -> working.put(module, operation));
    return true;
  }

  boolean take(String module, String operation) {
    return take(List.of(module), operation);
  }

  /**
   * Takes modules, and waits a little while somebody else has one of them: who has just ended lets
   * go a moment later.
   *
   * @return one that somebody else still has; nothing is taken then
   */
  synchronized Optional<String> take(
      Collection<String> modules, String operation, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!take(modules, operation)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return modules.stream().filter(working::containsKey).findFirst();
      }
      try {
        wait(left);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return modules.stream().filter(working::containsKey).findFirst();
      }
    }
    return Optional.empty();
  }

  synchronized void free(Collection<String> modules) {
    modules.forEach(working::remove);
    notifyAll();
  }

  void free(String module) {
    free(List.of(module));
  }

  synchronized boolean has(String module) {
    return working.containsKey(module);
  }

  synchronized Set<String> modules() {
    return Set.copyOf(working.keySet());
  }
}
