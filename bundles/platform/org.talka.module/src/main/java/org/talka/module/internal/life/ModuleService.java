/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.talka.module.ModuleState;
import org.talka.module.ModuleStatus;
import org.talka.module.Modules;
import org.talka.module.ReadinessCheck;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.intake.ArchiveLimits;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.Catalogue;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.module.internal.store.StoredPlan;

/** The modules' life behind all doors: REST, console, drop folder and the framework itself. */
@Component(
    service = {Modules.class, ReadinessCheck.class},
    immediate = true)
public final class ModuleService implements Modules, ReadinessCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleService.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long a plan, and an archive that nobody installed, is kept. */
  private static final Duration KEEP_PLANS = Duration.ofDays(30);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Journal journal;
  private final DeclarationRegistry registry;
  private final Callers callers;
  private final Audit audit;
  private final Clock clock = Clock.systemUTC();
  private final ArchiveReader reader = new ArchiveReader(ArchiveLimits.STANDARD);
  private final Catalogue catalogue;
  private final Planner planner;
  private final ModuleHost host;
  private final LifeCycle lifeCycle;
  private final Views views;
  private final ModuleHealth health;
  private final PlainDoors plainDoors;
  private final Thread boot;

  /** The modules that are worked on, each with the operation; at most one at a time each. */
  private final Map<String, String> busy = new ConcurrentHashMap<>();

  private final ExecutorService workers;
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
      @Reference Gate gate) {
    this.journal = journal;
    this.host = host;
    this.registry = registry;
    this.callers = callers;
    this.audit = audit;
    Path home = Path.of(Optional.ofNullable(context.getProperty("karaf.home")).orElse("."));
    catalogue = new Catalogue(home.resolve("modules"), reader);
    planner = new Planner(journal, host, catalogue, catalogue, reader);
    lifeCycle =
        new LifeCycle(
            journal, host, clock, (module, state) -> registry.changed(module, state.name()));
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
    boot = new Thread(() -> start(new CoreStart(context)), "talka-modules-start");
    boot.setDaemon(true);
    boot.start();
  }

  @Deactivate
  void stop() {
    plainDoors.close();
    boot.interrupt();
    workers.shutdown();
    try {
      // an operation that is cut off is put right at the next start
      if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException stop) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    health.close();
  }

  /** On the start thread: the desk first, then its modules. */
  private void start(CoreStart core) {
    if (!core.await()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      LOG.warn("Not all bundles of the desk have started; the modules start without them");
    }
    try {
      callers.as(
          callers.system("core"),
          () -> {
            lifeCycle.reconcile();
            journal.forget(clock.instant().minus(KEEP_PLANS));
            return null;
          });
      plainDoors.open();
      ready = true;
    } catch (RuntimeException failure) {
      LOG.error("The modules could not be started", failure);
    }
  }

  /** Whether somebody works on the module, so that its bundle's events need no reaction. */
  private boolean working(String module) {
    return !ready || busy.containsKey(module);
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
        module.previous().map(ModuleRecord.Previous::version));
  }

  @Override
  public List<CatalogueEntry> catalogue(Locale locale) {
    return catalogue.offered().stream().map(offer -> views.catalogue(offer, locale)).toList();
  }

  @Override
  public ModulePlan plan(
      ModuleAction action, String module, Optional<String> version, Locale locale) {
    return keep(planner.plan(action, module, version), locale);
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
    ModuleArchive archive = reader.read(name, content);
    if (host.isTaken(archive.symbolicName(), archive.id())) {
      throw DomainException.invalid(
          "file", "error.module.archive.name", "name", archive.symbolicName());
    }
    return archive;
  }

  private ModulePlan keep(Planner.Planned planned, Locale locale) {
    String id = UUID.randomUUID().toString();
    long generation = registry.generation();
    planned.archive().ifPresent(archive -> journal.store(archive.artifact(), clock.instant()));
    journal.save(
        new StoredPlan(
            id,
            planned.body().module(),
            generation,
            write(planned.body()),
            clock.instant(),
            callers.current().username(),
            Optional.empty()));
    return views.plan(id, planned.body(), locale);
  }

  @Override
  public String apply(String id) {
    StoredPlan plan =
        journal.plan(id).orElseThrow(() -> DomainException.notFound("error.module.plan.unknown"));
    if (!ready) {
      throw new DomainException(
          ErrorKind.UNAVAILABLE, Text.of("error.module.starting"), List.of(), RETRY_AFTER);
    }
    PlanBody body = read(plan.body());
    if (!body.blockers().isEmpty()) {
      throw DomainException.conflict("error.module.plan.blocked");
    }
    String operation = UUID.randomUUID().toString();
    begin(
        task(operation, body),
        () -> {
          if (plan.operation().isPresent()) {
            throw DomainException.conflict("error.module.plan.applied");
          }
          if (plan.generation() != registry.generation()) {
            throw DomainException.conflict("error.module.plan.stale");
          }
          journal.applied(id, operation);
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

  /**
   * Makes the module busy, writes the operation down and lets a worker carry it out.
   *
   * @param check is run once the module is ours and nobody else can change it
   */
  private void begin(LifeCycle.Task task, Runnable check) {
    if (busy.putIfAbsent(task.module(), task.operation()) != null) {
      throw DomainException.conflict("error.module.busy", "module", task.module());
    }
    try {
      check.run();
      audit(task, "started");
      lifeCycle.begin(task);
      workers.execute(() -> carryOut(task));
    } catch (RuntimeException refused) {
      busy.remove(task.module());
      throw refused;
    }
  }

  private void carryOut(LifeCycle.Task task) {
    try {
      callers.as(
          callers.system("core"),
          () -> {
            OperationRecord.Outcome outcome = lifeCycle.run(task);
            audit(task, Views.lower(outcome));
            return null;
          });
    } catch (RuntimeException failure) {
      LOG.error("Operation {} on {} ended badly", task.operation(), task.module(), failure);
    } finally {
      busy.remove(task.module());
    }
    settleLater(task.module());
  }

  /** What happened to its bundle meanwhile, and not by an operation. */
  private void settleLater(String module) {
    try {
      workers.execute(() -> settle(module));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Module {} is settled at the next start", module, stopping);
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
        .map(operation -> views.operation(operation, locale))
        .orElseThrow(() -> DomainException.notFound("error.module.operation.unknown"));
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
        page.stream().map(operation -> views.operation(operation, locale)).toList(),
        found.size() > limit ? Optional.of(page.get(limit - 1).id()) : Optional.empty());
  }

  /**
   * Somebody installed, started, stopped or removed a module's bundle by other means: goes the same
   * way as an administrator's wish, with what is there already.
   */
  private void settle(String module) {
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
      } else if (wanted && !runs) {
        ended(record.get(), recorded.isPresent());
      } else if (!wanted && runs) {
        adopt(recorded.get(), record);
      } else if (wanted) {
        broughtBack(record.get());
      } else if (disabled && recorded.isEmpty()) {
        ended(record.get(), false);
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
      archive = plainDoors.archive(bundle, reader, catalogue);
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
        () -> {});
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

  private void ended(ModuleRecord record, boolean installed) {
    begin(
        new LifeCycle.Task(
            UUID.randomUUID().toString(),
            installed ? ModuleAction.DISABLE : ModuleAction.UNINSTALL,
            record.id(),
            record.version(),
            record.digest(),
            Optional.empty(),
            record.titles(),
            PlainDoors.ACTOR),
        () -> {});
  }

  /** It was stopped and started, for example because what it is wired to was refreshed. */
  private void broughtBack(ModuleRecord record) {
    boolean withdrawn =
        registry.declared().stream()
            .noneMatch(declared -> declared.descriptor().id().equals(record.id()));
    if (withdrawn && busy.putIfAbsent(record.id(), PlainDoors.ACTOR) == null) {
      try {
        lifeCycle.bringAbout(record, Optional.empty());
      } finally {
        busy.remove(record.id());
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
