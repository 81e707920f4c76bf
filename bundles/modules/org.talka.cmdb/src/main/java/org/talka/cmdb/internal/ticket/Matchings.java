/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.ConcurrentChangeException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;

/**
 * Puts items in the place of texts on many tickets, one ticket after the other in the background,
 * as the person who asked and who must be allowed to change each of them. The transaction that
 * changes a ticket also says that it was changed, so that a server that ends at any moment leaves a
 * matching to go on with: its hold on it runs out, and whoever looks next takes it up.
 */
@Component(service = Matchings.class, immediate = true)
public class Matchings {
  /** So many tickets at once; the rest of a text is offered again afterwards. */
  static final int MOST = 5_000;

  private static final int TRIES = 3;

  /** So often it is taken up without getting one ticket further. */
  private static final int ATTEMPTS = 5;

  private static final Duration HOLD = Duration.ofMinutes(1);
  private static final long LOOK_SECONDS = 15;

  private final MatchingStore store;
  private final FreeTexts texts;
  private final TicketItems affected;
  private final Items items;
  private final Callers callers;
  private final People people;
  private final Database database;
  private final Audit audit;
  private final String me = UUID.randomUUID().toString();
  private volatile boolean stopping;

  /** One thread: many tickets at once must not take the database from those who work. */
  private final ExecutorService worker;

