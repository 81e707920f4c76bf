/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
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
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.security.Callers;
import org.talka.cmdb.internal.item.ItemStore;

/**
 * Imports files and takes large imports back, one after the other on a thread of its own. Each part
 * is a transaction that also says how far the import is, so that a server that ends at any moment
 * leaves an import to go on with: its hold on it runs out, and whoever looks next takes it up. A
 * trial begins again then, since it has kept nothing.
 */
@Component(service = ImportWorker.class, immediate = true)
public class ImportWorker {
  private static final Duration HOLD = Duration.ofMinutes(1);
  private static final long LOOK_SECONDS = 15;
  private static final Duration AGAIN = Duration.ofMillis(300);
  private static final Duration FORGOTTEN = Duration.ofDays(1);
  private static final int TRIES = 5;

  private final Importer importer;
  private final Undoing undoing;
  private final IntakeStore store;
  private final ImportFiles files;
  private final ItemStore items;
  private final Database database;
  private final Callers callers;
  private final String me = UUID.randomUUID().toString();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ScheduledExecutorService hands =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "cmdb-imports");
            thread.setDaemon(true);
            return thread;
          });

  @Activate
  public ImportWorker(
      @Reference Importer importer,
      @Reference Undoing undoing,
      @Reference IntakeStore store,
      @Reference ImportFiles files,
      @Reference ItemStore items,
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference Callers callers) {
    this(importer, undoing, store, files, items, callers, database);
    hands.scheduleWithFixedDelay(this::look, 1, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** For tests, which say when it works. */
  ImportWorker(
      Importer importer,
      Undoing undoing,
      IntakeStore store,
      ImportFiles files,
      ItemStore items,
      Callers callers,
      Database database) {
    this.importer = importer;
    this.undoing = undoing;
    this.store = store;
    this.files = files;
    this.items = items;
    this.database = database;
    this.callers = callers;
  }

  @Deactivate
  public void close() throws InterruptedException {
    // not by an interrupt: it would break the database connection that the thread uses
    stopping.countDown();
    hands.shutdown();
    hands.awaitTermination(10, TimeUnit.SECONDS);
  }

  /** Says that there is something to do. */
  public void wake() {
    try {
      hands.execute(this::look);
    } catch (RejectedExecutionException stopped) {
      // it is taken up when the module is there again
    }
  }

  private void look() {
    try {
      callers.as(
          callers.system("cmdb"),
          () -> {
            work();
            return null;
          });
    } catch (RuntimeException unreachable) {
      // the database is away: what waits there is found when it is back
    }
  }

  /** Works on everything that waits. */
  void work() {
    Instant old = items.now().minus(FORGOTTEN);
    files.forget(old);
    store.forgetTrials(old);
    for (long id : store.idle()) {
      if (!stopped(Duration.ZERO)) {
        take(id).ifPresent(state -> work(id, state));
      }
    }
  }

  /** Makes an import this server's own; what it is then, unless somebody else was quicker. */
  private Optional<Run.State> take(long id) {
    Instant now = items.now();
    return store.locked(
        id,
        row -> {
          Run run = row.value();
          if (!run.state().open() || row.owned(now)) {
            return null;
          }
          if (row.attempts() >= TRIES) {
            row.ended(Run.State.FAILED, now, "error.cmdb.import.stuck");
            return null;
          }
          row.own(me, now.plus(HOLD), true);
          if (run.state() != Run.State.UNDOING) {
            row.state(Run.State.RUNNING);
            if (run.dry()) {
              row.counted(Run.Counts.NONE);
              store.forget(id);
            }
          }
          return row.value().state();
        });
  }

  private void work(long id, Run.State state) {
    Spec spec = store.spec(id).orElseThrow();
    Overlay overlay = new Overlay(spec.keys());
    boolean more = true;
    try {
      while (more && !stopped(Duration.ZERO)) {
        more = patiently(() -> state == Run.State.UNDOING ? undo(id) : portion(id, spec, overlay));
      }
      if (more) {
        store.locked(
            id,
            row -> {
              row.leave();
              return row;
            });
      }
    } catch (DatabaseUnavailableException away) {
      throw away;
    } catch (RuntimeException failed) {
      String why =
          failed instanceof DomainException refused
              ? refused.text().key()
              : "error.cmdb.import.failed";
      Instant now = items.now();
      store.locked(
          id,
          row -> {
            row.ended(Run.State.FAILED, now, why);
            return row;
          });
    }
  }

  private interface Step {
    boolean go();
  }

  /** Tries again what lost against somebody who changed the same. */
  private boolean patiently(Step step) {
    for (int tries = 1; ; tries++) {
      try {
        return step.go();
      } catch (ConcurrentChangeException lost) {
        if (tries == TRIES || stopped(AGAIN)) {
          throw lost;
        }
      } catch (DomainException refused) {
        if (refused.kind() != ErrorKind.STALE || tries == TRIES || stopped(AGAIN)) {
          throw refused;
        }
      }
    }
  }

  private boolean undo(long id) {
    boolean more = undoing.portion(id);
    if (more) {
      hold(id);
    }
    return more;
  }

  private void hold(long id) {
    Instant until = items.now().plus(HOLD);
    store.locked(
        id,
        row -> {
          row.own(me, until, false);
          return row;
        });
  }

  /** The next part; whether there may be another. */
  private boolean portion(long id, Spec spec, Overlay overlay) {
    boolean[] more = new boolean[1];
    importer.inTurn(
        () ->
            more[0] =
                database.write(
                    em -> {
                      Run run = store.run(id).orElseThrow();
                      FileRow.Sent file =
                          run.file().isPresent()
                              ? files.find(run.file().getAsLong()).orElse(null)
                              : null;
                      List<Map<String, String>> rows =
                          run.cancelling() || file == null || run.counts().read() >= run.total()
                              ? List.of()
                              : files.part(file, run.counts().read() / ImportFiles.PART);
                      if (rows.isEmpty()) {
                        end(run, file);
                        return false;
                      }
                      int first = run.counts().read() + 1;
                      List<Outcome> outcomes =
                          importer.portion(spec, id, first, rows, run.dry() ? overlay : null);
                      store.keep(id, run.counts(), outcomes);
                      counted(run, outcomes);
                      return true;
                    }));
    return more[0];
  }

  /** Says how far it is, unless somebody else has taken it up meanwhile. */
  private void counted(Run before, List<Outcome> outcomes) {
    Run.Counts counts = before.counts();
    for (Outcome outcome : outcomes) {
      counts = counts.plus(outcome);
    }
    Run.Counts now = counts;
    Instant until = items.now().plus(HOLD);
    store.locked(
        before.id(),
        row -> {
          if (!row.ownedBy(me)) {
            throw new ConcurrentChangeException("another server imports this", null);
          }
          row.counted(now);
          row.own(me, until, false);
          return row;
        });
  }

  private void end(Run run, FileRow.Sent file) {
    Instant now = items.now();
    boolean all = run.counts().read() >= run.total();
    Run.State how =
        all ? Run.State.DONE : run.cancelling() ? Run.State.CANCELLED : Run.State.FAILED;
    Optional<Run> ended =
        store.locked(
            run.id(),
            row -> {
              row.ended(how, now, how == Run.State.FAILED ? "error.cmdb.import.file" : "");
              return row.value();
            });
    if (!run.dry()) {
      ended.ifPresent(importer::recordEnd);
      if (file != null) {
        files.remove(file.id());
      }
    }
  }

  private boolean stopped(Duration wait) {
    try {
      return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
