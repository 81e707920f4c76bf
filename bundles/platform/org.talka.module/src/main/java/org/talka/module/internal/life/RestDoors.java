/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.talka.gate.CallFigures;
import org.talka.gate.CircuitState;
import org.talka.gate.ExtensionReport;

/**
 * The doors to the REST paths of modules: a module that drains lets nobody in, and waits for those
 * inside; and only so many are inside at a time, so that a slow module can't take all of the
 * server's threads. Paths that belong to no known module have no door and cost one look-up.
 */
@Component(service = RestDoors.class, configurationPid = "org.talka.module.rest")
public final class RestDoors {
  /** How the figures of a module's REST paths are named among those of its extensions. */
  public static final String POINT = "REST";

  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(1).toNanos();

  private final int places;
  private final long slowNanos;
  private final long stuckNanos;
  private final Map<String, Door> doors = new ConcurrentHashMap<>();

  /** How much of the server the REST paths of one module may take. */
  public @interface Configuration {
    /** Requests inside one module at a time; more are answered with 503. */
    int places() default 8;

    /** Milliseconds after which a request counts as an overrun. */
    int slow_millis() default 2000;

    /** Seconds after which a request that holds its thread counts as stuck. */
    int stuck_seconds() default 60;
  }

  @Activate
  public RestDoors(Configuration configuration) {
    this(
        configuration.places(),
        Duration.ofMillis(configuration.slow_millis()),
        Duration.ofSeconds(configuration.stuck_seconds()));
  }

  RestDoors() {
    this(8, Duration.ofSeconds(2), Duration.ofMinutes(1));
  }

  RestDoors(int places, Duration slow, Duration stuck) {
    this.places = places;
    this.slowNanos = slow.toNanos();
    this.stuckNanos = stuck.toNanos();
  }

  /** One request inside. */
  static final class Visit {
    private final long since = System.nanoTime();
    private final long allocated = CallFigures.allocatedSoFar();
    private final Thread thread = Thread.currentThread();
    private volatile boolean async;

    /** It does not hold a thread any more, so it may take its time. */
    void goesOnAlone() {
      async = true;
    }
  }

  /** As with the gate: who enters counts first and looks then, who closes does the opposite. */
  final class Door {
    private final AtomicInteger inside = new AtomicInteger();
    private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
    private final CallFigures figures = new CallFigures();
    private volatile boolean open;

    boolean isOpen() {
      return open;
    }

    /**
     * Whether the caller may go in; if so it must {@link #leave} later. Absent when the door is
     * closed, or when all places are taken.
     */
    Optional<Visit> enter() {
      if (inside.incrementAndGet() <= places && open) {
        Visit visit = new Visit();
        visits.add(visit);
        figures.started();
        return Optional.of(visit);
      }
      inside.decrementAndGet();
      return Optional.empty();
    }

    /**
     * @param failed whether the answer blames the server
     */
    void leave(Visit visit, boolean failed) {
      if (visits.remove(visit)) {
        inside.decrementAndGet();
        figures.ended(System.nanoTime() - visit.since, visit.async ? Long.MAX_VALUE : slowNanos);
        if (Thread.currentThread() == visit.thread && !visit.async) {
          figures.allocated(CallFigures.allocatedSoFar() - visit.allocated);
        }
        if (failed) {
          figures.failed();
        }
      }
    }

    private int stuck() {
      long now = System.nanoTime();
      return (int)
          visits.stream().filter(visit -> !visit.async && now - visit.since > stuckNanos).count();
    }

    private ExtensionReport report(String module) {
      return new ExtensionReport(
          POINT,
          module,
          "/api/v1/" + module,
          open,
          figures.calls(),
          figures.errors(),
          figures.overruns(),
          figures.inFlight(),
          figures.p95Micros(),
          stuck(),
          CircuitState.CLOSED,
          0,
          figures.allocated());
    }
  }

  /** How many requests may be inside a module. */
  public int places() {
    return places;
  }

  /** What was seen of the REST paths of modules. */
  public List<ExtensionReport> report() {
    List<ExtensionReport> reports = new ArrayList<>();
    doors.forEach((module, door) -> reports.add(door.report(module)));
    return reports;
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
