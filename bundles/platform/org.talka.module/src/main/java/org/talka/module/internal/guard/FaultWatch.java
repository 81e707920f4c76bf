/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.gate.CircuitState;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Gate;
import org.talka.gate.GateListener;
import org.talka.gate.Harm;
import org.talka.module.ModuleGuard;
import org.talka.module.ModuleState;
import org.talka.module.RegistryListener;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.life.Isolation;
import org.talka.module.internal.life.ModuleCondition;
import org.talka.module.internal.life.ModuleHealth;
import org.talka.module.internal.life.RestDoors;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/**
 * Watches what modules do and has those isolated that do harm. What it hears comes on users'
 * threads and is judged on one of its own, which owns {@link #misdeeds}.
 */
@Component(
    service = {ModuleGuard.class, ModuleCondition.class, RegistryListener.class},
    configurationPid = "org.talka.module.guard",
    immediate = true)
public final class FaultWatch
    implements ModuleGuard, ModuleCondition, GateListener, RegistryListener {
  private static final Logger LOG = LoggerFactory.getLogger(FaultWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** A module that was accused and does not run by then did not start at all. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Set<String> CLEAN =
      Set.of(ModuleState.STARTING.name(), ModuleState.QUARANTINED.name());

  private final GuardSettings settings;
  private final Gate gate;
  private final RestDoors doors;
  private final Journal journal;
  private final DeclarationRegistry registry;
  private final Callers callers;
  private final Audit audit;
  private final Translator translator;
  private final LeakWatch leaks;
  private final PageFaults pages;
  private final ModuleThreads threads;
  private final MemoryShortage shortage;
  private final Clock clock = Clock.systemUTC();
  private final Heap.Alarm alarm;

  /** Not by reference: who isolates modules needs the gate, which this one listens to. */
  private final ServiceTracker<Isolation, Isolation> isolation;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread watching = new Thread(task, "talka-guard");
            watching.setDaemon(true);
            return watching;
          });

  /** By module; the thread's own. */
  private final Map<String, Watched> misdeeds = new HashMap<>();

  /** Who has an open circuit, as it was told last. */
  private final Set<String> degraded = new HashSet<>();

  /** Why modules have to go, for other threads. */
  private final Map<String, Text> verdicts = new ConcurrentHashMap<>();

  private static final class Watched {
    private final Misdeeds misdeeds;
    private final Instant since;
    private boolean ran;

    Watched(Misdeeds misdeeds, Instant since) {
      this.misdeeds = misdeeds;
      this.since = since;
    }
  }

  @Activate
  public FaultWatch(
      GuardSettings settings,
      BundleContext context,
      @Reference Gate gate,
      @Reference RestDoors doors,
      @Reference Journal journal,
      @Reference DeclarationRegistry registry,
      @Reference Callers callers,
      @Reference Audit audit,
      @Reference Translator translator,
      @Reference LeakWatch leaks,
      @Reference PageFaults pages) {
    this.settings = settings;
    this.gate = gate;
    this.doors = doors;
    this.journal = journal;
    this.registry = registry;
    this.callers = callers;
    this.audit = audit;
    this.translator = translator;
    this.leaks = leaks;
    this.pages = pages;
    this.threads = new ModuleThreads(context);
    this.shortage = new MemoryShortage(settings.memory());
    this.isolation = new ServiceTracker<>(context, Isolation.class, null);
    isolation.open();
    gate.listen(this);
    this.alarm = Heap.alarm(settings.memory(), this::lookAtMemoryAtOnce);
    thread.scheduleWithFixedDelay(
        () -> judge(now -> look(now)), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Deactivate
  void close() {
    alarm.close();
    gate.unlisten(this);
    thread.shutdownNow();
    isolation.close();
  }

  @Override
  public void circuit(ExtensionReport extension) {
    later(
        now -> {
          watched(extension.module(), now).misdeeds.circuit(extension, now);
          tellDegraded(extension);
        });
  }

  @Override
  public void harm(String module, Harm harm, String detail) {
    LOG.warn("Module {} did harm: {} ({})", module, harm, detail);
    later(now -> watched(module, now).misdeeds.harm(harm, detail, now));
  }

  /** A module that is started, or was taken out, has a clean record: by whatever door it came. */
  @Override
  public void changed(long generation, String module, String state) {
    if (CLEAN.contains(state)) {
      later(now -> forget(module));
    }
  }

  private void forget(String module) {
    misdeeds.remove(module);
    verdicts.remove(module);
    degraded.remove(module);
  }

  private void later(Consumer<Instant> work) {
    try {
      thread.execute(
          () ->
              judge(
                  now -> {
                    work.accept(now);
                    isolate(now);
                  }));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("The desk stops; nobody is judged any more", stopping);
    }
  }

  /** Whatever goes wrong here must not end the watch. */
  private void judge(Consumer<Instant> work) {
    try {
      callers.as(
          callers.system("core"),
          () -> {
            work.accept(clock.instant());
            return null;
          });
    } catch (RuntimeException unexpected) {
      LOG.error("Watching over modules failed; it is tried again", unexpected);
    }
  }

  private Watched watched(String module, Instant now) {
    return misdeeds.computeIfAbsent(module, id -> new Watched(new Misdeeds(settings), now));
  }

  private void look(Instant now) {
    List<ExtensionReport> reports = all();
    for (ExtensionReport report : reports) {
      if (report.stuck() > 0 && !report.module().equals("core")) {
        watched(report.module(), now).misdeeds.stuck(report, doors.places());
      }
    }
    threads.look().forEach((module, names) -> watched(module, now).misdeeds.threads(names));
    lookAtMemory(reports, now);
    isolate(now);
  }

  /**
   * Memory can be full before the next look, and what is kept is only known after a collection,
   * which comes when it is too late.
   */
  private void lookAtMemoryAtOnce() {
    later(
        now -> {
          System.gc();
          lookAtMemory(all(), now);
        });
  }

  private void lookAtMemory(List<ExtensionReport> reports, Instant now) {
    Heap heap = Heap.now();
    Map<String, Long> allocated = new HashMap<>();
    for (ExtensionReport report : reports) {
      if (!report.module().equals("core")) {
        allocated.merge(report.module(), report.allocatedBytes(), Long::sum);
      }
    }
    shortage
        .look(heap.used(), heap.most(), allocated)
        .ifPresent(culprit -> watched(culprit.module(), now).misdeeds.memory(culprit));
  }

  private List<ExtensionReport> all() {
    List<ExtensionReport> all = new ArrayList<>(gate.report());
    all.addAll(doors.report());
    return all;
  }

  /**
   * Has those taken out that have to go. A wish may be refused while somebody works on the module,
   * so it is said again until the module does not run any more; then its record is clean.
   */
  private void isolate(Instant now) {
    for (Map.Entry<String, Watched> entry : List.copyOf(misdeeds.entrySet())) {
      String module = entry.getKey();
      Watched watched = entry.getValue();
      boolean runs = gate.admitted(module);
      watched.ran |= runs;
      boolean over = !runs && (watched.ran || now.isAfter(watched.since.plus(PATIENCE)));
      if (over) {
        forget(module);
        continue;
      }
      Optional<Text> verdict = watched.misdeeds.verdict();
      verdict.ifPresent(reason -> verdicts.put(module, reason));
      Isolation isolating = isolation.getService();
      if (verdict.isPresent() && runs && isolating != null) {
        isolating.quarantine(module, verdict.get());
      }
    }
  }

  private void tellDegraded(ExtensionReport extension) {
    String module = extension.module();
    boolean now =
        gate.report().stream()
            .anyMatch(e -> e.module().equals(module) && e.circuit() != CircuitState.CLOSED);
    if (now ? degraded.add(module) : degraded.remove(module)) {
      registry.changed(module, (now ? ModuleState.DEGRADED : ModuleState.ACTIVE).name());
      audit.recordAlways(
          now ? "module.degraded" : "module.recovered",
          "module:" + module,
          Map.of(
              "extension", extension.name(),
              "point", extension.point(),
              "errors", String.valueOf(extension.errors()),
              "overruns", String.valueOf(extension.overruns())));
    }
  }

  @Override
  public Optional<Text> fault(String module) {
    Text verdict = verdicts.get(module);
    if (verdict != null) {
      return Optional.of(verdict);
    }
    return gate.report().stream()
        .filter(report -> report.module().equals(module))
        .filter(report -> report.circuit() != CircuitState.CLOSED)
        .findFirst()
        .map(ModuleHealth::circuit);
  }

  @Override
  public List<ExtensionReport> extensions(String module) {
    return all().stream().filter(report -> report.module().equals(module)).toList();
  }

  @Override
  public List<Notice> notices(Locale locale) {
    List<Notice> notices = new ArrayList<>();
    for (ModuleRecord module : journal.modules()) {
      if (module.state() == ModuleState.QUARANTINED) {
        notices.add(notice(module.id(), "quarantine", module.reason(), locale));
      } else if (module.state() == ModuleState.ACTIVE) {
        Optional<Text> fault = fault(module.id());
        if (fault.isPresent()) {
          notices.add(notice(module.id(), "degraded", fault, locale));
        }
      }
    }
    for (LeakWatch.Leak leak : leaks.leaks()) {
      notices.add(notice(leak.module(), "leak", Optional.of(leak.words()), locale));
    }
    for (PageFaults.Fault fault : pages.flagged()) {
      notices.add(notice(fault.part().module(), "page", Optional.of(words(fault)), locale));
    }
    return notices;
  }

  private static Text words(PageFaults.Fault fault) {
    return Text.of(
        "module.reason.page",
        "point",
        fault.part().point(),
        "key",
        fault.part().key(),
        "n",
        fault.failures(),
        "people",
        fault.people(),
        "message",
        fault.message());
  }

  private Notice notice(String module, String kind, Optional<Text> reason, Locale locale) {
    String why = reason.map(text -> translator.translate(text, locale)).orElse("");
    return new Notice(
        module,
        kind,
        translator.translate(
            Text.of("module.notice." + kind, "module", module, "reason", why), locale));
  }

  @Override
  public String briefly(Notice notice, Locale locale) {
    return translator
        .translate(
            Text.of("module.notice." + notice.kind(), "module", notice.module(), "reason", ""),
            locale)
        .strip();
  }

  @Override
  public void quarantine(String module, String reason) {
    if (!gate.admitted(module) || module.equals("core")) {
      throw DomainException.conflict("error.module.state.quarantine", "module", module);
    }
    isolating().quarantine(module, Text.of("module.reason.administrator", "reason", reason));
  }

  @Override
  public void retry(String module) {
    isolating().release(module);
  }

  @Override
  public boolean safeMode() {
    Isolation now = isolation.getService();
    return now != null && now.safeMode();
  }

  private Isolation isolating() {
    Isolation now = isolation.getService();
    if (now == null) {
      throw DomainException.of(ErrorKind.UNAVAILABLE, "error.module.starting");
    }
    return now;
  }
}
