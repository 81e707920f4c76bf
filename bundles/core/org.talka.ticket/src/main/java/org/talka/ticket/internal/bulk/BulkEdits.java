/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.query.Page;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;

/**
 * Changes of many tickets, one after the other in the background, as the person who asked. Each
 * ticket is a transaction of its own: what was done stays done, and its history says so. What is
 * known of a change lives in memory; after a restart only the tickets tell of it.
 */
@Component(service = BulkEdits.class)
public class BulkEdits {
  private static final Logger LOG = LoggerFactory.getLogger(BulkEdits.class);

  /** Tickets in one change: what a person can still look through afterwards. */
  static final int MANY = 500;

  private static final int RUNNING = 20;
  private static final int KEPT = 100;
  private static final int PAGE = 200;
  private static final Set<String> FIELDS =
      Set.of("assignee", "team", "priority", "impact", "urgency");

  private final BulkStep step;
  private final TicketLists lists;
  private final Callers callers;
  // one thread: many changes at once must not take the database from those who work
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "talka-ticket-bulk");
            thread.setDaemon(true);
            return thread;
          });

  /** The newest last; guarded by itself. */
  private final Map<String, BulkEdit> edits = new LinkedHashMap<>();

  @Activate
  public BulkEdits(
      @Reference BulkStep step, @Reference TicketLists lists, @Reference Callers callers) {
    this.step = step;
    this.lists = lists;
    this.callers = callers;
  }

  @Deactivate
  void stop() throws InterruptedException {
    synchronized (edits) {
      edits.values().forEach(BulkEdit::stop);
    }
    // no interrupt: the database does not survive one
    worker.shutdown();
    if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
      LOG.warn("A change of many tickets still works on one; the desk goes on without it");
    }
  }

  /** Begins to change these tickets. */
  public BulkEdit start(List<BulkTarget> targets, BulkChange change) {
    check(change);
    if (targets.isEmpty()) {
      throw DomainException.invalid("tickets", "error.ticket.field.required");
    }
    if (targets.size() > MANY) {
      throw DomainException.invalid("tickets", "error.ticket.bulk.too-many", "max", MANY);
    }
    Caller caller = callers.current();
    BulkEdit edit = new BulkEdit(UUID.randomUUID().toString(), caller, targets, change);
    keep(edit);
    worker.execute(() -> work(edit));
    return edit;
  }

  /** Begins to change all tickets that a query finds now, in the versions that they have now. */
  public BulkEdit start(String query, BulkChange change) {
    check(change);
    List<BulkTarget> targets = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Page<TicketImage> page = lists.query(query, TicketLists.NEWEST, PAGE, after);
      page.items()
          .forEach(
              ticket -> targets.add(new BulkTarget(ticket.key(), Optional.of(ticket.version()))));
      after = page.next();
    } while (after.isPresent() && targets.size() <= MANY);
    if (targets.size() > MANY) {
      throw DomainException.invalid("q", "error.ticket.bulk.too-many", "max", MANY);
    }
    return start(targets, change);
  }

  /** A change of the caller's own. */
  public BulkEdit get(String id) {
    BulkEdit edit;
    synchronized (edits) {
      edit = edits.get(id);
    }
    if (edit == null || !edit.caller().username().equals(callers.current().username())) {
      throw DomainException.notFound("error.ticket.bulk.unknown");
    }
    return edit;
  }

  /** Leaves alone what was not begun. */
  public void stop(String id) {
    get(id).stop();
  }

  private static void check(BulkChange change) {
    if (change.nothing()) {
      throw DomainException.invalid("changes", "error.ticket.bulk.nothing");
    }
    for (String field : change.values().keySet()) {
      if (!FIELDS.contains(field)) {
        throw DomainException.invalid(field, "error.ticket.field.not-allowed");
      }
    }
  }

  /** Forgets the oldest that ended. */
  private void keep(BulkEdit edit) {
    synchronized (edits) {
      long running =
          edits.values().stream().filter(e -> e.state() == BulkEdit.State.RUNNING).count();
      if (running >= RUNNING) {
        throw DomainException.of(ErrorKind.CONFLICT, "error.ticket.bulk.busy");
      }
      var oldest = edits.values().iterator();
      while (edits.size() >= KEPT && oldest.hasNext()) {
        if (oldest.next().state() != BulkEdit.State.RUNNING) {
          oldest.remove();
        }
      }
      edits.put(edit.id(), edit);
    }
  }

  private void work(BulkEdit edit) {
    try {
      callers.as(
          edit.caller(),
          () -> {
            for (BulkTarget target : edit.targets()) {
              if (edit.stopping()) {
                break;
              }
              edit.add(result(edit, target));
            }
            return null;
          });
    } finally {
      edit.end();
    }
  }

  private BulkResult result(BulkEdit edit, BulkTarget target) {
    try {
      step.change(target, edit.change());
      return BulkResult.changed(target.key());
    } catch (DomainException refused) {
      return BulkResult.refused(target.key(), refused);
    } catch (ConcurrentChangeException lost) {
      return BulkResult.refused(
          target.key(),
          DomainException.of(ErrorKind.STALE, "error.ticket.stale", "key", target.key()));
    } catch (RuntimeException e) {
      LOG.error("Could not change {} in the bulk edit {}", target.key(), edit.id(), e);
      return BulkResult.failed(target.key());
    }
  }
}
