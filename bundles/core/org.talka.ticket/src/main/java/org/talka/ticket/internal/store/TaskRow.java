/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.TicketId;
import org.talka.ticket.internal.model.Task;

/**
 * A task of a ticket. Days and times are kept as numbers that an index has in the order of a
 * person's list: what has no day comes after what has one.
 */
@Entity
@Table(name = "tkt_task")
@NamedQuery(
    name = "TaskRow.of",
    query = "select t from TaskRow t where t.ticket = :ticket order by t.place, t.id")
@NamedQuery(
    name = "TaskRow.openOf",
    query = "select count(t.id) from TaskRow t where t.ticket = :ticket and t.done = 0")
@NamedQuery(
    name = "TaskRow.open",
    query =
        "select t from TaskRow t where t.assignee = :me and t.done = 0 and t.dueDay >= :order"
            + " and (t.dueDay > :order or t.id > :id) order by t.dueDay, t.id")
@NamedQuery(
    name = "TaskRow.done",
    query =
        "select t from TaskRow t where t.assignee = :me and t.done = 1 and t.doneMicros <= :order"
            + " and (t.doneMicros < :order or t.id < :id) order by t.doneMicros desc, t.id desc")
@NamedQuery(
    name = "TaskRow.countOpen",
    query = "select t.id from TaskRow t where t.assignee = :me and t.done = 0 order by t.dueDay")
public class TaskRow {
  /** Of a task without a day. */
  static final long NO_DAY = 99_999_999L;

  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "ticket_id")
  private long ticket;

  @Column(name = "title")
  private String title;

  @Column(name = "assignee_id")
  private Long assignee;

  @Column(name = "due_day")
  private long dueDay;

  @Column(name = "place")
  private int place;

  @Column(name = "is_done")
  private int done;

  @Column(name = "done_micros")
  private long doneMicros;

  @Column(name = "version")
  private long version;

  protected TaskRow() {}

  TaskRow(Task task) {
    id = task.id();
    ticket = task.ticket().value();
    place = task.place();
    take(task);
  }

  /** All but its place, which changes by itself. */
  final void take(Task task) {
    title = task.title();
    assignee = task.assignee().map(PersonId::value).orElse(null);
    dueDay = dueDay(task);
    done = task.done() ? 1 : 0;
    doneMicros = doneMicros(task);
    version = task.version();
  }

  void place(int newPlace) {
    place = newPlace;
  }

  static long dueDay(Task task) {
    return task.due().map(LocalDate::toEpochDay).orElse(NO_DAY);
  }

  static long doneMicros(Task task) {
    return task.doneAt().map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at)).orElse(0L);
  }

  long ticket() {
    return ticket;
  }

  Task task() {
    return new Task(
        id,
        new TicketId(ticket),
        title,
        Optional.ofNullable(assignee).map(PersonId::new),
        dueDay == NO_DAY ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(dueDay)),
        place,
        done == 0
            ? Optional.empty()
            : Optional.of(Instant.EPOCH.plus(doneMicros, ChronoUnit.MICROS)),
        version);
  }
}
