/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;

/**
 * Puts items in the place of texts on many tickets, one ticket after the other in the background,
 * as the person who asked and who must be allowed to change each of them. Each ticket is changed or
 * not; whoever looks is told how far it is, also when the server ended in the middle.
 */
@Component(service = Matchings.class)
public class Matchings {
  /** So many tickets at once; the rest of a text is offered again afterwards. */
  static final int MOST = 5_000;

  private static final int TRIES = 3;
  private static final Duration ALIVE = Duration.ofMinutes(1);

  private final MatchingStore store;
  private final FreeTexts texts;
  private final TicketItems affected;
  private final Items items;
  private final Callers callers;
  private final Database database;
  private final Audit audit;
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
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Audit audit) {
    this(store, texts, affected, items, callers, database, audit, worker());
  }

  Matchings(
      MatchingStore store,
      FreeTexts texts,
      TicketItems affected,
      Items items,
      Callers callers,
      Database database,
      Audit audit,
      ExecutorService worker) {
    this.store = store;
    this.texts = texts;
    this.affected = affected;
    this.items = items;
    this.callers = callers;
    this.database = database;
    this.audit = audit;
    this.worker = worker;
  }

  private static ExecutorService worker() {
    return Executors.newSingleThreadExecutor(
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
    Map<String, List<FreeTexts.Place>> byTicket = new LinkedHashMap<>();
    for (FreeTexts.Place place : found.places()) {
      if (byTicket.containsKey(place.ticket()) || byTicket.size() < MOST) {
        byTicket.computeIfAbsent(place.ticket(), t -> new ArrayList<>()).add(place);
      }
    }
    Caller caller = callers.current();
    Matching matching =
        store.begin(found.text(), item.id(), caller.username(), byTicket.size(), alive());
    audit.record(
        "cmdb.text.matched",
        "cmdb-item:" + item.key(),
        Map.of("tickets", String.valueOf(byTicket.size())));
    worker.execute(
        () -> callers.as(caller, () -> work(matching, item, List.copyOf(byTicket.values()))));
    return matching;
  }

  private Instant alive() {
    return store.now().plus(ALIVE);
  }

  private Void work(Matching matching, Item item, List<List<FreeTexts.Place>> tickets) {
    for (List<FreeTexts.Place> places : tickets) {
      if (stopping) {
        return end(matching, Matching.State.STOPPED);
      }
      if (store.cancelling(matching.id())) {
        return end(matching, Matching.State.CANCELLED);
      }
      boolean done = patiently(() -> put(matching, item, places));
      store.locked(
          matching.id(),
          row -> {
            row.did(done);
            row.alive(alive());
            return row;
          });
    }
    return end(matching, Matching.State.DONE);
  }

  /** One spelling is noted for its return; the others of the same ticket meant the same. */
  private boolean put(Matching matching, Item item, List<FreeTexts.Place> places) {
    FreeTexts.Place first = places.get(0);
    database.write(
        em -> {
          for (FreeTexts.Place place : places) {
            affected.add(place.ticket(), item, place.text());
          }
          store.matched(matching.id(), first);
          return null;
        });
    return true;
  }

  private Void end(Matching matching, Matching.State how) {
    store.locked(
        matching.id(),
        row -> {
          row.state(how);
          return row;
        });
    return null;
  }

  private interface Step {
    boolean go();
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
    Instant until = alive();
    store.locked(
        id,
        row -> {
          switch (row.value(store.now()).state()) {
            case RUNNING, UNDOING -> throw DomainException.conflict("error.cmdb.match.working");
            case UNDONE -> throw DomainException.conflict("error.cmdb.match.undone");
            default -> {
              row.state(Matching.State.UNDOING);
              row.alive(until);
            }
          }
          return row;
        });
    Matching matching = get(id);
    Caller caller = callers.current();
    worker.execute(() -> callers.as(caller, () -> back(matching)));
    return matching;
  }

  private Void back(Matching matching) {
    for (FreeTexts.Place place : store.matched(matching.id())) {
      if (stopping) {
        return end(matching, Matching.State.STOPPED);
      }
      boolean back = patiently(() -> back(matching, place));
      store.locked(
          matching.id(),
          row -> {
            row.undid(back);
            row.alive(alive());
            return row;
          });
    }
    return end(matching, Matching.State.UNDONE);
  }

  private boolean back(Matching matching, FreeTexts.Place place) {
    return database.write(
        em -> {
          boolean back = affected.restore(place.ticket(), matching.item(), place.text());
          store.forget(matching.id(), place.ticket());
          return back;
        });
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
