/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.TicketId;
import org.talka.ticket.internal.model.Task;

/** The rows of tasks. Whoever writes has locked the ticket. */
@Component(service = TaskStore.class)
public class TaskStore {
  private final Database database;

  @Activate
  public TaskStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  /**
   * Where a page of somebody's tasks ends.
   *
   * @param order the day, or when it was done, as the row has it
   */
  public record Place(long order, long id) {
    public static Place of(Task task) {
      return new Place(task.done() ? TaskRow.doneMicros(task) : TaskRow.dueDay(task), task.id());
    }

    private static Place start(boolean done) {
      return done ? new Place(Long.MAX_VALUE, 0) : new Place(Long.MIN_VALUE, 0);
    }
  }

  /** In their order. */
  public List<Task> of(TicketId ticket) {
    return database.read(
        em ->
            em
                .createNamedQuery("TaskRow.of", TaskRow.class)
                .setParameter("ticket", ticket.value())
                .getResultList()
                .stream()
                .map(TaskRow::task)
                .toList());
  }

  public long openOf(TicketId ticket) {
    return database.read(
        em ->
            em.createNamedQuery("TaskRow.openOf", Long.class)
                .setParameter("ticket", ticket.value())
                .getSingleResult());
  }

  public Optional<Task> find(TicketId ticket, long id) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(TaskRow.class, id))
                .filter(row -> row.ticket() == ticket.value())
                .map(TaskRow::task));
  }

  public List<Task> assigned(PersonId person, boolean done, Optional<Place> after, int limit) {
    Place from = after.orElse(Place.start(done));
    return database.read(
        em ->
            em
                .createNamedQuery(done ? "TaskRow.done" : "TaskRow.open", TaskRow.class)
                .setParameter("me", person.value())
                .setParameter("order", from.order())
                .setParameter("id", from.id())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(TaskRow::task)
                .toList());
  }

  /** At most {@code most}. */
  public int countOpen(PersonId person, int most) {
    return database.read(
        em ->
            em.createNamedQuery("TaskRow.countOpen", Long.class)
                .setParameter("me", person.value())
                .setMaxResults(most)
                .getResultList()
                .size());
  }

  public void add(Task task) {
    database.write(
        em -> {
          em.persist(new TaskRow(task));
          return null;
        });
  }

  /** All but its place. */
  public void replace(Task task) {
    database.write(
        em -> {
          em.find(TaskRow.class, task.id()).take(task);
          return null;
        });
  }

  public void place(long id, int place) {
    database.write(
        em -> {
          em.find(TaskRow.class, id).place(place);
          return null;
        });
  }

  public void remove(long id) {
    database.write(
        em -> {
          em.remove(em.find(TaskRow.class, id));
          return null;
        });
  }
}
