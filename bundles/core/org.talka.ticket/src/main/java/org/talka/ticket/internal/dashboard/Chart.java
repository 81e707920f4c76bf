/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a chart: for each of its points one number of each series.
 *
 * @param more whether more tickets were found than were counted
 */
public record Chart(List<Point> points, List<Series> series, boolean more) {
  public Chart {
    points = List.copyOf(points);
    series = List.copyOf(series);
  }

  /** What a point stands for. */
  public enum Meaning {
    /** A value of the field. */
    VALUE,
    /** No value. */
    NONE,
    /** All values that have no point of their own. */
    REST,
    /** A stretch of time. */
    TIME
  }

  /**
   * @param key the value as the query language takes it, or the day on which the stretch begins
   * @param label what people call the value; absent where it is said by what the point means
   * @param from the begin of a stretch of time, {@code to} its last moment
   */
  public record Point(
      Meaning meaning,
      String key,
      Optional<String> label,
      Optional<Instant> from,
      Optional<Instant> to) {}

  /**
   * @param key the field whose times are counted; {@code count} for groups
   */
  public record Series(String key, List<Integer> counts) {
    public Series {
      counts = List.copyOf(counts);
    }
  }
}
