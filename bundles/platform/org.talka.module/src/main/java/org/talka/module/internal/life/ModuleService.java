/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.DatabaseUnavailableException;
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
import org.talka.module.internal.intake.ArchiveLimits;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.Catalogue;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.intake.ModuleBundle;
import org.talka.module.internal.intake.Trust;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.module.internal.store.StoredPlan;

/** The modules' life behind all doors: REST, console, drop folder and the framework itself. */
@Component(
    service = {Modules.class, ReadinessCheck.class, Isolation.class, KeptPlans.class},
    immediate = true)
public final class ModuleService implements Modules, ReadinessCheck, Isolation, KeptPlans {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleService.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long a plan, and an archive that nobody installed, is kept. */
  private static final Duration KEEP_PLANS = Duration.ofDays(30);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** The desk is ready by then, whatever its modules do; those that are not go on starting. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private static final Duration DATABASE_AGAIN = Duration.ofSeconds(1);

  /** How long somebody who wants a module waits for one who has just ended with it. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How often new versions are looked at. */
  private static final long LOOK_MILLIS = 500;

  /** How often operations that were cut off are looked for. */
  private static final long MEND_MILLIS = 3_000;

  /** Who is named in the history for what nobody asked for. */
  private static final String SELF = "core";

  private final BundleContext context;
  private final Journal journal;
  private final DeclarationRegistry registry;
  private final Callers callers;
  private final Audit audit;
  private final Clock clock = Clock.systemUTC();
  private final Intake intake;
  private final ArchiveReader reader;
  private final Catalogue catalogue;
  private final Planner planner;
  private final ModuleHost host;
  private final LifeCycle lifeCycle;
  private final Views views;
  private final ModuleHealth health;
  private final PlainDoors plainDoors;
  private final Containment containment;
  private final EngineSettings settings;
  private final boolean safeMode;
  private final Probation probation;
  private final ScheduledExecutorService watch;

  private final Busy busy = new Busy();
  private final KeptArchives archives;
  private final Dependencies dependencies;

  /** Modules to be taken out as soon as nobody works on them, and why. */
  private final Map<String, Text> harmful = new ConcurrentHashMap<>();

