/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.gate.CircuitState;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Harm;
import org.talka.module.internal.life.ModuleHealth;
import org.talka.module.internal.life.RestDoors;

/**
 * What a module has done since it was started, and whether that is enough to take it out. Used by
 * one thread.
 */
final class Misdeeds {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final GuardSettings settings;

  /** By extension: when its circuit opened. */
  private final Map<String, Deque<Instant>> openings = new HashMap<>();

  private final Deque<Instant> floods = new ArrayDeque<>();
  private Optional<Text> verdict = Optional.empty();

  Misdeeds(GuardSettings settings) {
    this.settings = settings;
  }

  /** Why it has to go; absent when it may stay. */
  Optional<Text> verdict() {
    return verdict;
  }

  void circuit(ExtensionReport extension, Instant now) {
    if (extension.circuit() != CircuitState.OPEN) {
      return;
    }
    Deque<Instant> times =
        openings.computeIfAbsent(
            extension.point() + " " + extension.name(), key -> new ArrayDeque<>());
    times.addLast(now);
    forget(times, now.minusSeconds(settings.openings_window()));
    if (times.size() >= settings.openings()) {
      Text seen = ModuleHealth.circuit(extension);
      judge(
          Text.of(
              "module.reason.keepsFailing",
              "extension",
              seen.args().get("extension"),
              "point",
              extension.point(),
              "times",
              times.size(),
              "errors",
              extension.errors(),
              "overruns",
              extension.overruns()));
    }
  }

  void harm(Harm harm, String detail, Instant now) {
    switch (harm) {
      case EXIT -> judge(Text.of("module.reason.exit", "detail", detail));
      case STUCK -> judge(Text.of("module.reason.stuck", "n", detail));
      case FLOOD -> {
        floods.addLast(now);
        forget(floods, now.minus(MINUTE));
        if (floods.size() >= settings.floods()) {
          judge(Text.of("module.reason.flood", "detail", detail));
        }
      }
    }
  }

  /** Calls that hang now, of one extension or of the REST paths. */
  void stuck(ExtensionReport report, int places) {
    boolean rest = report.point().equals(RestDoors.POINT);
    if (report.stuck() >= (rest ? places : settings.stuck())) {
      judge(
          Text.of(
              "module.reason.hangs",
              "n",
              report.stuck(),
              "point",
              report.point(),
              "extension",
              report.name().substring(report.name().lastIndexOf('.') + 1)));
    }
  }

  /**
   * @param threads names of those that run now
   */
  void threads(List<String> threads) {
    if (threads.size() > settings.threads()) {
      judge(
          Text.of(
              "module.reason.threads",
              "n",
              threads.size(),
              "most",
              settings.threads(),
              "threads",
              String.join(", ", threads.subList(0, Math.min(3, threads.size())))));
    }
  }

  /** The server is short of memory, and this module is the one to blame. */
  void memory(MemoryShortage.Culprit culprit) {
    judge(
        Text.of("module.reason.memory", "percent", culprit.percent(), "mb", culprit.bytes() >> 20));
  }

  /** The first reason is the one to tell. */
  private void judge(Text reason) {
    if (verdict.isEmpty()) {
      verdict = Optional.of(reason);
    }
  }

  private static void forget(Deque<Instant> times, Instant before) {
    while (!times.isEmpty() && times.peekFirst().isBefore(before)) {
      times.removeFirst();
    }
  }
}
