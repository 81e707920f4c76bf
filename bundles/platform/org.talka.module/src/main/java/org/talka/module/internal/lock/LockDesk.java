/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.lock;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleLocks;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.Modules;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.life.KeptArchives;
import org.talka.module.internal.life.KeptPlans;
import org.talka.module.internal.life.LifeCycle;
import org.talka.module.internal.life.StepFailure;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/** Writes, compares and applies lock files. */
@Component(service = ModuleLocks.class)
public final class LockDesk implements ModuleLocks {
  private static final Logger LOG = LoggerFactory.getLogger(LockDesk.class);
  private static final long LOOK_MILLIS = 100;

  private final Journal journal;
  private final Intake intake;
  private final KeptArchives archives;
  private final Modules modules;
  private final KeptPlans plans;
  private final Translator translator;
  private final Callers callers;
  private final Audit audit;
  private final ModuleConfigurations configurations;
  private final String talka;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<Run> last = new AtomicReference<>();

  @Activate
  public LockDesk(
      BundleContext context,
      @Reference Journal journal,
      @Reference Intake intake,
      @Reference Modules modules,
      @Reference KeptPlans plans,
      @Reference ConfigurationAdmin configurations,
      @Reference Translator translator,
      @Reference Callers callers,
      @Reference Audit audit) {
    this.journal = journal;
    this.intake = intake;
    this.archives = new KeptArchives(journal, intake);
    this.modules = modules;
    this.plans = plans;
    this.translator = translator;
    this.callers = callers;
    this.audit = audit;
    this.configurations = new ModuleConfigurations(configurations);
    this.talka = context.getBundle().getVersion().toString();
  }

  @Deactivate
  void stop() {
    stopped.countDown();
  }

  @Override
  public byte[] export() {
    return here().bytes();
  }

  private LockFile here() {
    return new LockFile(
        LockFile.FORMAT,
        talka,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        journal.modules().stream()
            .filter(record -> record.desired() != Desired.REMOVED)
            .map(this::locked)
            .toList());
  }

  private LockFile.Locked locked(ModuleRecord record) {
    return new LockFile.Locked(
        record.id(),
        record.version(),
        record.digest(),
        record.desired() == Desired.ACTIVE ? "active" : "disabled",
        intake
            .verify(record.digest(), () -> journal.artifact(record.digest()))
            .map(by -> by.verdict().name())
            .orElse(""),
        archives
            .any(record.digest())
            .map(archive -> configurations.of(archive.symbolicName()))
            .orElse(Map.of()));
  }

  @Override
  public Comparison compare(byte[] lock, boolean disableExtra, Locale locale) {
    LockFile wanted = LockFile.read(lock);
    List<LockDiff.Difference> differences = LockDiff.of(wanted, here());
    return new Comparison(
        differences.stream().map(difference -> said(difference, locale)).toList(),
        steps(differences, disableExtra).stream()
            .map(step -> new Running(step, obstacle(step)).view(locale))
            .toList());
  }

  private List<LockSteps.Step> steps(List<LockDiff.Difference> differences, boolean extra) {
    return LockSteps.of(differences, this::ranBefore, extra);
  }

  private boolean ranBefore(String module, String digest) {
    return journal
        .module(module)
        .flatMap(ModuleRecord::previous)
        .filter(before -> before.digest().equals(digest))
        .isPresent();
  }

  private Difference said(LockDiff.Difference difference, Locale locale) {
    String kind = difference.kind().name().toLowerCase(Locale.ROOT);
    String wanted = difference.wanted().map(one -> value(difference.kind(), one)).orElse("");
    String here = difference.here().map(one -> value(difference.kind(), one)).orElse("");
    return new Difference(
        difference.module(),
        kind,
        wanted,
        here,
        translator.translate(
            Text.of(
                "module.lock." + kind + (kind.equals("state") ? "." + wanted : ""),
                "module",
                difference.module(),
                "wanted",
                wanted,
                "here",
                here),
            locale));
  }

  private static String value(LockDiff.Kind kind, LockFile.Locked module) {
    return switch (kind) {
      case MISSING, EXTRA, VERSION -> module.version();
      case CONTENT -> module.digest();
      case STATE -> module.state();
      case CONFIGURATION -> String.join(", ", module.configuration().keySet());
    };
  }

  /** Why a step can't be done; what only its plan can tell comes to light when its turn comes. */
  private Optional<Text> obstacle(LockSteps.Step step) {
    LockFile.Locked module = step.module();
    boolean brings =
        step.action() == LockSteps.Action.INSTALL || step.action() == LockSteps.Action.UPDATE;
    if (brings && archives.any(module.digest()).isEmpty()) {
      return Optional.of(
          Text.of(
              "module.lock.absent",
              "module",
              module.id(),
              "version",
              module.version(),
              "digest",
              module.digest()));
    }
    boolean back =
        step.action() == LockSteps.Action.UPDATE
            && journal
                .module(module.id())
                .filter(record -> isOlder(module.version(), record.version()))
                .isPresent();
    return back
        ? Optional.of(
            Text.of("module.lock.older", "module", module.id(), "version", module.version()))
        : Optional.empty();
  }

