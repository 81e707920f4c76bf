/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.dashboard.Answer;
import org.talka.ticket.internal.dashboard.Chart;
import org.talka.ticket.internal.dashboard.FigureValues;
import org.talka.ticket.internal.dashboard.Figures;

/** What dashboards show: numbers, short lists, charts and averages, several at once. */
@Component(service = TicketFigureResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("ticket-figures")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class TicketFigureResource {
  private static final int MOST = 40;

  private final Figures figures;
  private final TicketViews views;
  private final Translator translator;
  private final Callers callers;

  @Activate
  public TicketFigureResource(
      @Reference Figures figures,
      @Reference TicketViews views,
      @Reference Translator translator,
      @Reference Callers callers) {
    this.figures = figures;
    this.views = views;
    this.translator = translator;
    this.callers = callers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Get numbers, short lists, charts and averages of tickets",
      answers = FigureView.class,
      paged = true,
      reads = true)
  public PageAnswer<FigureView> figures(Asked asked) {
    if (asked == null || asked.figures() == null || asked.figures().contains(null)) {
      throw DomainException.invalid("figures", "error.ticket.field.required");
    }
    if (asked.figures().size() > MOST) {
      throw DomainException.invalid("figures", "error.ticket.field.too-many", "max", MOST);
    }
    return PageAnswer.whole(asked.figures().stream().map(this::figure).toList());
  }

  /** One that can't be answered does not take the others away. */
  private FigureView figure(FigureValues values) {
    try {
      return view(figures.answer(values));
    } catch (DomainException refused) {
      if (refused.kind() == ErrorKind.FORBIDDEN) {
        throw refused;
      }
      return problem(
          refused.fieldErrors().isEmpty()
              ? refused.text()
              : refused.fieldErrors().get(0).message());
    }
  }

  private FigureView problem(Text text) {
    String words = translator.translate(text, callers.current().locale());
    return new FigureView(null, null, null, null, null, null, false, words);
  }

  private FigureView view(Answer answer) {
    if (answer instanceof Answer.Count count) {
      return new FigureView("count", count.count(), null, null, null, null, count.more(), null);
    }
    if (answer instanceof Answer.Tickets list) {
      return new FigureView(
          "list", null, null, views.list(list.tickets()), null, null, list.more(), null);
    }
    if (answer instanceof Answer.Average average) {
      return drawn("average", average.count(), average.average().orElse(null), average.spread());
    }
    return drawn("chart", null, null, ((Answer.Drawn) answer).chart());
  }

  private static FigureView drawn(String kind, Integer count, BigDecimal average, Chart chart) {
    return new FigureView(
        kind,
        count,
        average,
        null,
        chart.points().stream().map(TicketFigureResource::point).toList(),
        chart.series(),
        chart.more(),
        null);
  }

  private static PointView point(Chart.Point point) {
    return new PointView(
        point.meaning().name().toLowerCase(Locale.ROOT),
        point.key(),
        point.label().orElse(null),
        point.from().orElse(null),
        point.to().orElse(null));
  }

  /** At most 40. */
  public record Asked(List<FigureValues> figures) {}

  /**
   * The answer to one figure.
   *
   * @param count of tickets, at most 999; of an average, how many values it is of
   * @param average to two places; absent without any value, and for the other kinds
   * @param more whether there is more than was counted or is shown
   * @param problem what is wrong with the question; nothing else stands here then
   */
  public record FigureView(
      String kind,
      Integer count,
      BigDecimal average,
      List<TicketView> tickets,
      List<PointView> points,
      List<Chart.Series> series,
      boolean more,
      String problem) {}

  /**
   * What a number of a chart stands for.
   *
   * @param meaning {@code value}, {@code none} (no value), {@code rest} (all other values) or
   *     {@code time}
   * @param key the value as queries take it, or the day on which the stretch of time begins
   */
  public record PointView(String meaning, String key, String label, Instant from, Instant to) {}
}
