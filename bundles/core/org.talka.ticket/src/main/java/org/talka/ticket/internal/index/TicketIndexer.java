/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.event.DomainEvent;
import org.talka.event.EventConsumer;
import org.talka.event.EventLog;
import org.talka.search.SearchDocument;
import org.talka.search.SearchIndex;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.store.ConversationStore;
import org.talka.ticket.internal.store.TicketStore;

/**
 * Keeps the search index equal to the database. The index on disk remembers the event up to which
 * it is complete; what it misses after a crash is read again from the event log, and an index that
 * was lost is filled from the tables, in the background.
 *
 * <p>{@link #lock} guards all writes to the index and the fields beside it. Until the index is
 * complete, events that are delivered need no work: the fill ends with what the log holds.
 */
@Component(service = {EventConsumer.class, IndexProgress.class})
public class TicketIndexer implements EventConsumer, IndexProgress {
  private static final Logger LOG = LoggerFactory.getLogger(TicketIndexer.class);
  private static final int BATCH = 200;

  /** What an index says that is not complete yet. */
  private static final long INCOMPLETE = 0;

  private final SearchIndex index;
  private final EventLog log;
  private final TicketStore tickets;
  private final ConversationStore conversation;
  private final TicketDocuments documents;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread filler;
  private final ScheduledExecutorService completer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "talka-ticket-index-again");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean completing = new AtomicBoolean();
  private long applied;
  private volatile boolean ready;
  private volatile boolean closed;

  @Activate
  public TicketIndexer(
      @Reference SearchIndex index,
      @Reference EventLog log,
      @Reference TicketStore tickets,
      @Reference ConversationStore conversation,
      @Reference TicketDocuments documents) {
    this.index = index;
    this.log = log;
    this.tickets = tickets;
    this.conversation = conversation;
    this.documents = documents;
    documents.onOmissions(this::completeAfter);
    this.filler = new Thread(this::fill, "talka-ticket-index");
    filler.setDaemon(true);
    filler.start();
  }

  @Deactivate
  public void close() throws InterruptedException {
    closed = true;
    // not by an interrupt: it would break the database connection that the thread uses
    stopped.countDown();
    completer.shutdown();
    filler.join(5_000);
    completer.awaitTermination(5, TimeUnit.SECONDS);
  }

  @Override
  public String name() {
    return "ticket-index";
  }

  @Override
  public void consume(List<DomainEvent> batch) {
    if (!ready) {
      return;
    }
    lock.lock();
    try {
      if (index.position().isEmpty()) {
        // it was found damaged and thrown away
        ready = false;
        fillAll();
        catchUp();
        ready = !closed;
        return;
      }
      apply(batch.stream().filter(event -> event.sequence() > applied).toList());
    } catch (RuntimeException e) {
      // the index is back at its last durable position: so are we
      applied = index.position().orElse(INCOMPLETE);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public boolean await(Duration atMost) {
    long target = log.lastSequence();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      if (!lock.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      long left = end - System.nanoTime();
      while (applied < target) {
        if (left <= 0) {
          return false;
        }
        left = moved.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** At the start, on its own thread; tried again until it works or the desk stops. */
  private void fill() {
    boolean said = false;
    while (!closed && !ready) {
      lock.lock();
      try {
        OptionalLong position = index.position();
        if (position.isEmpty() || position.getAsLong() <= INCOMPLETE || forgotten(position)) {
          fillAll();
        } else {
          applied = position.getAsLong();
        }
        catchUp();
        ready = !closed;
        // whoever was told of an event and saw us unready relies on this second look
        catchUp();
      } catch (RuntimeException e) {
        if (!said && !closed) {
          LOG.error("The search index can't be filled yet; trying again", e);
          said = true;
        }
      } finally {
        lock.unlock();
      }
      pause();
    }
  }

  /** Whether the log has already dropped events that the index has not seen. */
  private boolean forgotten(OptionalLong position) {
    List<DomainEvent> oldest = log.after(INCOMPLETE, 1);
    return !oldest.isEmpty() && oldest.get(0).sequence() > position.getAsLong() + 1;
  }

  private void fillAll() {
    // before the first row is read: what changes meanwhile is applied again from the log
    long from = log.lastSequence();
    index.discard();
    long id = Long.MIN_VALUE;
    long count = 0;
    long began = System.nanoTime();
    while (!closed) {
      List<TicketImage> batch = tickets.after(id, BATCH);
      if (batch.isEmpty()) {
        break;
      }
      index.update(documents(batch), List.of(), INCOMPLETE);
      id = batch.get(batch.size() - 1).id().value();
      count += batch.size();
    }
    if (!closed) {
      index.update(List.of(), List.of(), from);
      index.flush();
      applied = from;
      LOG.info(
          "Filled the search index with {} tickets in {} ms",
          count,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }
  }

  private void catchUp() {
    while (!closed) {
      List<DomainEvent> events = log.after(applied, BATCH);
      if (events.isEmpty()) {
        return;
      }
      apply(events);
    }
  }

  private void apply(List<DomainEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    Set<Long> changed = new LinkedHashSet<>();
    for (DomainEvent event : events) {
      if (event.type().startsWith("ticket.") && event.data().get("id") instanceof Number id) {
        changed.add(id.longValue());
      }
    }
    long last = events.get(events.size() - 1).sequence();
    List<TicketImage> found = tickets.byIds(List.copyOf(changed), true);
    found.forEach(ticket -> changed.remove(ticket.id().value()));
    // what is not there any more went with its module
    index.update(documents(found), changed.stream().map(TicketDocuments::id).toList(), last);
    applied = last;
    moved.signalAll();
  }

  private List<SearchDocument> documents(List<TicketImage> batch) {
    Map<Long, List<CommentImage>> comments =
        conversation.comments(batch.stream().map(ticket -> ticket.id().value()).toList());
    List<SearchDocument> made = new ArrayList<>(batch.size());
    for (TicketImage ticket : batch) {
      made.add(documents.of(ticket, comments.getOrDefault(ticket.id().value(), List.of())));
    }
    return made;
  }

  /** Several wishes within the time are one. */
  private void completeAfter(Duration delay) {
    if (!closed && completing.compareAndSet(false, true)) {
      try {
        completer.schedule(this::complete, delay.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException stopping) {
        LOG.debug("The desk stops; some documents lack what modules add", stopping);
      }
    }
  }

  /** Makes documents again that lack what a contributor adds, some at a time. */
  private void complete() {
    completing.set(false);
    if (!ready) {
      completeAfter(Duration.ofSeconds(2));
      return;
    }
    try {
      boolean all = documents.omissions().takeAll();
      long id = Long.MIN_VALUE;
      List<TicketImage> batch = all ? tickets.after(id, BATCH) : owed();
      while (!batch.isEmpty() && !closed) {
        replace(batch);
        id = batch.get(batch.size() - 1).id().value();
        batch = all ? tickets.after(id, BATCH) : owed();
      }
    } catch (RuntimeException e) {
      LOG.warn("Documents that lack what modules add stay as they are until they change", e);
    }
  }

  private List<TicketImage> owed() {
    return tickets.byIds(documents.omissions().take(BATCH), true);
  }

  /** The tickets are read again under the lock: a change may have been applied meanwhile. */
  private void replace(List<TicketImage> batch) {
    lock.lock();
    try {
      List<Long> ids = batch.stream().map(ticket -> ticket.id().value()).toList();
      index.update(documents(tickets.byIds(ids, true)), List.of(), applied);
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    try {
      if (!ready && stopped.await(2, TimeUnit.SECONDS)) {
        LOG.debug("The desk stops before the search index is filled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
