/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.api.ticket.TicketId;
import org.talka.ticket.internal.design.StateMove;
import org.talka.ticket.internal.design.StateMoves;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.service.TicketWriter;
import org.talka.ticket.internal.store.TicketStore;

/**
 * Takes tickets out of states that a workflow no longer has, some at a time, each in a transaction
 * of its own. What is left after a stop of the server goes on at the next start.
 */
@Component(service = StateMover.class, immediate = true)
public class StateMover {
  private static final Logger LOG = LoggerFactory.getLogger(StateMover.class);
  private static final int BATCH = 50;

  /** Whoever still worked with the workflow before has finished by then. */
  private static final Duration AFTERGLOW = Duration.ofSeconds(5);

  private final StateMoves moves;
  private final TicketStore store;
  private final TicketWriter writer;
  private final Callers callers;
  private final Transactions transactions;
  private final Duration afterglow;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "talka-ticket-moves");
            thread.setDaemon(true);
            return thread;
          });

  /** Moves that had nothing to do the last time; used by the worker alone. */
  private final Set<Long> idle = new HashSet<>();

  private volatile boolean stopping;

  @Activate
  public StateMover(
      @Reference StateMoves moves,
      @Reference TicketStore store,
      @Reference TicketWriter writer,
      @Reference Callers callers,
      @Reference Transactions transactions) {
    this(moves, store, writer, callers, transactions, AFTERGLOW);
    wake();
  }

  /**
   * @param afterglow how long after the last ticket a move is looked at once more
   */
  public StateMover(
      StateMoves moves,
      TicketStore store,
      TicketWriter writer,
      Callers callers,
      Transactions transactions,
      Duration afterglow) {
    this.moves = moves;
    this.store = store;
    this.writer = writer;
    this.callers = callers;
    this.transactions = transactions;
    this.afterglow = afterglow;
  }

  /** There may be something to do. */
  public void wake() {
    later(Duration.ZERO);
  }

  @Deactivate
  public void stop() throws InterruptedException {
    stopping = true;
    // no interrupt: the database does not survive one
    worker.shutdown();
    if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
      LOG.warn("A ticket is still on its way to another state; the rest follows at the next start");
    }
  }

  private void later(Duration delay) {
    try {
      worker.schedule(this::moveAll, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("The desk stops; moves go on at the next start", stopped);
    }
  }

  private void moveAll() {
    try {
      List<StateMove> all = moves.all();
      Caller system = callers.system("core");
      for (StateMove move : all) {
        callers.as(
            system,
            () -> {
              work(system, move);
              return null;
            });
      }
    } catch (RuntimeException e) {
      LOG.error("Tickets could not be moved out of a state; the next start tries again", e);
    }
  }

  private void work(Caller system, StateMove move) {
    boolean found = false;
    Set<Long> failed = new HashSet<>();
    for (List<Long> batch = moves.waiting(move, BATCH);
        !batch.isEmpty() && !failed.containsAll(batch) && !stopping;
        batch = moves.waiting(move, BATCH)) {
      found = true;
      for (Long id : batch) {
        if (!stopping && !failed.contains(id) && !moved(system, move, id)) {
          failed.add(id);
        }
      }
    }
    if (stopping) {
      return;
    }
    if (!failed.isEmpty()) {
      LOG.warn("{} tickets stay in {}; the next start tries again", failed.size(), move);
    } else if (!found && idle.remove(move.id())) {
      moves.remove(move.id());
      LOG.info("All tickets are moved: {}", move);
    } else {
      idle.add(move.id());
      later(afterglow);
    }
  }

  private boolean moved(Caller system, StateMove move, long id) {
    try {
      transactions.required(
          () -> {
            store
                .lock(new TicketId(id))
                .filter(ticket -> ticket.type().equals(move.type()))
                .filter(ticket -> ticket.state().equals(move.from()))
                .ifPresent(
                    ticket -> {
                      TicketDraft draft = new TicketDraft(ticket);
                      draft.enter(move.to(), move.category(), writer.now());
                      writer.settle(
                          TicketWriter.Write.of(
                              system, Operation.TRANSITION, "transitioned", ticket, draft));
                    });
            return null;
          });
      return true;
    } catch (RuntimeException e) {
      LOG.error("Could not move the ticket with the id {}: {}", id, move, e);
      return false;
    }
  }
}
