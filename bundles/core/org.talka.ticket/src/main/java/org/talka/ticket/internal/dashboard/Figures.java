/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.Refusals;

/** Answers figures from the tickets that the caller may see. Nothing is counted without a bound. */
@Component(service = Figures.class)
public class Figures {
  private static final int MOST = 999;

  private final FigureRules rules;
  private final TicketLists lists;
  private final Charts charts;

  @Activate
  public Figures(
      @Reference FigureRules rules, @Reference TicketLists lists, @Reference Charts charts) {
    this.rules = rules;
    this.lists = lists;
    this.charts = charts;
  }

  /**
   * @throws DomainException INVALID or MALFORMED when the question can't be understood, UNAVAILABLE
   *     while the search index is being filled
   */
  public Answer answer(FigureValues values) {
    Refusals refusals = new Refusals();
    Figure figure = rules.figure(values, "", Set.of(), refusals);
    refusals.raise();
    return switch (figure.kind()) {
      case COUNT -> {
        int found = lists.count(figure.query(), MOST + 1);
        yield new Answer.Count(Math.min(found, MOST), found > MOST);
      }
      case LIST -> {
        Page<TicketImage> page =
            lists.query(figure.query(), figure.sort(), figure.limit(), Optional.empty());
        yield new Answer.Tickets(page.items(), page.next().isPresent());
      }
      case AVERAGE -> charts.average(figure);
      case CHART -> new Answer.Drawn(charts.chart(figure));
    };
  }
}
