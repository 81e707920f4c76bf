/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.ticket.internal.model.Task;

/**
 * A task as clients get it.
 *
 * @param due a day, {@code 2026-03-31}
 */
@JsonInclude(Include.ALWAYS)
public record TaskView(
    String id,
    String title,
    PersonView assignee,
    String due,
    boolean done,
    Instant doneAt,
    int position,
    long version) {

  static TaskView of(Task task, TicketViews views, Map<PersonId, Person> names) {
    return new TaskView(
        Long.toString(task.id()),
        task.title(),
        task.assignee().map(id -> views.person(Optional.of(id), "", names)).orElse(null),
        task.due().map(LocalDate::toString).orElse(null),
        task.done(),
        task.doneAt().orElse(null),
        task.place(),
        task.version());
  }
}