  @Activate
  public Matchings(
      @Reference MatchingStore store,
      @Reference FreeTexts texts,
      @Reference TicketItems affected,
      @Reference Items items,
      @Reference Callers callers,
      @Reference People people,
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Audit audit) {
    this(store, texts, affected, items, callers, people, database, audit, worker());
    ((ScheduledExecutorService) worker)
        .scheduleWithFixedDelay(this::look, 1, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** For tests, which say when it works. */
  Matchings(
      MatchingStore store,
      FreeTexts texts,
      TicketItems affected,
      Items items,
      Callers callers,
      People people,
      Database database,
      Audit audit,
      ExecutorService worker) {
    this.store = store;
    this.texts = texts;
    this.affected = affected;
    this.items = items;
    this.callers = callers;
    this.people = people;
    this.database = database;
    this.audit = audit;
    this.worker = worker;
  }

  private static ScheduledExecutorService worker() {
    return Executors.newSingleThreadScheduledExecutor(
        work -> {
          Thread thread = new Thread(work, "cmdb-texts");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Deactivate
  public void close() throws InterruptedException {
    stopping = true;
    // not by an interrupt: it would break the database connection that the thread uses
    worker.shutdown();
    worker.awaitTermination(10, TimeUnit.SECONDS);
  }

  /** Begins to put an item in the place of a text. */
  public Matching start(String text, Item item) {
    items.requireSight();
    if (item.away()) {
      throw DomainException.conflict("error.cmdb.item.away", "key", item.key());
    }
    FreeTexts.FreeText found =
        texts
            .find(text)
            .orElseThrow(() -> DomainException.invalid("text", "error.cmdb.text.unknown"));
    Map<String, FreeTexts.Place> byTicket = new LinkedHashMap<>();
    for (FreeTexts.Place place : found.places()) {
      if (byTicket.size() < MOST) {
        byTicket.putIfAbsent(place.ticket(), place);
      }
    }
    Matching matching =
        store.begin(found.text(), item.id(), callers.current().username(), byTicket.values());
    audit.record(
        "cmdb.text.matched",
        "cmdb-item:" + item.key(),
        Map.of("tickets", String.valueOf(byTicket.size())));
    wake();
    return matching;
  }

  /** Says that there is something to do. */
  private void wake() {
    try {
      worker.execute(this::look);
    } catch (RejectedExecutionException stopped) {
      // it is taken up when the module is there again
    }
  }

  private void look() {
    try {
      work();
    } catch (RuntimeException unreachable) {
      // the database is away, or a ticket is: what waits there is found at the next look
    }
  }

  /** Works on everything that waits, also on what a server left that has ended. */
  void work() {
    for (long id : store.idle()) {
      if (!stopping) {
        take(id);
      }
    }
  }

  /** Makes a matching this server's own and goes on, unless somebody else was quicker. */
  private void take(long id) {
    Instant now = store.now();
    Optional<Integer> attempts =
        store.locked(
            id,
            row -> {
              if (!row.value().state().open() || row.owned(now)) {
                return null;
              }
              row.take(me, now.plus(HOLD));
              return row.attempts();
            });
    if (attempts.isEmpty()) {
      return;
    }
    Matching matching = store.find(id).orElseThrow();
    Optional<Caller> who =
        people.personByUsername(matching.by()).flatMap(person -> people.caller(person.id()));
    if (who.isEmpty() || attempts.get() > ATTEMPTS) {
      store.end(id, Matching.State.STOPPED);
    } else if (matching.state() == Matching.State.UNDOING) {
      callers.as(who.get(), () -> back(matching));
    } else {
      callers.as(who.get(), () -> forth(matching));
    }
  }

  private Void forth(Matching matching) {
    Item item = items.visible(List.of(matching.item())).get(matching.item());
    if (item == null) {
      store.end(matching.id(), Matching.State.STOPPED);
      return null;
    }
    for (FreeTexts.Place place : store.waiting(matching.id())) {
      if (stopping) {
        return leave(matching);
      }
      if (store.cancelling(matching.id())) {
        store.end(matching.id(), Matching.State.CANCELLED);
        return null;
      }
      each(matching, place, MatchingRow::did, () -> put(matching, item, place));
    }
    store.end(matching.id(), Matching.State.DONE);
    return null;
  }

  /** One spelling is noted for its return; the others of the same ticket meant the same. */
  private boolean put(Matching matching, Item item, FreeTexts.Place place) {
    List<FreeTexts.Place> spellings = texts.spellings(place.ticket(), matching.text());
    if (spellings.isEmpty()) {
      store.forget(matching.id(), place.ticket());
      return false;
    }
    spellings.forEach(spelling -> affected.add(spelling.ticket(), item, spelling.text()));
    store.matched(matching.id(), spellings.get(0));
    return true;
  }

  private Void leave(Matching matching) {
    store.locked(
        matching.id(),
        row -> {
          row.leave();
          return row;
        });
    return null;
  }

  private interface Step {
    boolean go();
  }

  private interface Count {
    void add(MatchingRow row, boolean well);
  }

  /** Does one ticket, or leaves it alone when that is refused, and counts it with that. */
  private void each(Matching matching, FreeTexts.Place place, Count count, Step step) {
    long id = matching.id();
    boolean counted =
        patiently(
            () ->
                database.write(
                    em -> {
                      counted(id, count, step.go());
                      return true;
                    }));
    if (!counted) {
      database.write(
          em -> {
            store.forget(id, place.ticket());
            counted(id, count, false);
            return null;
          });
    }
  }

  private void counted(long id, Count count, boolean well) {
    Instant until = store.now().plus(HOLD);
    store.locked(
        id,
        row -> {
          if (!row.ownedBy(me)) {
            throw new IllegalStateException("another server goes on with it");
          }
          count.add(row, well);
          row.hold(until);
          return row;
        });
  }

  /** What somebody else changed at the same moment is tried again; what is refused is counted. */
  private static boolean patiently(Step step) {
    for (int tries = 1; tries <= TRIES; tries++) {
      try {
        return step.go();
      } catch (ConcurrentChangeException lost) {
        // once more
      } catch (DomainException refused) {
        if (refused.kind() != ErrorKind.STALE) {
          return false;
        }
      }
    }
    return false;
  }

  /** One of the caller's own. */
  public Matching get(long id) {
    String me = callers.current().username();
    return store
        .find(id)
        .filter(matching -> matching.by().equals(me))
        .orElseThrow(() -> DomainException.notFound("error.cmdb.match.unknown"));
  }

  /** Leaves alone what was not begun. */
  public Matching cancel(long id) {
    if (get(id).state() != Matching.State.RUNNING) {
      throw DomainException.conflict("error.cmdb.match.ended");
    }
    store.locked(
        id,
        row -> {
          row.cancel();
          return row;
        });
    return get(id);
  }

  /** Begins to put the text back where the item still stands for it. */
  public Matching undo(long id) {
    get(id);
    store.locked(
        id,
        row -> {
          switch (row.value().state()) {
            case RUNNING, UNDOING -> throw DomainException.conflict("error.cmdb.match.working");
            case UNDONE -> throw DomainException.conflict("error.cmdb.match.undone");
            default -> row.undoing();
          }
          return row;
        });
    Matching matching = get(id);
    wake();
    return matching;
  }

  private Void back(Matching matching) {
    for (FreeTexts.Place place : store.matched(matching.id())) {
      if (stopping) {
        return leave(matching);
      }
      each(matching, place, MatchingRow::undid, () -> back(matching, place));
    }
    store.end(matching.id(), Matching.State.UNDONE);
    return null;
  }

  private boolean back(Matching matching, FreeTexts.Place place) {
    boolean back = affected.restore(place.ticket(), matching.item(), place.text());
    store.forget(matching.id(), place.ticket());
    return back;
  }

  /** Says that a text means no item, for everybody. */
  public void skip(String text) {
    items.requireSight();
    String key = FreeTexts.key(text == null ? "" : text);
    if (key.isEmpty()) {
      throw DomainException.invalid("text", "error.cmdb.required");
    }
    store.skip(key, callers.current().username());
  }

  /** Offers a text again. */
  public void show(String text) {
    items.requireSight();
    store.show(FreeTexts.key(text == null ? "" : text));
  }
}
