/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.task;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.security.Seal;
import org.talka.ticket.internal.access.FilterMatch;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.Task;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.FieldValues;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.service.TicketEvents;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.service.TicketWriter;
import org.talka.ticket.internal.service.TicketWriter.Write;
import org.talka.ticket.internal.store.TaskStore;
import org.talka.ticket.internal.store.TaskStore.Place;
import org.talka.ticket.internal.store.TicketStore;

/**
 * What is to be done for a ticket, as a list that can be ticked off. Requesters see nothing of it.
 * Whatever happens to a task is in its ticket's history; only the order of tasks is not.
 */
@Component(service = Tasks.class)
public class Tasks {
  /** So that a ticket's list needs no pages. */
  private static final int MANY = 100;

  private static final String READ = "ticket:note";
  private static final String WRITE = "ticket:update";

  private final TicketReader reader;
  private final TicketWriter writer;
  private final TicketEvents events;
  private final TaskStore store;
  private final TicketStore tickets;
  private final Visibility visibility;
  private final FieldValues values;
  private final Transactions transactions;
  private final Seal seal;

  @Activate
  public Tasks(
      @Reference TicketReader reader,
      @Reference TicketWriter writer,
      @Reference TicketEvents events,
      @Reference TaskStore store,
      @Reference TicketStore tickets,
      @Reference Visibility visibility,
      @Reference FieldValues values,
      @Reference Transactions transactions,
      @Reference Seal seal) {
    this.reader = reader;
    this.writer = writer;
    this.events = events;
    this.store = store;
    this.tickets = tickets;
    this.visibility = visibility;
    this.values = values;
    this.transactions = transactions;
    this.seal = seal;
  }

  /** In their order. */
  public List<Task> of(TicketImage ticket) {
    reader.require(READ, ticket);
    return store.of(ticket.id());
  }

  public Task get(TicketImage ticket, long id) {
    reader.require(READ, ticket);
    return store.find(ticket.id(), id).orElseThrow(() -> unknown(id));
  }

  public Task add(String key, Map<String, Object> given) {
    return transactions.required(
        () -> {
          Caller caller = reader.caller();
          TicketImage ticket = lock(key);
          Refusals refusals = new Refusals();
          Map<String, Object> all = new HashMap<>(given);
          all.putIfAbsent("title", "");
          TaskValues wanted = TaskValues.NONE.with(all, values, refusals);
          List<Task> tasks = store.of(ticket.id());
          if (tasks.size() >= MANY) {
            throw DomainException.conflict("error.ticket.task.too-many", "max", MANY);
          }
          Task task =
              new Task(
                  writer.id(),
                  ticket.id(),
                  wanted.title(),
                  wanted.assignee(),
                  wanted.due(),
                  tasks.isEmpty() ? 0 : tasks.get(tasks.size() - 1).place() + 1,
                  wanted.done() ? Optional.of(writer.now()) : Optional.empty(),
                  1);
          refusals.raise();
          store.add(task);
          wanted.place().ifPresent(place -> arrange(tasks, task, place));
          record(caller, ticket, "task-added", changes(null, task), refusals);
          return store.find(ticket.id(), task.id()).orElseThrow();
        });
  }

  /**
   * @param version the one that the client saw
   */
  public Task change(String key, long id, long version, Map<String, Object> given) {
    return transactions.required(
        () -> {
          Caller caller = reader.caller();
          TicketImage ticket = lock(key);
          Task before = store.find(ticket.id(), id).orElseThrow(() -> unknown(id));
          if (before.version() != version) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          Refusals refusals = new Refusals();
          TaskValues wanted = TaskValues.of(before).with(given, values, refusals);
          refusals.raise();
          Task after =
              new Task(
                  id,
                  ticket.id(),
                  wanted.title(),
                  wanted.assignee(),
                  wanted.due(),
                  before.place(),
                  wanted.done()
                      ? before.doneAt().or(() -> Optional.of(writer.now()))
                      : Optional.empty(),
                  version + 1);
          List<Change> changes = changes(before, after);
          boolean ticked = before.done() != after.done();
          boolean moved =
              wanted.place().isPresent()
                  && arrange(
                      store.of(ticket.id()).stream().filter(task -> task.id() != id).toList(),
                      before,
                      wanted.place().get());
          if (changes.isEmpty() && !ticked) {
            if (moved) {
              // nothing to remember, but whoever looks sees it
              events.publish(ticket, "tasks-arranged", true);
            }
            return store.find(ticket.id(), id).orElseThrow();
          }
          store.replace(after);
          if (ticked) {
            String kind = after.done() ? "task-done" : "task-reopened";
            Change what = new Change("task", null, after.title());
            List<Change> all = new ArrayList<>(List.of(what));
            changes.stream().filter(change -> !change.field().equals("task")).forEach(all::add);
            record(caller, ticket, kind, all, refusals);
          } else {
            record(caller, ticket, "task-changed", changes, refusals);
          }
          return store.find(ticket.id(), id).orElseThrow();
        });
  }