  private final ExecutorService workers;
  private final CountDownLatch stopped = new CountDownLatch(1);
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
    this.context = context;
    this.settings = settings;
    this.journal = journal;
    this.host = host;
    this.registry = registry;
    this.callers = callers;
    this.audit = audit;
    this.intake = intake;
    reader = intake.reader();
    catalogue = intake.catalogue();
    archives = new KeptArchives(journal, intake);
    dependencies = new Dependencies(journal, host, archives);
    planner = new Planner(journal, host, intake, archives, dependencies);
    lifeCycle = new LifeCycle(journal, host, clock, new Around());
    containment = new Containment(context);
    safeMode = Boolean.parseBoolean(context.getProperty("talka.safe-mode"));
    views = new Views(translator);
    health = new ModuleHealth(gate);
    AtomicInteger number = new AtomicInteger();
    workers =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "talka-modules-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    plainDoors = new PlainDoors(context, host, this::settle, this::working);
    probation = new Probation(journal, clock, this::fault, this::goBack, this::trust);
    watch =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "talka-modules-watch");
              thread.setDaemon(true);
              return thread;
            });
    Thread boot = new Thread(() -> start(new CoreStart(context)), "talka-modules-start");
    boot.setDaemon(true);
    boot.start();
  }

  /** What the life cycle asks and tells. */
  private final class Around implements Surroundings {
    @Override
    public void changed(String module, ModuleState state) {
      registry.changed(module, state.name());
    }

    @Override
    public void progress(String operation, String module) {
      containment.progressed(operation, module);
    }

    @Override
    public void starting(String module) {
      containment.starting(module);
    }

    @Override
    public void started(String module) {
      containment.started(module);
    }

    @Override
    public Optional<Veto> veto(ModuleRecord module) {
      boolean ours = isFirstParty(module);
      if (safeMode && !ours) {
        return Optional.of(new Veto(Text.of("module.reason.safeMode"), false));
      }
      return containment
          .veto(module.id(), ours)
          .map(reason -> new Veto(reason, true))
          .or(() -> dependencies.unmet(module).map(reason -> new Veto(reason, false)))
          .or(() -> dependencies.missing(module).map(reason -> new Veto(reason, false)));
    }

    @Override
    public void leaving(String module, Duration wait) {
      suspendDependents(module, wait);
    }

    @Override
    public byte[] bundle(Artifact archive) {
      return archive.name().endsWith(".kar")
          ? reader.read(archive.name(), archive.content()).bundles().get(0).content()
          : archive.content();
    }

    @Override
    public List<ModuleBundle> apis(Artifact archive) {
      if (!archive.name().endsWith(".kar")) {
        return List.of();
      }
      List<ModuleBundle> all = reader.read(archive.name(), archive.content()).bundles();
      return all.subList(1, all.size());
    }

    @Override
    public Records records() {
      return containment
          .records()
          .orElseThrow(() -> new StepFailure(Text.of("error.module.records")));
    }

    @Override
    public Duration grace() {
      return settings.grace();
    }
  }

  private boolean isFirstParty(ModuleRecord module) {
    return intake
        .verify(module.digest(), () -> journal.artifact(module.digest()))
        .filter(by -> by.verdict() == Trust.Verdict.FIRST_PARTY)
        .isPresent();
  }

  @Deactivate
  void stop() {
    stopped.countDown();
    watch.shutdown();
    plainDoors.close();
    workers.shutdown();
    try {
      // not interrupted, which the embedded database takes for a broken disk: what is cut off here
      // is put right at the next start
      workers.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    health.close();
    containment.close();
  }

  /** On the start thread: the desk first, then its modules. */
  private void start(CoreStart core) {
    if (!core.await(this::isStopped)) {
      if (isStopped()) {
        return;
      }
      LOG.warn("Not all bundles of the desk have started; the modules start without them");
    }
    try {
      List<OperationRecord> cutOff = new ArrayList<>();
      List<String> modules = modulesOnceTheDatabaseIsThere(cutOff);
      CountDownLatch settled = new CountDownLatch(modules.size());
      busy.take(modules, SELF);
      StartOrder order = new StartOrder(modules, dependencies::providers);
      for (String module : modules) {
        workers.execute(
            () -> {
              try {
                order.await(module);
                bringUp(module);
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              } finally {
                busy.free(module);
                order.done(module);
                settled.countDown();
              }
            });
      }
      if (!settled.await(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS) && !isStopped()) {
        LOG.warn("The desk is ready; these modules still start: {}", busy.modules());
      }
      if (isStopped()) {
        return;
      }
      cutOff.forEach(this::recall);
      plainDoors.open();
      ready = true;
      watch.scheduleWithFixedDelay(
          this::watchProbation, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      watch.scheduleWithFixedDelay(this::mend, MEND_MILLIS, MEND_MILLIS, TimeUnit.MILLISECONDS);
      journal.forget(clock.instant().minus(KEEP_PLANS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      if (!isStopped()) {
        LOG.error("The modules could not be started", failure);
      }
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Waits a little for the database; whether to try again. */
  private boolean again() throws InterruptedException {
    return !stopped.await(DATABASE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * @param cutOff is given the operations that the end of the server has cut off
   */
  private List<String> modulesOnceTheDatabaseIsThere(List<OperationRecord> cutOff)
      throws InterruptedException {
    do {
      try {
        cutOff.clear();
        cutOff.addAll(lifeCycle.unfinished());
        return lifeCycle.modules();
      } catch (DatabaseUnavailableException away) {
        LOG.warn("The modules wait for the database: {}", away.getMessage());
      }
    } while (again());
    return List.of();
  }

  /** One module's trouble is its own: the others, and the desk, don't wait for it. */
  private void bringUp(String module) {
    try {
      do {
        if (isStopped()) {
          return;
        }
        try {
          asCore(() -> lifeCycle.reconcile(module));
          return;
        } catch (DatabaseUnavailableException away) {
          LOG.warn("Module {} waits for the database: {}", module, away.getMessage());
        }
      } while (again());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.error("Module {} could not be started", module, failure);
    }
  }

  private void asCore(Runnable work) {
    callers.as(
        callers.system(SELF),
        () -> {
          work.run();
          return null;
        });
  }

  /** Its bundles are stopped one by one then, which says nothing of the modules. */
  private boolean isServerEnding() {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    return isStopped() || system == null || system.getState() == Bundle.STOPPING;
  }

  private void watchProbation() {
    if (isServerEnding()) {
      return;
    }
    try {
      asCore(probation::look);
      asCore(() -> harmful.keySet().forEach(this::takeOut));
      asCore(this::wake);
    } catch (RuntimeException failure) {
      LOG.debug("Modules can't be looked at now", failure);
    }
  }

  /** Puts right what the end of the database, not of the server, has cut off. */
  private void mend() {
    try {
      for (OperationRecord operation : lifeCycle.unfinished()) {
        String module = operation.module();
        if (busy.take(module, SELF)) {
          try {
            asCore(() -> lifeCycle.recover(module));
          } finally {
            busy.free(module);
          }
          recall(operation);
        }
      }
    } catch (RuntimeException failure) {
      LOG.debug("Nothing can be put right now", failure);
    }
  }

  /** What came before an operation that was cut off and taken back is taken back, too. */
  private void recall(OperationRecord cutOff) {
    Optional<PlanBody> plan =
        Optional.ofNullable(journal.plansOf(List.of(cutOff.id())).get(cutOff.id()))
            .map(stored -> read(stored.body()))
            .filter(body -> !body.also().isEmpty());
    boolean takenBack =
        journal
            .operation(cutOff.id())
            .filter(now -> now.outcome() != OperationRecord.Outcome.RUNNING)
            .filter(now -> now.outcome() != OperationRecord.Outcome.SUCCEEDED)
            .isPresent();
    if (plan.isEmpty() || !takenBack) {
      return;
    }
    List<PlanBody> before = plan.get().also();
    Set<String> touched = touched(cutOff.module(), before);
    Optional<String> inTheWay = busy.take(touched, cutOff.id(), PATIENCE);
    if (inTheWay.isPresent()) {
      LOG.warn("What came before {} stays: module {} is busy", cutOff.id(), inTheWay.get());
      return;
    }
    try {
      asCore(
          () -> {
            Precursors precursors = precursors();
            precursors.remember(before, cutOff.startedAt());
            precursors.takeBack(cutOff.actor());
          });
    } catch (RuntimeException failure) {
      LOG.error("What came before {} could not be taken back", cutOff.id(), failure);
    } finally {
      busy.free(touched);
    }
  }

  private Precursors precursors() {
    return new Precursors(journal, lifeCycle, this::perform, views::text);
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
    begunByItself(
        new LifeCycle.Task(
            UUID.randomUUID().toString(),
            ModuleAction.ROLLBACK,
            module.id(),
            previous.version(),
            previous.digest(),
            Optional.empty(),
            module.titles(),
            SELF,
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
      begunByItself(task(ModuleAction.CONTRACT, module, SELF, Optional.empty()));
    } else if (busy.take(module.id(), SELF)) {
      try {
        lifeCycle.trust(module.id());
      } finally {
        busy.free(module.id());
      }
    }
  }

  private void begunByItself(LifeCycle.Task task) {
    try {
      begin(task, List.of(), Optional.empty(), Duration.ZERO, () -> {});
    } catch (DomainException other) {
      LOG.info("{} of module {} waits: {}", task.action(), task.module(), other.getMessage());
    }
  }

  private static LifeCycle.Task task(
      ModuleAction action, ModuleRecord module, String actor, Optional<Text> reason) {
    return new LifeCycle.Task(
        UUID.randomUUID().toString(),
        action,
        module.id(),
        module.version(),
        module.digest(),
        Optional.empty(),
        module.titles(),
        actor,
        reason,
        List.of());
  }

  @Override
  public void quarantine(String module, Text reason) {
    harmful.put(module, reason);
    workers.execute(() -> asCore(() -> takeOut(module)));
  }

  /** Does nothing yet while somebody works on it: the watch comes back to it. */
  private void takeOut(String module) {
    Text reason = harmful.get(module);
    if (reason == null || working(module)) {
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
      begin(
          task(ModuleAction.QUARANTINE, running.get(), SELF, Optional.of(reason)),
          List.of(),
          Optional.empty(),
          Duration.ZERO,
          () -> harmful.remove(module, reason));
    } catch (DomainException other) {
      LOG.info("Quarantine of module {} waits: {}", module, other.getMessage());
    }
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
    begin(
        task(ModuleAction.ENABLE, record, callers.current().username(), Optional.empty()),
        List.of(),
        Optional.empty(),
        PATIENCE,
        () -> {});
  }

  @Override
  public boolean safeMode() {
    return safeMode;
  }

  /** Whether somebody works on the module, so that its bundle's events need no reaction. */
  private boolean working(String module) {
    return !ready || busy.has(module);
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
    return catalogue.offered().stream().map(offer -> views.catalogue(offer, locale)).toList();
  }

  @Override
  public ModulePlan plan(
      ModuleAction action, String module, Optional<String> version, Locale locale) {
    return action == ModuleAction.PURGE
        ? keep(recordsPlanner().purge(module), locale)
        : keep(planner.plan(action, module, version), locale);
  }

  @Override
  public ModulePlan planUpload(String name, InputStream archive, Locale locale) {
    try {
      // one byte more than allowed, so that the reader sees that it is too much
      byte[] content = archive.readNBytes(ArchiveLimits.STANDARD.bytes() + 1);
      return keep(planner.bring(accept(name, content)), locale);
    } catch (IOException broken) {
      throw DomainException.malformed("error.module.upload");
    } catch (DomainException refusal) {
      audit.recordAlways(
          "module.refused",
          "archive:" + name.substring(0, Math.min(name.length(), 200)),
          Map.of("reason", views.text(LifeCycle.reason(refusal), Locale.ENGLISH)));
      throw refusal;
    }
  }

  private ModuleArchive accept(String name, byte[] content) {
    ModuleArchive archive = intake.accept(name, content);
    for (ModuleBundle bundle : archive.bundles()) {
      if (host.isTaken(bundle.symbolicName(), archive.id())) {
        throw DomainException.invalid(
            "file", "error.module.archive.name", "name", bundle.symbolicName());
      }
    }
    journal
        .module(archive.id())
        .filter(known -> known.committedBy().isPresent())
        .flatMap(known -> journal.artifact(known.digest()))
        .ifPresent(before -> intake.checkSuccessor(archive, before));
    return archive;
  }

  @Override
  public ModulePlan planKept(String digest, Locale locale) {
    ModuleArchive archive =
        archives.any(digest).orElseThrow(() -> DomainException.notFound("error.module.artifact"));
    return keep(planner.bring(archive), locale);
  }

  @Override
  public ModulePlan planImport(String export, Locale locale) {
    return keep(recordsPlanner().bring(export), locale);
  }

  @Override
  public ModulePlan plan(String id, Locale locale) {
    return views.plan(id, read(stored(id).body()), locale);
  }

  private RecordsPlanner recordsPlanner() {
    Records records =
        containment
            .records()
            .orElseThrow(
                () ->
                    new DomainException(
                        ErrorKind.UNAVAILABLE,
                        Text.of("error.module.records"),
                        List.of(),
                        RETRY_AFTER));
    return new RecordsPlanner(journal, records);
  }

  private boolean holds(PlanBody body, long platform) {
    return RecordsPlanner.isMeant(body.action())
        ? recordsPlanner().holds(body)
        : planner.holds(body, platform);
  }

  private StoredPlan stored(String id) {
    return journal
        .plan(id)
        .orElseThrow(() -> DomainException.notFound("error.module.plan.unknown"));
  }

  private ModulePlan keep(PlanBody body, Locale locale) {
    return keep(new Planner.Planned(body, List.of(), host.platform()), locale);
  }

  private ModulePlan keep(Planner.Planned planned, Locale locale) {
    String id = UUID.randomUUID().toString();
    planned.archives().forEach(archive -> journal.store(archive.artifact(), clock.instant()));
    journal.save(
        new StoredPlan(
            id,
            planned.body().module(),
            planned.platform(),
            write(planned.body()),
            clock.instant(),
            callers.current().username(),
            Optional.empty()));
    return views.plan(id, planned.body(), locale);
  }

  @Override
  public String apply(String id) {
    return apply(id, Optional.empty());
  }

  @Override
  public String apply(String id, Optional<String> confirm, boolean consent) {
    StoredPlan plan = stored(id);
    if (!ready) {
      throw new DomainException(
          ErrorKind.UNAVAILABLE, Text.of("error.module.starting"), List.of(), RETRY_AFTER);
    }
    PlanBody body = read(plan.body());
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
    begin(
        task(operation, body),
        body.also(),
        Optional.of(body),
        PATIENCE,
        () -> {
          if (plan.operation().isPresent()) {
            throw DomainException.conflict("error.module.plan.applied");
          }
          if (!holds(body, plan.generation())) {
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

  /** For what the framework shows, and nobody has planned: gives way to whoever is there. */
  private void begin(LifeCycle.Task task, Runnable check) {
    begin(task, List.of(), Optional.empty(), Duration.ZERO, check);
  }

  /**
   * Takes every module that is touched, writes the operation down and lets a worker carry it out.
   *
   * @param before what is done first, to modules that this one needs
   * @param plan what an administrator was told
   * @param patience how long is waited for somebody else who has one of the modules
   * @param check is run once the modules are ours and nobody else can change them
   */
  private void begin(
      LifeCycle.Task task,
      List<PlanBody> before,
      Optional<PlanBody> plan,
      Duration patience,
      Runnable check) {
    Set<String> touched = touched(task.module(), before);
    busy.take(touched, task.operation(), patience)
        .ifPresent(
            module -> {
              throw DomainException.conflict("error.module.busy", "module", module);
            });
    try {
      lifeCycle.unfinished().stream()
          .map(OperationRecord::module)
          .filter(touched::contains)
          .findFirst()
          .ifPresent(
              module -> {
                // cut off with the database; it is put right first
                throw DomainException.conflict("error.module.busy", "module", module);
              });
      check.run();
      audit(task, "started");
      lifeCycle.begin(task);
      workers.execute(() -> carryOut(task, before, plan, touched));
    } catch (RuntimeException refused) {
      busy.free(touched);
      throw refused;
    }
  }

  /** The module, those that need it, and those that come before it with theirs. */
  private Set<String> touched(String module, List<PlanBody> before) {
    Set<String> touched = new TreeSet<>(dependencies.dependents(module));
    touched.add(module);
    for (PlanBody other : before) {
      touched.add(other.module());
      touched.addAll(dependencies.dependents(other.module()));
    }
    return touched;
  }

  private void carryOut(
      LifeCycle.Task task, List<PlanBody> before, Optional<PlanBody> plan, Set<String> touched) {
    try {
      asCore(
          () -> {
            Precursors precursors = precursors();
            Optional<Text> failed = precursors.carryOut(before, task.actor());
            if (failed.isPresent()) {
              lifeCycle.giveUp(task, failed.get());
              audit(task, Views.lower(OperationRecord.Outcome.ROLLED_BACK));
            } else if (perform(task, plan) != OperationRecord.Outcome.SUCCEEDED) {
              precursors.takeBack(task.actor());
            }
          });
    } catch (RuntimeException failure) {
      LOG.error("Operation {} on {} ended badly", task.operation(), task.module(), failure);
    } finally {
      busy.free(touched);
    }
    later(() -> asCore(this::wake));
    touched.forEach(this::settleLater);
  }

  private OperationRecord.Outcome perform(LifeCycle.Task task, Optional<PlanBody> plan) {
    try (PlanWatch watched = new PlanWatch(context, task.module(), busy::has)) {
      OperationRecord.Outcome outcome = lifeCycle.run(task);
      if (outcome == OperationRecord.Outcome.SUCCEEDED) {
        plan.ifPresent(said -> compare(task, said, watched));
      }
      audit(task, Views.lower(outcome));
      return outcome;
    }
  }

  /** Those that need a module go before it does; what is wanted of them stays as it is. */
  private void suspendDependents(String module, Duration wait) {
    for (String dependent : dependencies.dependents(module)) {
      journal
          .module(dependent)
          .filter(Dependencies::runs)
          .ifPresent(
              record -> {
                LOG.info("Module {} waits for module {}", dependent, module);
                lifeCycle.suspend(dependent, Dependencies.waits(module), wait);
              });
    }
  }

  /** Brings back those whose needs are met again. */
  private void wake() {
    if (journal.modules().stream().noneMatch(Dependencies::waits)) {
      return; // nearly always: nothing of what follows is worth doing twice a second
    }
    for (String module : dependencies.order()) {
      boolean due =
          journal
              .module(module)
              .filter(Dependencies::waits)
              .filter(record -> dependencies.unmet(record).isEmpty())
              .filter(record -> dependencies.missing(record).isEmpty())
              .isPresent();
      if (due && !isStopped() && busy.take(module, SELF)) {
        try {
          lifeCycle.reconcile(module);
        } finally {
          busy.free(module);
        }
      }
    }
  }

  /** What was done against what had been planned; a difference is a bug. */
  private void compare(LifeCycle.Task task, PlanBody plan, PlanWatch watched) {
    if (plan.details() == null) {
      return;
    }
    List<String> bundles =
        plan.details().bundles().stream()
            // its own bundles are refreshed when they are gone, which no event shows
            .filter(change -> !change.change().equals("refresh"))
            .map(change -> PlanWatch.line(change.change(), change.bundle(), change.version()))
            .toList();
    List<String> declares =
        registry.current().stream()
            .filter(descriptor -> descriptor.module() && descriptor.id().equals(task.module()))
            .findFirst()
            .map(descriptor -> Offer.declared(descriptor, host.restBases(task.module())))
            .orElse(List.of());
    List<Text> differences = watched.differences(bundles, plan.details().declares(), declares);
    if (differences.isEmpty()) {
      return;
    }
    String said =
        differences.stream()
            .map(difference -> views.text(difference, Locale.ENGLISH))
            .collect(Collectors.joining(" "));
    LOG.warn("{} of module {} was not as planned: {}", task.action(), task.module(), said);
    journal.differs(task.operation(), differences);
    audit.recordAlways(
        "module.difference",
        "module:" + task.module(),
        Map.of("operation", task.operation(), "difference", said));
  }

  /** What happened to its bundle meanwhile, and not by an operation. */
  private void settleLater(String module) {
    later(() -> settle(module));
  }

  private void later(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("That is done at the next start", stopping);
    }
  }

  private void audit(LifeCycle.Task task, String outcome) {
    audit.recordAlways(
        "module." + Views.lower(task.action()) + "." + outcome,
        "module:" + task.module(),
        Map.of(
            "operation", task.operation(),
            "version", task.version(),
            "digest", task.digest(),
            "actor", task.actor()));
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
    Map<String, PlanBody> plans = new HashMap<>();
    journal
        .plansOf(operations.stream().map(OperationRecord::id).toList())
        .forEach(
            (operation, plan) -> {
              try {
                plans.put(operation, read(plan.body()));
              } catch (DomainException older) {
                LOG.debug("The plan of operation {} can't be read any more", operation, older);
              }
            });
    return operations.stream()
        .map(
            operation ->
                views.operation(
                    operation,
                    Optional.ofNullable(plans.get(operation.id())),
                    journal.versionOf(operation.digest()),
                    locale))
        .toList();
  }

  /**
   * Somebody installed, started, stopped or removed a module's bundle by other means: goes the same
   * way as an administrator's wish, with what is there already.
   */
  private void settle(String module) {
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
      archive = plainDoors.archive(bundle, this::accept, catalogue);
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
    begin(
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
    begin(task(ModuleAction.UNINSTALL, record, PlainDoors.ACTOR, Optional.empty()), () -> {});
  }

  /**
   * Its bundle was stopped from outside, perhaps only because the framework refreshes what it is
   * wired to. That says nothing of what the administrator wants: it waits, and the next start of
   * the server, or "enable", brings it back.
   */
  private void stopped(ModuleRecord record) {
    if (record.state() == ModuleState.ACTIVE && busy.take(record.id(), SELF)) {
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
    if ((withdrawn || record.state() != ModuleState.ACTIVE) && busy.take(record.id(), SELF)) {
      try {
        asCore(() -> lifeCycle.reconcile(record.id()));
      } finally {
        busy.free(record.id());
      }
    }
  }

  private static String write(PlanBody body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static PlanBody read(String json) {
    try {
      return JSON.readValue(json, PlanBody.class);
    } catch (JsonProcessingException older) {
      // written by another version of the desk
      throw DomainException.conflict("error.module.plan.stale");
    }
  }
}
