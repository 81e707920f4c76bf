/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;
import org.talka.ticket.internal.share.Sharing;

/** What a dashboard must be, and who may share it with whom. */
@Component(service = DashboardRules.class)
public class DashboardRules {
  /** Shares with everybody, and keeps what others shared. */
  static final String SHARE = "dashboard:share";

  /** Of the grid. */
  public static final int COLUMNS = 12;

  private static final int ROWS = 200;
  private static final int TALLEST = 12;
  private static final int WIDGETS = 40;
  private static final int NAME_MAX = 80;
  private static final int REFRESH = 60;
  private static final int REFRESH_MIN = 30;
  private static final int REFRESH_MAX = 3_600;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,39}");
  private static final Pattern SOURCE =
      Pattern.compile("[a-z][a-z0-9-]{1,31}/[a-z][a-zA-Z0-9_.-]{0,63}");

  private final People people;
  private final FigureRules figures;

  @Activate
  public DashboardRules(@Reference People people, @Reference FigureRules figures) {
    this.people = people;
    this.figures = figures;
  }

  /**
   * The dashboard that these values make.
   *
   * @param before the widgets that were on it
   * @throws DomainException INVALID with every wrong field, FORBIDDEN when it may not be shared so
   */
  Dashboard dashboard(
      Caller caller,
      long id,
      PersonId owner,
      DashboardValues values,
      List<Widget> before,
      long version) {
    Refusals refusals = new Refusals();
    String name = line(values.name(), "name", refusals);
    if (name.isEmpty()) {
      refusals.add("name", "error.ticket.field.required");
    }
    int refresh = values.refreshSeconds() == null ? REFRESH : values.refreshSeconds();
    if (refresh != 0) {
      refresh =
          FigureRules.number(
              refresh, REFRESH, REFRESH_MIN, REFRESH_MAX, "refreshSeconds", refusals);
    }
    List<Widget> widgets = widgets(values.widgets(), before, refusals);
    Sharing sharing =
        Sharing.asked(caller, owner, values.audience(), values.team(), SHARE, people, refusals);
    refusals.raise();
    return new Dashboard(id, name, refresh, widgets, sharing, version);
  }

  private List<Widget> widgets(List<WidgetValues> sent, List<Widget> before, Refusals refusals) {
    if (sent == null) {
      return List.of();
    }
    if (sent.size() > WIDGETS) {
      refusals.add("widgets", "error.ticket.field.too-many", "max", WIDGETS);
      return List.of();
    }
    Set<Content> kept = before.stream().map(Widget::content).collect(Collectors.toSet());
    Set<String> ids = new HashSet<>();
    List<Widget> widgets = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      String at = "widgets[" + i + "]";
      if (sent.get(i) == null) {
        refusals.add(at, "error.ticket.field.required");
        continue;
      }
      Widget widget = widget(sent.get(i), at + ".", kept, refusals);
      if (!ids.add(widget.id())) {
        refusals.add(at + ".id", "error.ticket.dashboard.twice", "id", widget.id());
      }
      if (widgets.stream().anyMatch(other -> other.place().overlaps(widget.place()))) {
        refusals.add(at, "error.ticket.dashboard.overlap");
      }
      widgets.add(widget);
    }
    return widgets;
  }

  private Widget widget(WidgetValues sent, String at, Set<Content> kept, Refusals refusals) {
    String id = sent.id() == null ? "" : sent.id();
    if (!ID.matcher(id).matches()) {
      refusals.add(at + "id", "error.ticket.dashboard.id");
    }
    int width = number(sent.width(), 1, COLUMNS, at + "width", refusals);
    int height = number(sent.height(), 1, TALLEST, at + "height", refusals);
    Place place =
        new Place(
            number(sent.column(), 0, COLUMNS - width, at + "column", refusals),
            number(sent.row(), 0, ROWS - height, at + "row", refusals),
            width,
            height);
    String title = line(sent.title(), at + "title", refusals);
    Content content =
        WidgetValues.CONTRIBUTED.equals(sent.kind())
            ? contributed(sent, at, refusals)
            : figures.figure(sent.figure(), at, kept, refusals);
    return new Widget(id, title, place, content);
  }

  private static Contributed contributed(WidgetValues sent, String at, Refusals refusals) {
    String source = sent.source() == null ? "" : sent.source();
    if (!SOURCE.matcher(source).matches()) {
      refusals.add(at + "source", "error.ticket.dashboard.source");
    }
    return new Contributed(source, line(sent.was(), at + "was", refusals));
  }

  private static int number(Integer sent, int min, int max, String field, Refusals refusals) {
    if (sent == null) {
      refusals.add(field, "error.ticket.field.required");
      return min;
    }
    return FigureRules.number(sent, min, min, max, field, refusals);
  }

  private static String line(String text, String field, Refusals refusals) {
    try {
      return text == null ? "" : PlainText.line(text, NAME_MAX);
    } catch (RefusedValue refused) {
      refusals.add(field, refused.reason());
      return "x";
    }
  }
}
