/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;

/** What a figure must be. */
@Component(service = FigureRules.class)
public class FigureRules {
  static final List<String> TIMES = List.of("createdAt", "updatedAt", "resolvedAt");

  private static final int QUERY_MAX = 1_000;
  private static final int LIMIT_MAX = 50;
  private static final int LIMIT = 8;
  private static final int DAYS_MAX = 366;
  private static final int DAYS = 14;

  private final TicketLists lists;

  @Activate
  public FigureRules(@Reference TicketLists lists) {
    this.lists = lists;
  }

  /**
   * @param at what stands before the names of wrong fields
   * @param kept figures that stood there before: what they mean is not looked at again, so that one
   *     whose module or team is gone does not keep the others from being changed
   */
  Figure figure(FigureValues values, String at, Set<Content> kept, Refusals refusals) {
    Figure.Kind kind = choice(Figure.Kind.class, values.kind(), null, at + "kind", refusals);
    String query = query(values.q(), at, refusals);
    boolean list = kind == Figure.Kind.LIST;
    boolean chart = kind == Figure.Kind.CHART;
    boolean average = kind == Figure.Kind.AVERAGE;
    boolean overTime = chart && values.over() != null && !values.over().isEmpty();
    Figure figure =
        new Figure(
            kind == null ? Figure.Kind.COUNT : kind,
            query,
            list ? sort(values.sort(), at, refusals) : "",
            list ? number(values.limit(), LIMIT, 1, LIMIT_MAX, at + "limit", refusals) : 0,
            chart
                ? choice(
                    Figure.Shape.class, values.shape(), Figure.Shape.BAR, at + "shape", refusals)
                : Figure.Shape.BAR,
            (chart || average) && values.by() != null ? values.by() : "",
            overTime ? times(values.over()) : List.of(),
            overTime ? number(values.days(), DAYS, 2, DAYS_MAX, at + "days", refusals) : 0);
    if (!kept.contains(figure)) {
      understood(query, at, refusals);
      if (chart) {
        chart(figure, at, refusals);
      }
      if (average && lists.scale(figure.by()).isEmpty()) {
        refusals.add(at + "by", "error.ticket.figure.scale", "field", figure.by());
      }
    }
    return figure;
  }

  private static List<String> times(List<String> sent) {
    return sent.stream().map(field -> field == null ? "" : field).toList();
  }

  private void chart(Figure chart, String at, Refusals refusals) {
    boolean grouped = !chart.by().isEmpty();
    if (grouped != chart.over().isEmpty()) {
      refusals.add(at + "by", "error.ticket.figure.either");
      return;
    }
    if (grouped && !lists.groups(chart.by())) {
      refusals.add(at + "by", "error.ticket.figure.by", "field", chart.by());
    }
    if (!TIMES.containsAll(chart.over())
        || new HashSet<>(chart.over()).size() < chart.over().size()) {
      refusals.add(at + "over", "error.ticket.field.choice", "options", String.join(", ", TIMES));
    }
    if (chart.shape() == Figure.Shape.PIE && !grouped
        || chart.shape() == Figure.Shape.LINE && grouped) {
      refusals.add(at + "shape", "error.ticket.figure.shape");
    }
  }

  private static String query(String sent, String at, Refusals refusals) {
    try {
      return sent == null ? "" : PlainText.line(sent, QUERY_MAX);
    } catch (RefusedValue refused) {
      refusals.add(at + "q", refused.reason());
      return "";
    }
  }

  private void understood(String query, String at, Refusals refusals) {
    try {
      lists.check(query);
    } catch (DomainException refused) {
      refusals.add(at + "q", refused.text());
    }
  }

  private static String sort(String sent, String at, Refusals refusals) {
    String sort = sent == null || sent.isBlank() ? TicketLists.NEWEST : sent;
    if (!TicketLists.SORTS.contains(sort.startsWith("-") ? sort.substring(1) : sort)) {
      refusals.add(at + "sort", "error.ticket.view.sort");
    }
    return sort;
  }

  static int number(
      Integer sent, int otherwise, int min, int max, String field, Refusals refusals) {
    int number = sent == null ? otherwise : sent;
    if (number < min || number > max) {
      refusals.add(field, "error.ticket.dashboard.range", "min", min, "max", max);
      return otherwise;
    }
    return number;
  }

  private static <E extends Enum<E>> E choice(
      Class<E> choices, String word, E otherwise, String field, Refusals refusals) {
    if (word == null && otherwise != null) {
      return otherwise;
    }
    StringBuilder options = new StringBuilder();
    for (E choice : choices.getEnumConstants()) {
      String name = choice.name().toLowerCase(Locale.ROOT);
      if (name.equals(word)) {
        return choice;
      }
      options.append(options.isEmpty() ? "" : ", ").append(name);
    }
    refusals.add(field, "error.ticket.field.choice", "options", options);
    return otherwise;
  }
}
