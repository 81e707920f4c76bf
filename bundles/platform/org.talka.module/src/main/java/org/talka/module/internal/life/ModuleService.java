/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Page;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.gate.Gate;
import org.talka.module.CatalogueEntry;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.ModuleSignature;
import org.talka.module.ModuleState;
import org.talka.module.ModuleStatus;
import org.talka.module.Modules;
import org.talka.module.ReadinessCheck;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.module.internal.store.StoredPlan;

/**
 * The modules' life behind all doors: REST, console, drop folder and the framework itself. It says
 * how things stand and takes wishes; {@link PlanDesk} plans, {@link OperationEngine} carries out,
 * {@link ModuleStart} and {@link ModuleWatch} act by themselves, {@link Settlement} takes over what
 * was done by other means.
 */
@Component(
    service = {Modules.class, ReadinessCheck.class, Isolation.class, KeptPlans.class},
    immediate = true)
public final class ModuleService implements Modules, ReadinessCheck, Isolation, KeptPlans {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleService.class);

  /** How long a plan, and an archive that nobody installed, is kept. */
  private static final Duration KEEP_PLANS = Duration.ofDays(30);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Journal journal;
  private final Callers callers;
  private final Audit audit;
  private final Intake intake;
  private final Clock clock = Clock.systemUTC();
  private final boolean safeMode;
  private final Views views;
  private final ModuleHealth health;
  private final Containment containment;
  private final Workers workers;
  private final LifeCycle lifeCycle;
  private final WaitingModules waiting;
  private final OperationEngine engine;
  private final PlanDesk plans;
  private final ModuleWatch watch;
  private final Settlement settlement;
  private volatile boolean ready;

  @Activate
  public ModuleService(
      BundleContext context,
      @Reference Journal journal,
      @Reference ModuleHost host,
      @Reference DeclarationRegistry registry,
      @Reference Translator translator,
      @Reference Callers callers,
      @Reference Audit audit,
      @Reference Gate gate,
      @Reference Intake intake,
      @Reference EngineSettings settings) {
    this.journal = journal;
    this.callers = callers;
    this.audit = audit;
    this.intake = intake;
    safeMode = Boolean.parseBoolean(context.getProperty("talka.safe-mode"));
    views = new Views(translator);
    health = new ModuleHealth(gate);
    containment = new Containment(context);
    workers = new Workers(callers);
    Busy busy = new Busy();
    KeptArchives archives = new KeptArchives(journal, intake);
    Dependencies dependencies = new Dependencies(journal, host, archives);
    Planner planner = new Planner(journal, host, intake, archives, dependencies);
    lifeCycle =
        new LifeCycle(
            journal,
            host,
            clock,
            new DeskSurroundings(
                registry,
                containment,
                dependencies,
                intake,
                journal,
                settings,
                safeMode,
                this::leaving));
    waiting = new WaitingModules(journal, lifeCycle, dependencies, busy, workers);
    engine =
        new OperationEngine(
            context,
            journal,
            lifeCycle,
            dependencies,
            busy,
            workers,
            new PlanComparison(journal, host, registry, audit, views),
            audit,
            views,
            this::ended);
    plans =
        new PlanDesk(
            journal, host, intake, archives, planner, containment, callers, audit, views, clock);
    watch =
        new ModuleWatch(
            context,
            journal,
            host,
            lifeCycle,
            engine,
            waiting,
            busy,
            workers,
            health,
            containment,
            views,
            clock);
    settlement =
        new Settlement(
            context, journal, host, registry, lifeCycle, engine, planner, plans, busy, workers,
            audit, views, clock);
    ModuleStart start = new ModuleStart(lifeCycle, engine, dependencies, busy, workers);
    Thread boot =
        new Thread(() -> start.run(new CoreStart(context), this::open), "talka-modules-start");
    boot.setDaemon(true);
    boot.start();
  }

  /** The modules have started. */
  private void open() {
    settlement.open();
    ready = true;
    watch.open();
    journal.forget(clock.instant().minus(KEEP_PLANS));
  }

  private void leaving(String module, Duration wait) {
    waiting.suspendDependents(module, wait);
  }

  /** An operation has touched these modules. */
  private void ended(Set<String> touched) {
    workers.later(() -> workers.asCore(waiting::wake));
    touched.forEach(module -> workers.later(() -> settlement.settle(module)));
  }

  @Deactivate
  void stop() {
    workers.stop();
    watch.close();
    settlement.close();
    workers.close();
    health.close();
    containment.close();
  }

  @Override
  public void quarantine(String module, Text reason) {
    watch.quarantine(module, reason);
  }

  @Override
  public void release(String module) {
    ModuleRecord record =
        journal
            .module(module)
            .orElseThrow(() -> DomainException.notFound("error.module.unknown", "module", module));
    if (record.quarantine().isEmpty() || record.desired() != Desired.ACTIVE) {
      throw DomainException.conflict("error.module.state.release", "module", module);
    }
    engine.begin(
        OperationEngine.task(
            ModuleAction.ENABLE, record, callers.current().username(), Optional.empty()),
        List.of(),
        Optional.empty(),
        OperationEngine.PATIENCE,
        () -> {});
  }

  @Override
  public boolean safeMode() {
    return safeMode;
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public String name() {
    return "modules";
  }

  @Override
  public Map<String, String> detail() {
    Map<String, String> detail = new LinkedHashMap<>();
    journal.modules().forEach(module -> detail.put(module.id(), module.state().name()));
    return detail;
  }

  @Override
  public List<ModuleStatus> list(Locale locale) {
    return journal.modules().stream().map(module -> status(module, locale)).toList();
  }

  @Override
  public ModuleStatus module(String id, Locale locale) {
    return journal
        .module(id)
        .map(module -> status(module, locale))
        .orElseThrow(() -> DomainException.notFound("error.module.unknown", "module", id));
  }

  private ModuleStatus status(ModuleRecord module, Locale locale) {
    boolean runs = module.state() == ModuleState.ACTIVE;
    Optional<Text> ill = runs ? health.problem(module.id()) : Optional.empty();
    return new ModuleStatus(
        module.id(),
        Views.in(module.titles(), locale),
        module.version(),
        ill.isPresent() ? ModuleState.DEGRADED : module.state(),
        runs ? ill.isPresent() ? "down" : "up" : "unknown",
        module.since(),
        ill.or(module::reason).map(reason -> views.text(reason, locale)),
        module.previous().map(ModuleRecord.Previous::version),
        intake
            .verify(module.digest(), () -> journal.artifact(module.digest()))
            .map(by -> new ModuleSignature(by.verdict().name(), views.text(by.text(), locale))));
  }

  @Override
  public List<CatalogueEntry> catalogue(Locale locale) {
    return plans.catalogue().offered().stream()
        .map(offer -> views.catalogue(offer, locale))
        .toList();
  }

  @Override
  public ModulePlan plan(
      ModuleAction action, String module, Optional<String> version, Locale locale) {
    return plans.plan(action, module, version, locale);
  }

  @Override
  public ModulePlan planUpload(String name, InputStream archive, Locale locale) {
    return plans.upload(name, archive, locale);
  }

  @Override
  public ModulePlan planKept(String digest, Locale locale) {
    return plans.kept(digest, locale);
  }

  @Override
  public ModulePlan planImport(String export, Locale locale) {
    return plans.bringRecords(export, locale);
  }

  @Override
  public ModulePlan plan(String id, Locale locale) {
    return views.plan(id, PlanBody.read(plans.stored(id).body()), locale);
  }

  @Override
  public String apply(String id) {
    return apply(id, Optional.empty());
  }

  @Override
  public String apply(String id, Optional<String> confirm, boolean consent) {
    StoredPlan plan = plans.stored(id);
    if (!ready) {
      throw new DomainException(
          ErrorKind.UNAVAILABLE, Text.of("error.module.starting"), List.of(), RETRY_AFTER);
    }
    PlanBody body = PlanBody.read(plan.body());
    if (!body.blockers().isEmpty()) {
      throw DomainException.conflict("error.module.plan.blocked");
    }
    if (body.action() == ModuleAction.PURGE && !RecordsPlanner.confirms(body, confirm)) {
      throw DomainException.invalid("confirm", "error.module.confirm", "module", body.module());
    }
    if (!body.consent().isEmpty() && !consent) {
      throw DomainException.conflict("error.module.consent");
    }
    String operation = UUID.randomUUID().toString();
    engine.begin(
        task(operation, body),
        body.also(),
        Optional.of(body),
        OperationEngine.PATIENCE,
        () -> {
          if (plan.operation().isPresent()) {
            throw DomainException.conflict("error.module.plan.applied");
          }
          if (!plans.holds(body, plan.generation())) {
            throw DomainException.conflict("error.module.plan.stale");
          }
          journal.applied(id, operation);
          if (!body.consent().isEmpty()) {
            audit.recordAlways(
                "module.consented",
                "module:" + body.module(),
                Map.of("operation", operation, "wants", String.join(", ", body.consent())));
          }
        });
    return operation;
  }

  private LifeCycle.Task task(String operation, PlanBody body) {
    return new LifeCycle.Task(
        operation,
        body.action(),
        body.module(),
        body.version(),
        body.digest(),
        Optional.empty(),
        body.titles(),
        callers.current().username());
  }

  @Override
  public ModuleOperation operation(String id, Locale locale) {
    return journal
        .operation(id)
        .map(operation -> told(List.of(operation), locale).get(0))
        .orElseThrow(() -> DomainException.notFound("error.module.operation.unknown"));
  }

  @Override
  public void cancel(String id) {
    OperationRecord operation =
        journal
            .operation(id)
            .orElseThrow(() -> DomainException.notFound("error.module.operation.unknown"));
    if (operation.outcome() != OperationRecord.Outcome.RUNNING) {
      throw DomainException.conflict("error.module.operation.ended");
    }
    if (!lifeCycle.cancel(id)) {
      throw DomainException.conflict("error.module.operation.late");
    }
    audit.recordAlways("module.cancelled", "module:" + operation.module(), Map.of("operation", id));
  }

  @Override
  public Page<ModuleOperation> operations(int limit, Optional<String> after, Locale locale) {
    Optional<OperationRecord> last =
        after.map(
            id ->
                journal
                    .operation(id)
                    .orElseThrow(() -> DomainException.malformed("error.module.cursor")));
    List<OperationRecord> found = journal.operations(last, limit + 1);
    List<OperationRecord> page = found.subList(0, Math.min(limit, found.size()));
    return new Page<>(
        told(page, locale),
        found.size() > limit ? Optional.of(page.get(limit - 1).id()) : Optional.empty());
  }

  /** With what their plans had said, where somebody had planned them. */
  private List<ModuleOperation> told(List<OperationRecord> operations, Locale locale) {
    Map<String, PlanBody> said = new HashMap<>();
    journal
        .plansOf(operations.stream().map(OperationRecord::id).toList())
        .forEach(
            (operation, plan) -> {
              try {
                said.put(operation, PlanBody.read(plan.body()));
              } catch (DomainException older) {
                LOG.debug("The plan of operation {} can't be read any more", operation, older);
              }
            });
    return operations.stream()
        .map(
            operation ->
                views.operation(
                    operation,
                    Optional.ofNullable(said.get(operation.id())),
                    journal.versionOf(operation.digest()),
                    locale))
        .toList();
  }
}
