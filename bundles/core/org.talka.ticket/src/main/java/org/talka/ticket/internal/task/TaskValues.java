/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.task;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.PersonId;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.model.Task;
import org.talka.ticket.internal.rule.FieldValues;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;

/**
 * What a client gives for a task: what is absent stays, null empties.
 *
 * @param place where it shall stand, from 0
 */
record TaskValues(
    String title,
    Optional<PersonId> assignee,
    Optional<LocalDate> due,
    boolean done,
    Optional<Integer> place) {
  private static final int TITLE_MAX = 250;
  private static final Set<String> NAMES = Set.of("title", "assignee", "due", "done", "position");

  /** A new task's, before anything is said. */
  static final TaskValues NONE =
      new TaskValues("", Optional.empty(), Optional.empty(), false, Optional.empty());

  static TaskValues of(Task task) {
    return new TaskValues(task.title(), task.assignee(), task.due(), task.done(), Optional.empty());
  }

  /** These with what was given; what is wrong is collected. */
  TaskValues with(Map<String, Object> given, FieldValues values, Refusals refusals) {
    for (String name : given.keySet()) {
      if (!NAMES.contains(name)) {
        refusals.add(
            name.length() > 80 ? name.substring(0, 80) : name, "error.ticket.field.unknown");
      }
    }
    return new TaskValues(
        given.containsKey("title") ? title(given.get("title"), refusals) : title,
        given.containsKey("assignee")
            ? assignee(given.get("assignee"), values, refusals)
            : assignee,
        given.containsKey("due") ? due(given.get("due"), refusals) : due,
        given.containsKey("done") ? done(given.get("done"), refusals) : done,
        given.containsKey("position") ? place(given.get("position"), refusals) : place);
  }

  private static String title(Object raw, Refusals refusals) {
    if (raw != null && !(raw instanceof String)) {
      refusals.add("title", "error.ticket.field.text");
      return "";
    }
    try {
      String line = raw == null ? "" : PlainText.line((String) raw, TITLE_MAX);
      if (line.isEmpty()) {
        refusals.add("title", "error.ticket.field.required");
      }
      return line;
    } catch (RefusedValue refused) {
      refusals.add("title", refused.reason());
      return "";
    }
  }

  private static Optional<PersonId> assignee(Object raw, FieldValues values, Refusals refusals) {
    try {
      return values
          .read(BuiltIns.editable("assignee").orElseThrow(), raw, key -> false)
          .map(id -> new PersonId((Long) id));
    } catch (RefusedValue refused) {
      refusals.add("assignee", refused.reason());
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> due(Object raw, Refusals refusals) {
    if (raw == null || raw.equals("")) {
      return Optional.empty();
    }
    try {
      if (raw instanceof String text) {
        LocalDate date = LocalDate.parse(text);
        if (date.getYear() >= 1900 && date.getYear() <= 9999) {
          return Optional.of(date);
        }
      }
    } catch (DateTimeException e) {
      // said below, with what is expected
    }
    refusals.add("due", "error.ticket.field.date");
    return Optional.empty();
  }

  private static boolean done(Object raw, Refusals refusals) {
    if (raw instanceof Boolean done) {
      return done;
    }
    refusals.add("done", "error.ticket.field.boolean");
    return false;
  }

  private static Optional<Integer> place(Object raw, Refusals refusals) {
    if (raw instanceof Integer place && place >= 0) {
      return Optional.of(place);
    }
    refusals.add("position", "error.ticket.task.position");
    return Optional.empty();
  }
}
