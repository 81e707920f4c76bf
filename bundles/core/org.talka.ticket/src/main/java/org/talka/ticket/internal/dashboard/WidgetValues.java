/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;

/**
 * A widget as clients and rows write it; null where nothing is said.
 *
 * @param kind {@code count}, {@code list}, {@code chart}, {@code average}, or {@code contributed}
 * @param source for a contributed one the module's id, a stroke and the widget's key
 * @param was for a contributed one its name when it was put there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WidgetValues(
    String id,
    String title,
    String kind,
    Integer column,
    Integer row,
    Integer width,
    Integer height,
    String source,
    String was,
    String q,
    String sort,
    Integer limit,
    String shape,
    String by,
    List<String> over,
    Integer days) {
  static final String CONTRIBUTED = "contributed";

  public static WidgetValues of(Widget widget) {
    Place at = widget.place();
    String title = widget.title().isEmpty() ? null : widget.title();
    if (widget.content() instanceof Contributed contributed) {
      return new WidgetValues(
          widget.id(),
          title,
          CONTRIBUTED,
          at.column(),
          at.row(),
          at.width(),
          at.height(),
          contributed.source(),
          contributed.was().isEmpty() ? null : contributed.was(),
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
    Figure figure = (Figure) widget.content();
    boolean list = figure.kind() == Figure.Kind.LIST;
    boolean chart = figure.kind() == Figure.Kind.CHART;
    boolean grouped = chart && !figure.by().isEmpty();
    return new WidgetValues(
        widget.id(),
        title,
        figure.kind().name().toLowerCase(Locale.ROOT),
        at.column(),
        at.row(),
        at.width(),
        at.height(),
        null,
        null,
        figure.query(),
        list ? figure.sort() : null,
        list ? figure.limit() : null,
        chart ? figure.shape().name().toLowerCase(Locale.ROOT) : null,
        grouped || figure.kind() == Figure.Kind.AVERAGE ? figure.by() : null,
        chart && !grouped ? figure.over() : null,
        chart && !grouped ? figure.days() : null);
  }

  /** The widget that a row holds; it was looked at when it was written. */
  public Widget stored() {
    Content content =
        CONTRIBUTED.equals(kind)
            ? new Contributed(source, was == null ? "" : was)
            : new Figure(
                Figure.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                q == null ? "" : q,
                sort == null ? "" : sort,
                limit == null ? 0 : limit,
                shape == null
                    ? Figure.Shape.BAR
                    : Figure.Shape.valueOf(shape.toUpperCase(Locale.ROOT)),
                by == null ? "" : by,
                over == null ? List.of() : over,
                days == null ? 0 : days);
    return new Widget(
        id, title == null ? "" : title, new Place(column, row, width, height), content);
  }

  FigureValues figure() {
    return new FigureValues(kind, q, sort, limit, shape, by, over, days);
  }
}
