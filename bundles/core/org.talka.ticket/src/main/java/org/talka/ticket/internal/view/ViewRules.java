/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.view;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.api.security.People;
import org.talka.api.security.PersonId;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;
import org.talka.ticket.internal.share.Sharing;

/** What a saved view must be, and who may share it with whom. */
@Component(service = ViewRules.class)
public class ViewRules {
  /** Shares with everybody, and keeps what others shared. */
  static final String SHARE = "view:share";

  private static final int NAME_MAX = 80;
  private static final int QUERY_MAX = 1_000;
  private static final int COLUMNS_MAX = 12;
  // no look into the types: a column of a module that is away comes back with the module
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,59}");

  private final People people;
  private final TicketLists lists;

  @Activate
  public ViewRules(@Reference People people, @Reference TicketLists lists) {
    this.people = people;
    this.lists = lists;
  }

  /**
   * The view that these values make.
   *
   * @throws DomainException INVALID with every wrong field, FORBIDDEN when it may not be shared so
   */
  SavedView view(Caller caller, long id, PersonId owner, ViewValues values, long version) {
    Refusals refusals = new Refusals();
    String name = line(values.name(), NAME_MAX, "name", refusals);
    if (name.isEmpty()) {
      refusals.add("name", "error.ticket.field.required");
    }
    String query = line(values.q(), QUERY_MAX, "q", refusals);
    understood(query, refusals);
    String sort = sort(values.sort(), refusals);
    List<String> columns = columns(values.columns(), refusals);
    Sharing sharing =
        Sharing.asked(caller, owner, values.audience(), values.team(), SHARE, people, refusals);
    refusals.raise();
    return new SavedView(id, name, query, sort, columns, sharing, version);
  }

  private static String line(String text, int max, String field, Refusals refusals) {
    try {
      return text == null ? "" : PlainText.line(text, max);
    } catch (RefusedValue refused) {
      refusals.add(field, refused.reason());
      return text;
    }
  }

  private void understood(String query, Refusals refusals) {
    try {
      lists.check(query);
    } catch (DomainException refused) {
      refusals.add("q", refused.text());
    }
  }

  private static String sort(String sort, Refusals refusals) {
    String chosen = sort == null || sort.isBlank() ? TicketLists.NEWEST : sort;
    if (!TicketLists.SORTS.contains(chosen.startsWith("-") ? chosen.substring(1) : chosen)) {
      refusals.add("sort", "error.ticket.view.sort");
    }
    return chosen;
  }

  private static List<String> columns(List<String> columns, Refusals refusals) {
    if (columns == null) {
      return List.of();
    }
    boolean wellFormed =
        columns.stream().allMatch(column -> column != null && COLUMN.matcher(column).matches());
    if (!wellFormed || new HashSet<>(columns).size() < columns.size()) {
      refusals.add("columns", "error.ticket.view.columns");
      return List.of();
    }
    if (columns.size() > COLUMNS_MAX) {
      refusals.add("columns", "error.ticket.field.too-many", "max", COLUMNS_MAX);
    }
    return columns;
  }
}