  public void remove(String key, long id) {
    transactions.required(
        () -> {
          Caller caller = reader.caller();
          TicketImage ticket = lock(key);
          Task task = store.find(ticket.id(), id).orElseThrow(() -> unknown(id));
          store.remove(id);
          Change gone = new Change("task", task.title(), null);
          record(caller, ticket, "task-removed", List.of(gone), new Refusals());
          return null;
        });
  }

  /**
   * The caller's tasks on tickets that the caller sees: open ones by their day, done ones the
   * latest first. A page may be shorter than asked for.
   */
  public Page<AssignedTask> mine(boolean done, int limit, Optional<String> after) {
    Optional<PersonId> me = reader.caller().person();
    if (me.isEmpty()) {
      return new Page<>(List.of(), Optional.empty());
    }
    String list = "tasks:" + done + ":" + me.get().value();
    Optional<Place> from = after.map(cursor -> place(seal.open(list, cursor)));
    List<Task> found = store.assigned(me.get(), done, from, limit + 1);
    List<Task> page = found.size() > limit ? found.subList(0, limit) : found;
    Optional<String> next =
        found.size() > limit
            ? Optional.of(seal.seal(list, text(Place.of(page.get(limit - 1)))))
            : Optional.empty();
    return new Page<>(visible(page), next);
  }

  /** How many open tasks the caller has, up to a bound. */
  public int open(int most) {
    return reader.caller().person().map(me -> store.countOpen(me, most)).orElse(0);
  }

  private List<AssignedTask> visible(List<Task> tasks) {
    Map<Long, TicketImage> byId = new HashMap<>();
    tickets
        .byIds(tasks.stream().map(task -> task.ticket().value()).distinct().toList(), false)
        .forEach(ticket -> byId.put(ticket.id().value(), ticket));
    Caller caller = reader.caller();
    Filter seen = Filter.and(visibility.of(caller), Visibility.scope(caller, READ));
    List<AssignedTask> shown = new ArrayList<>();
    for (Task task : tasks) {
      TicketImage ticket = byId.get(task.ticket().value());
      if (ticket != null && FilterMatch.matches(seen, field -> TicketKeywords.of(ticket, field))) {
        shown.add(new AssignedTask(task, ticket));
      }
    }
    return shown;
  }

  private TicketImage lock(String key) {
    TicketImage ticket = reader.lock(key);
    reader.require(READ, ticket);
    reader.require(WRITE, ticket);
    return ticket;
  }

  /**
   * Puts a task among the others.
   *
   * @return whether anything stands elsewhere now
   */
  private boolean arrange(List<Task> others, Task task, int place) {
    List<Task> order = new ArrayList<>(others);
    order.add(Math.min(place, order.size()), task);
    boolean moved = false;
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).place() != i) {
        store.place(order.get(i).id(), i);
        moved = true;
      }
    }
    return moved;
  }

  private void record(
      Caller caller, TicketImage ticket, String kind, List<Change> changes, Refusals refusals) {
    Write write = Write.of(caller, Operation.UPDATE, kind, ticket, new TicketDraft(ticket));
    for (Change change : changes) {
      write = write.with(change, true);
    }
    writer.write(write, refusals);
  }

  /** The title first, whatever else became different. */
  private static List<Change> changes(Task before, Task after) {
    List<Change> changes = new ArrayList<>();
    Long assigned = before == null ? null : before.assignee().map(PersonId::value).orElse(null);
    Long assignee = after.assignee().map(PersonId::value).orElse(null);
    String was = before == null ? null : before.due().map(LocalDate::toString).orElse(null);
    String due = after.due().map(LocalDate::toString).orElse(null);
    if (!java.util.Objects.equals(assigned, assignee)) {
      changes.add(new Change("taskAssignee", assigned, assignee));
    }
    if (!java.util.Objects.equals(was, due)) {
      changes.add(new Change("taskDue", was, due));
    }
    boolean renamed = before != null && !before.title().equals(after.title());
    if (before == null || renamed || !changes.isEmpty()) {
      changes.add(0, new Change("task", renamed ? before.title() : null, after.title()));
    }
    return changes;
  }

  private static String text(Place place) {
    return place.order() + "," + place.id();
  }

  private static Place place(String text) {
    String[] parts = text.split(",", -1);
    try {
      return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw DomainException.malformed("error.ticket.cursor");
    }
  }

  private static DomainException unknown(long id) {
    return DomainException.notFound("error.ticket.task.unknown", "id", id);
  }
}