  private static boolean isOlder(String version, String than) {
    try {
      return Version.parseVersion(version).compareTo(Version.parseVersion(than)) < 0;
    } catch (IllegalArgumentException noVersion) {
      return false;
    }
  }

  @Override
  public Progress apply(byte[] lock, boolean disableExtra, Locale locale) {
    LockFile wanted = LockFile.read(lock);
    Run run = new Run(wanted, disableExtra, callers.current());
    for (Running step : run.steps) {
      if (step.obstacle.isPresent()) {
        throw new DomainException(
            org.talka.api.error.ErrorKind.CONFLICT, step.obstacle.get(), List.of(), null);
      }
    }
    Run before = last.get();
    if (before != null && before.running || !last.compareAndSet(before, run)) {
      throw DomainException.conflict("error.module.lock.busy");
    }
    audit.recordAlways(
        "module.lock.applied", "modules", Map.of("steps", String.valueOf(run.steps.size())));
    Thread thread = new Thread(run, "talka-module-lock");
    thread.setDaemon(true);
    thread.start();
    return run.view(locale);
  }

  @Override
  public Optional<Progress> progress(Locale locale) {
    return Optional.ofNullable(last.get()).map(run -> run.view(locale));
  }

  /** A step on its way; written by the run's thread, read by those who ask. */
  private final class Running {
    private final LockSteps.Step step;
    private final Optional<Text> obstacle;
    private volatile String state = "pending";
    private volatile String error;

    Running(LockSteps.Step step, Optional<Text> obstacle) {
      this.step = step;
      this.obstacle = obstacle;
    }

    Step view(Locale locale) {
      return new Step(
          step.module().id(),
          step.action().name().toLowerCase(Locale.ROOT),
          step.module().version(),
          obstacle.map(text -> translator.translate(text, locale)),
          state,
          Optional.ofNullable(error));
    }
  }

  /** Applies one file, on a thread of its own. */
  private final class Run implements Runnable {
    private final LockFile wanted;
    private final boolean disableExtra;
    private final Caller caller;
    private final List<Running> steps;
    private volatile boolean running = true;

    Run(LockFile wanted, boolean disableExtra, Caller caller) {
      this.wanted = wanted;
      this.disableExtra = disableExtra;
      this.caller = caller;
      this.steps = left().stream().map(step -> new Running(step, obstacle(step))).toList();
    }

    /** What has still to be done: one step may have done another's work, too. */
    private List<LockSteps.Step> left() {
      return LockDesk.this.steps(LockDiff.of(wanted, here()), disableExtra);
    }

    Progress view(Locale locale) {
      return new Progress(running, steps.stream().map(step -> step.view(locale)).toList());
    }

    @Override
    public void run() {
      try {
        callers.as(
            caller,
            () -> {
              for (Running step : steps) {
                if (!carryOut(step)) {
                  break;
                }
              }
              return null;
            });
      } finally {
        running = false;
      }
    }

    private boolean carryOut(Running running) {
      running.state = "running";
      try {
        if (left().contains(running.step)) {
          take(running.step);
        }
        running.state = "done";
        return true;
      } catch (DomainException | StepFailure refused) {
        running.error = words(LifeCycle.reason(refused));
      } catch (RuntimeException failure) {
        LOG.error("Step {} of a lock file failed", running.step, failure);
        running.error = words(Text.of("error.module.lock.failed"));
      }
      running.state = "failed";
      return false;
    }

    private void take(LockSteps.Step step) {
      LockFile.Locked module = step.module();
      switch (step.action()) {
        case CONFIGURE -> configure(module);
        case INSTALL, UPDATE -> await(plans.planKept(module.digest(), caller.locale()));
        default ->
            await(
                modules.plan(
                    ModuleAction.valueOf(step.action().name()),
                    module.id(),
                    Optional.empty(),
                    caller.locale()));
      }
    }

    private void configure(LockFile.Locked module) {
      ModuleArchive archive =
          archives
              .any(module.digest())
              .orElseThrow(() -> new StepFailure(Text.of("error.module.artifact")));
      configurations.set(archive.symbolicName(), module.configuration());
    }

    private void await(ModulePlan plan) {
      if (!plan.blockers().isEmpty()) {
        ModulePlan.Blocker first = plan.blockers().get(0);
        throw new StepFailure(
            Text.of("module.lock.blocked", "reason", first.message() + " " + first.remedy()));
      }
      // who applies a file that names the archive by its content agrees to what that wants
      String operation = modules.apply(plan.id(), Optional.empty(), true);
      ModuleOperation now = modules.operation(operation, caller.locale());
      while (now.state().equals("running")) {
        if (pause()) {
          throw new StepFailure(Text.of("module.reason.interrupted"));
        }
        now = modules.operation(operation, caller.locale());
      }
      if (!now.state().equals("succeeded")) {
        throw new StepFailure(
            Text.of("module.lock.blocked", "reason", now.error().orElse(now.state())));
      }
    }

    /** Whether the server stops meanwhile. */
    private boolean pause() {
      try {
        return stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return true;
      }
    }

    private String words(Text text) {
      return translator.translate(text, caller.locale());
    }
  }
}
