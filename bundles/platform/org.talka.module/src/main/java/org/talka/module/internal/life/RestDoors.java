/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/**
 * The doors to the REST paths of modules: a module that drains lets nobody in, and waits for those
 * inside. Paths that belong to no known module have no door and cost one look-up.
 */
@Component(service = RestDoors.class)
public final class RestDoors {
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(1).toNanos();

  private final Map<String, Door> doors = new ConcurrentHashMap<>();

  /** As with the gate: who enters counts first and looks then, who closes does the opposite. */
  static final class Door {
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean open;

    /** Whether the caller may go in; if so it must {@link #leave} later. */
    boolean enter() {
      inside.incrementAndGet();
      if (open) {
        return true;
      }
      inside.decrementAndGet();
      return false;
    }

    void leave() {
      inside.decrementAndGet();
    }
  }

  /** Null when nobody said anything of such a module: the usual case, on every request's way. */
  Door door(String module) {
    return doors.get(module);
  }

  void open(String module) {
    doors.computeIfAbsent(module, any -> new Door()).open = true;
  }

  /** A module comes: its paths are closed until it is admitted. */
  void expect(String module) {
    doors.computeIfAbsent(module, any -> new Door());
  }

  /** Answers whether everybody had left in time. */
  boolean close(String module, Duration wait) {
    Door door = doors.get(module);
    if (door == null) {
      return true;
    }
    door.open = false;
    long end = System.nanoTime() + wait.toNanos();
    while (door.inside.get() > 0) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  /** The module is gone for good: its paths are nobody's. */
  void forget(String module) {
    doors.remove(module);
  }
}
