/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;

/**
 * Looks after modules that run: goes back from a new version that does not prove itself, trusts one
 * that has, takes out what does harm, and puts right what the end of the database has cut off.
 */
final class ModuleWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleWatch.class);

  /** How often new versions are looked at. */
  private static final long LOOK_MILLIS = 500;

  /** How often operations that were cut off are looked for. */
  private static final long MEND_MILLIS = 3_000;

  private final BundleContext context;
  private final Journal journal;
  private final ModuleHost host;
  private final LifeCycle lifeCycle;
  private final OperationEngine engine;
  private final WaitingModules waiting;
  private final Busy busy;
  private final Workers workers;
  private final ModuleHealth health;
  private final Containment containment;
  private final Views views;
  private final Probation probation;
  private volatile boolean open;

  /** Modules to be taken out as soon as nobody works on them, and why. */
  private final Map<String, Text> harmful = new ConcurrentHashMap<>();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread watching = new Thread(work, "talka-modules-watch");
            watching.setDaemon(true);
            return watching;
          });

  ModuleWatch(
      BundleContext context,
      Journal journal,
      ModuleHost host,
      LifeCycle lifeCycle,
      OperationEngine engine,
      WaitingModules waiting,
      Busy busy,
      Workers workers,
      ModuleHealth health,
      Containment containment,
      Views views,
      Clock clock) {
    this.context = context;
    this.journal = journal;
    this.host = host;
    this.lifeCycle = lifeCycle;
    this.engine = engine;
    this.waiting = waiting;
    this.busy = busy;
    this.workers = workers;
    this.health = health;
    this.containment = containment;
    this.views = views;
    this.probation = new Probation(journal, clock, this::fault, this::goBack, this::trust);
  }

  /** The modules have started. */
  void open() {
    open = true;
    thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    thread.scheduleWithFixedDelay(this::mend, MEND_MILLIS, MEND_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdown();
  }

  /** Its bundles are stopped one by one then, which says nothing of the modules. */
  private boolean isServerEnding() {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    return workers.isStopped() || system == null || system.getState() == Bundle.STOPPING;
  }

  private void look() {
    if (isServerEnding()) {
      return;
    }
    try {
      workers.asCore(probation::look);
      workers.asCore(() -> harmful.keySet().forEach(this::takeOut));
      workers.asCore(waiting::wake);
    } catch (RuntimeException failure) {
      LOG.debug("Modules can't be looked at now", failure);
    }
  }

  /** Puts right what the end of the database, not of the server, has cut off. */
  private void mend() {
    try {
      for (OperationRecord operation : lifeCycle.unfinished()) {
        String module = operation.module();
        if (busy.take(module, Workers.SELF)) {
          try {
            workers.asCore(() -> lifeCycle.recover(module));
          } finally {
            busy.free(module);
          }
          engine.recall(operation);
        }
      }
    } catch (RuntimeException failure) {
      LOG.debug("Nothing can be put right now", failure);
    }
  }

  /** What is wrong with a module that runs. */
  private Optional<Text> fault(ModuleRecord module) {
    if (busy.has(module.id())) {
      return Optional.empty();
    }
    return hosted(module)
        .map(hosted -> host.ailment(hosted.bundle()))
        .orElseGet(() -> Optional.of(Text.of("error.module.gone")))
        .or(() -> health.problem(module.id()))
        .or(() -> containment.fault(module.id()));
  }

  private Optional<ModuleHost.Hosted> hosted(ModuleRecord module) {
    return host.hosted().stream()
        .filter(hosted -> hosted.module().equals(module.id()))
        .filter(hosted -> hosted.location().equals(module.location()))
        .findFirst();
  }

  /**
   * Back to the version before. One that has replaced none stays, and says how it is: what ran
   * before its last removal was given up by somebody.
   */
  private void goBack(ModuleRecord module, Text fault) {
    if (module.previous().isEmpty() || wasInstalled(module)) {
      return;
    }
    ModuleRecord.Previous previous = module.previous().get();
    String said = views.text(fault, Locale.ENGLISH);
    LOG.warn("Module {} {} does not prove itself: {}", module.id(), module.version(), said);
    engine.begunByItself(
        new LifeCycle.Task(
            UUID.randomUUID().toString(),
            ModuleAction.ROLLBACK,
            module.id(),
            previous.version(),
            previous.digest(),
            Optional.empty(),
            module.titles(),
            Workers.SELF,
            Optional.of(
                Text.of("module.reason.unproven", "version", module.version(), "fault", said)),
            lifeCycle.migratedBy(module)));
  }

  private boolean wasInstalled(ModuleRecord module) {
    return module
        .committedBy()
        .flatMap(journal::operation)
        .filter(operation -> operation.action() == ModuleAction.INSTALL)
        .isPresent();
  }

  /** The grace period is over: what the version before needed may go. */
  private void trust(ModuleRecord module) {
    boolean contracts =
        hosted(module)
            .filter(
                hosted ->
                    host.pending(hosted.bundle()).stream().anyMatch(ModuleHost.Change::contract))
            .isPresent();
    if (contracts) {
      engine.begunByItself(
          OperationEngine.task(ModuleAction.CONTRACT, module, Workers.SELF, Optional.empty()));
    } else if (busy.take(module.id(), Workers.SELF)) {
      try {
        lifeCycle.trust(module.id());
      } finally {
        busy.free(module.id());
      }
    }
  }

  /** Takes a module out as soon as nobody works on it. */
  void quarantine(String module, Text reason) {
    harmful.put(module, reason);
    workers.execute(() -> workers.asCore(() -> takeOut(module)));
  }

  /** Does nothing yet while somebody works on it: the watch comes back to it. */
  private void takeOut(String module) {
    Text reason = harmful.get(module);
    if (reason == null || !open || busy.has(module)) {
      return;
    }
    Optional<ModuleRecord> running =
        journal
            .module(module)
            .filter(record -> record.desired() == Desired.ACTIVE)
            .filter(record -> record.quarantine().isEmpty());
    if (running.isEmpty()) {
      harmful.remove(module, reason);
      return;
    }
    try {
      engine.begin(
          OperationEngine.task(
              ModuleAction.QUARANTINE, running.get(), Workers.SELF, Optional.of(reason)),
          List.of(),
          Optional.empty(),
          Duration.ZERO,
          () -> harmful.remove(module, reason));
    } catch (DomainException other) {
      LOG.info("Quarantine of module {} waits: {}", module, other.getMessage());
    }
  }
}
