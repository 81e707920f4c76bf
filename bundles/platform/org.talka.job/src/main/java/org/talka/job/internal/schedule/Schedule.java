/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.talka.api.job.Job;

/** When a job runs. */
public sealed interface Schedule permits Schedule.Every, Cron, Schedule.Once {
  /** The shortest pause between runs. */
  Duration SHORTEST = Duration.ofSeconds(1);

  /**
   * When it runs after a run that has ended, or for the first time.
   *
   * @param last when the last run began; absent when there was none
   * @param failures how many runs have failed in a row
   * @return absent when it never runs again
   */
  Optional<Instant> next(Instant now, Optional<Instant> last, int failures);

  /** Whether a time has passed while a run went on. */
  default boolean missed(Instant began, Instant ended) {
    return false;
  }

  /** A pause after each run. */
  record Every(Duration pause) implements Schedule {
    /** Nobody waits longer than this for the first run. */
    private static final Duration FIRST = Duration.ofMinutes(10);

    @Override
    public Optional<Instant> next(Instant now, Optional<Instant> last, int failures) {
      boolean first = last.isEmpty() && pause.compareTo(FIRST) > 0;
      return Optional.of(now.plus(first ? FIRST : pause));
    }

    @Override
    public boolean missed(Instant began, Instant ended) {
      return Duration.between(began, ended).compareTo(pause) > 0;
    }
  }

  /** Until it has succeeded. */
  record Once() implements Schedule {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int STEPS = 6;

    @Override
    public Optional<Instant> next(Instant now, Optional<Instant> last, int failures) {
      if (last.isEmpty()) {
        return Optional.of(now);
      }
      if (failures == 0) {
        return Optional.empty();
      }
      Duration pause = Duration.ofMinutes(1L << Math.min(failures - 1, STEPS));
      return Optional.of(now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST));
    }
  }

  /**
   * @throws IllegalArgumentException if it is none, with what is wrong
   */
  static Schedule parse(String text) {
    if (text.equals(Job.ONCE)) {
      return new Once();
    }
    if (!text.startsWith("P")) {
      return Cron.parse(text);
    }
    try {
      Duration pause = Duration.parse(text);
      if (pause.compareTo(SHORTEST) >= 0) {
        return new Every(pause);
      }
    } catch (DateTimeException unreadable) {
      // said below
    }
    throw new IllegalArgumentException("\"" + text + "\" is no duration of a second or more");
  }
}
