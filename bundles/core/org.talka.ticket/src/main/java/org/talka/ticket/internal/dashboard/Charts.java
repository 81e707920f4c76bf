/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.Callers;
import org.talka.search.SearchCounts;
import org.talka.ticket.internal.list.Spread;
import org.talka.ticket.internal.list.TicketLists;

/**
 * Counts what charts show: by groups, or by days in the caller's zone. Only so many tickets are
 * looked at, so that a chart costs the same at any size.
 */
@Component(service = Charts.class)
public class Charts {
  /** More tickets than a chart of this desk's open ones needs; counted in a few milliseconds. */
  private static final int MOST = 100_000;

  /** More groups than people can tell apart. */
  private static final int GROUPS = 12;

  private static final int PLACES = 2;
  private static final int DAILY = 31;
  private static final int WEEKLY = 182;

  private final TicketLists lists;
  private final GroupLabels labels;
  private final Callers callers;
  private final Clock clock;

  @Activate
  public Charts(
      @Reference TicketLists lists, @Reference GroupLabels labels, @Reference Callers callers) {
    this(lists, labels, callers, Clock.systemUTC());
  }

  Charts(TicketLists lists, GroupLabels labels, Callers callers, Clock clock) {
    this.lists = lists;
    this.labels = labels;
    this.callers = callers;
    this.clock = clock;
  }

  /**
   * @throws DomainException MALFORMED when the query or a field can't be understood
   */
  public Chart chart(Figure figure) {
    return figure.by().isEmpty() ? overTime(figure) : grouped(figure);
  }

  private Chart grouped(Figure figure) {
    Spread spread = lists.spread(figure.query(), figure.by(), MOST);
    List<Map.Entry<String, Integer>> groups = new ArrayList<>(spread.counts().entrySet());
    Comparator<Map.Entry<String, Integer>> largest =
        Map.Entry.<String, Integer>comparingByValue().reversed();
    groups.sort(largest.thenComparing(Map.Entry.comparingByKey()));
    boolean tooMany = groups.size() > GROUPS;
    List<Map.Entry<String, Integer>> own = tooMany ? groups.subList(0, GROUPS - 1) : groups;
    int rest = groups.stream().skip(own.size()).mapToInt(Map.Entry::getValue).sum();
    Map<String, Integer> counts = new LinkedHashMap<>();
    own.forEach(group -> counts.put(group.getKey(), group.getValue()));
    List<Chart.Point> points = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (GroupLabels.Label label : labels.of(figure.by(), counts.keySet())) {
      points.add(point(Chart.Meaning.VALUE, label.key(), Optional.of(label.text())));
      numbers.add(counts.get(label.value()));
    }
    if (rest > 0) {
      points.add(point(Chart.Meaning.REST, "rest", Optional.empty()));
      numbers.add(rest);
    }
    if (spread.none() > 0) {
      points.add(point(Chart.Meaning.NONE, "none", Optional.empty()));
      numbers.add(spread.none());
    }
    return new Chart(points, List.of(new Chart.Series("count", numbers)), spread.more());
  }

  /**
   * The average of what a field on a scale of whole numbers says, and how often each is said. What
   * is no number of the scale any more does not count.
   */
  Answer.Average average(Figure figure) {
    Spread spread = lists.spread(figure.query(), figure.by(), MOST);
    List<Chart.Point> points = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    long sum = 0;
    int count = 0;
    for (GroupLabels.Label label : labels.of(figure.by(), lists.scale(figure.by()))) {
      int times = spread.counts().getOrDefault(label.value(), 0);
      points.add(point(Chart.Meaning.VALUE, label.key(), Optional.of(label.text())));
      numbers.add(times);
      sum += times * Long.parseLong(label.value());
      count += times;
    }
    Optional<BigDecimal> average =
        count == 0
            ? Optional.empty()
            : Optional.of(
                BigDecimal.valueOf(sum)
                    .divide(BigDecimal.valueOf(count), PLACES, RoundingMode.HALF_UP));
    Chart chart = new Chart(points, List.of(new Chart.Series("count", numbers)), spread.more());
    return new Answer.Average(average, count, chart);
  }

  private static Chart.Point point(Chart.Meaning meaning, String key, Optional<String> label) {
    return new Chart.Point(meaning, key, label, Optional.empty(), Optional.empty());
  }

  private Chart overTime(Figure figure) {
    ZoneId zone = callers.current().zone();
    LocalDate tomorrow = LocalDate.ofInstant(clock.instant(), zone).plusDays(1);
    int step = figure.days() <= DAILY ? 1 : figure.days() <= WEEKLY ? 7 : 30;
    int slots = (figure.days() + step - 1) / step;
    List<LocalDate> days = new ArrayList<>();
    for (int i = slots; i >= 0; i--) {
      days.add(tomorrow.minusDays((long) i * step));
    }
    List<Instant> edges = days.stream().map(day -> day.atStartOfDay(zone).toInstant()).toList();
    List<Chart.Point> points = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      points.add(
          new Chart.Point(
              Chart.Meaning.TIME,
              days.get(i).toString(),
              Optional.empty(),
              Optional.of(edges.get(i)),
              Optional.of(edges.get(i + 1).minus(1, ChronoUnit.MICROS))));
    }
    List<Chart.Series> series = new ArrayList<>();
    boolean more = false;
    for (String field : figure.over()) {
      SearchCounts counted = lists.overTime(figure.query(), field, edges, MOST);
      series.add(new Chart.Series(field, counted.series().get(0)));
      more |= counted.more();
    }
    return new Chart(points, series, more);
  }
}
