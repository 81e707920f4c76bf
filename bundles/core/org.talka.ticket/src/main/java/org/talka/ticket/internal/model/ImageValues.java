/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** A ticket's values by the names of the API, in stored form; and what differs between two. */
public final class ImageValues {
  private ImageValues() {}

  /** Built-in values; a field without one is absent. */
  public static Map<String, Object> builtIn(TicketImage ticket) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("subject", ticket.subject());
    values.put("description", ticket.description());
    values.put("state", ticket.state());
    values.put("impact", Words.of(ticket.impact()));
    values.put("urgency", Words.of(ticket.urgency()));
    values.put("priority", Words.of(ticket.priority()));
    ticket.requester().map(PersonId::value).ifPresent(id -> values.put("requester", id));
    ticket.assignee().map(PersonId::value).ifPresent(id -> values.put("assignee", id));
    ticket.team().map(TeamId::value).ifPresent(id -> values.put("team", id));
    ticket
        .organisation()
        .map(OrganisationId::value)
        .ifPresent(id -> values.put("organisation", id));
    values.put("tags", List.copyOf(ticket.tags()));
    return values;
  }

  /** All values, own fields too, without empty ones. */
  public static Map<String, Object> all(TicketImage ticket) {
    Map<String, Object> values = builtIn(ticket);
    values.putAll(ticket.fields());
    values.values().removeIf(v -> v.equals("") || v instanceof List<?> list && list.isEmpty());
    return values;
  }

  /** What became different, by field name; nothing when all is as it was. */
  public static List<Change> changes(Map<String, Object> before, Map<String, Object> after) {
    TreeSet<String> fields = new TreeSet<>(before.keySet());
    fields.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String field : fields) {
      if (!Objects.equals(before.get(field), after.get(field))) {
        changes.add(new Change(field, before.get(field), after.get(field)));
      }
    }
    return changes;
  }
}
