/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.security.Audit;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/**
 * What somebody did to a module's bundle by the framework's own means: it goes the same way as an
 * administrator's wish, with what is there already.
 */
final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final Journal journal;
  private final ModuleHost host;
  private final DeclarationRegistry registry;
  private final LifeCycle lifeCycle;
  private final OperationEngine engine;
  private final Planner planner;
  private final PlanDesk plans;
  private final PlainDoors doors;
  private final Busy busy;
  private final Workers workers;
  private final Audit audit;
  private final Views views;
  private final Clock clock;

  Settlement(
      BundleContext context,
      Journal journal,
      ModuleHost host,
      DeclarationRegistry registry,
      LifeCycle lifeCycle,
      OperationEngine engine,
      Planner planner,
      PlanDesk plans,
      Busy busy,
      Workers workers,
      Audit audit,
      Views views,
      Clock clock) {
    this.journal = journal;
    this.host = host;
    this.registry = registry;
    this.lifeCycle = lifeCycle;
    this.engine = engine;
    this.planner = planner;
    this.plans = plans;
    this.busy = busy;
    this.workers = workers;
    this.audit = audit;
    this.views = views;
    this.clock = clock;
    // opened when the modules have started: whoever works on one settles it afterwards
    this.doors = new PlainDoors(context, host, this::settle, busy::has);
  }

  void open() {
    doors.open();
  }

  void close() {
    doors.close();
  }

  /**
   * Somebody installed, started, stopped or removed a module's bundle by other means: makes its
   * record and its bundles agree.
   */
  void settle(String module) {
    if (busy.has(module)) {
      return; // whoever works on it settles it afterwards
    }
    Optional<ModuleRecord> record = journal.module(module);
    List<ModuleHost.Hosted> bundles =
        host.hosted().stream().filter(hosted -> hosted.module().equals(module)).toList();
    Optional<ModuleHost.Hosted> recorded =
        bundles.stream()
            .filter(b -> record.filter(r -> r.location().equals(b.location())).isPresent())
            .findFirst();
    Optional<ModuleHost.Hosted> newcomer =
        bundles.stream()
            .filter(ModuleHost.Hosted::running)
            .filter(b -> !recorded.equals(Optional.of(b)))
            .findFirst();
    boolean wanted = record.filter(r -> r.desired() == Desired.ACTIVE).isPresent();
    boolean disabled = record.filter(r -> r.desired() == Desired.DISABLED).isPresent();
    boolean runs = recorded.filter(ModuleHost.Hosted::running).isPresent();
    try {
      if (newcomer.isPresent() && !(wanted && runs)) {
        adopt(newcomer.get(), record);
      } else if (newcomer.isPresent()) {
        refuse(newcomer.get(), Text.of("error.module.second", "module", module));
      } else if (wanted && !runs && recorded.isPresent()) {
        stopped(record.get());
      } else if (wanted && !runs) {
        ended(record.get());
      } else if (!wanted && runs) {
        adopt(recorded.get(), record);
      } else if (wanted) {
        broughtBack(record.get());
      } else if (disabled && recorded.isEmpty()) {
        ended(record.get());
      }
    } catch (DomainException other) {
      LOG.info("Module {} is left as it is: {}", module, other.getMessage());
    } catch (RuntimeException failure) {
      LOG.error("Module {} could not be taken over", module, failure);
    }
  }

  private void adopt(ModuleHost.Hosted bundle, Optional<ModuleRecord> record) {
    ModuleArchive archive;
    try {
      archive = doors.archive(bundle, plans::accept, plans.catalogue());
      admissible(bundle, archive);
    } catch (DomainException | StepFailure refused) {
      refuse(bundle, LifeCycle.reason(refused));
      return;
    }
    journal.store(archive.artifact(), clock.instant());
    ModuleAction action =
        record.filter(r -> r.desired() == Desired.ACTIVE).isPresent()
            ? ModuleAction.UPDATE
            : record.filter(r -> r.desired() == Desired.DISABLED).isPresent()
                ? ModuleAction.ENABLE
                : ModuleAction.INSTALL;
    engine.begin(
        new LifeCycle.Task(
            UUID.randomUUID().toString(),
            action,
            archive.id(),
            archive.version(),
            archive.digest(),
            Optional.of(bundle.location()),
            archive.titles(),
            PlainDoors.ACTOR),
        () -> {
          if (!journal.module(archive.id()).equals(record)) {
            // an operation has ended meanwhile, and what was seen was a step of it
            throw DomainException.conflict("error.module.busy", "module", archive.id());
          }
          // from now on it runs when the life cycle says so
          host.stop(bundle.bundle());
        });
  }

  /** What comes by the framework's own means is looked at like anything else. */
  private void admissible(ModuleHost.Hosted bundle, ModuleArchive archive) {
    if (!archive.id().equals(bundle.module())
        || host.differs(bundle.bundle(), archive.bundles().get(0).content())) {
      throw new StepFailure(Text.of("error.module.otherContent"));
    }
    Planner.Planned planned = planner.adopt(archive);
    if (!planned.body().blockers().isEmpty()) {
      throw new StepFailure(planned.body().blockers().get(0).message());
    }
    if (!planned.body().also().isEmpty()) {
      throw new StepFailure(
          Text.of("module.blocker.module", "module", planned.body().also().get(0).module()));
    }
    if (!planned.body().consent().isEmpty()) {
      throw new StepFailure(Text.of("error.module.consent"));
    }
  }

  private void refuse(ModuleHost.Hosted bundle, Text reason) {
    String why = views.text(reason, Locale.ENGLISH);
    LOG.warn("Bundle {} from {} was removed: {}", bundle.bundle(), bundle.location(), why);
    audit.recordAlways(
        "module.refused",
        "module:" + bundle.module(),
        Map.of("location", bundle.location(), "version", bundle.version(), "reason", why));
    host.uninstall(bundle.bundle());
  }

  /** Somebody removed its bundle. */
  private void ended(ModuleRecord record) {
    engine.begin(
        OperationEngine.task(ModuleAction.UNINSTALL, record, PlainDoors.ACTOR, Optional.empty()),
        () -> {});
  }

  /**
   * Its bundle was stopped from outside, perhaps only because the framework refreshes what it is
   * wired to. That says nothing of what the administrator wants: it waits, and the next start of
   * the server, or "enable", brings it back.
   */
  private void stopped(ModuleRecord record) {
    if (record.state() == ModuleState.ACTIVE && busy.take(record.id(), Workers.SELF)) {
      try {
        lifeCycle.waitFor(record.id(), Text.of("module.reason.stopped"));
      } finally {
        busy.free(record.id());
      }
    }
  }

  /** It was stopped and started, for example because what it is wired to was refreshed. */
  private void broughtBack(ModuleRecord record) {
    boolean withdrawn =
        registry.declared().stream()
            .noneMatch(declared -> declared.descriptor().id().equals(record.id()));
    if ((withdrawn || record.state() != ModuleState.ACTIVE)
        && busy.take(record.id(), Workers.SELF)) {
      try {
        workers.asCore(() -> lifeCycle.reconcile(record.id()));
      } finally {
        busy.free(record.id());
      }
    }
  }
}
