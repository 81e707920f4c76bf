/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
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
import org.talka.module.ModuleBisect;
import org.talka.module.ModuleState;
import org.talka.module.internal.depend.Need;
import org.talka.module.internal.depend.NeedGraph;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.Trust;
import org.talka.module.internal.life.Isolation;
import org.talka.module.internal.life.KeptArchives;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/** Holds modules back and lets them in again while the one that does harm is looked for. */
@Component(service = ModuleBisect.class)
public final class BisectDesk implements ModuleBisect {
  private static final Logger LOG = LoggerFactory.getLogger(BisectDesk.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REASON = "module.reason.bisect";

  /** Where nothing moves any more: only then is it worth asking how the desk is. */
  private static final Set<ModuleState> AT_REST = Set.of(ModuleState.QUARANTINED);

  private static final Set<ModuleState> SETTLED =
      Set.of(
          ModuleState.ACTIVE,
          ModuleState.WAITING,
          ModuleState.FAILED,
          ModuleState.DISABLED,
          ModuleState.REMOVED);

  private static final long LOOK_MILLIS = 100;
  private static final int LOOKS = 600;

  private final Journal journal;
  private final Intake intake;
  private final KeptArchives archives;
  private final Isolation isolation;
  private final Callers callers;
  private final Audit audit;
  private final Path file;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "talka-bisect");
            thread.setDaemon(true);
            return thread;
          });

  /** Guarded by this; absent when nothing was begun. */
  private Optional<Bisection> now;

  private boolean moving;

  @Activate
  public BisectDesk(
      BundleContext context,
      @Reference Journal journal,
      @Reference Intake intake,
      @Reference Isolation isolation,
      @Reference Callers callers,
      @Reference Audit audit) {
    this.journal = journal;
    this.intake = intake;
    this.archives = new KeptArchives(journal, intake);
    this.isolation = isolation;
    this.callers = callers;
    this.audit = audit;
    String data = Optional.ofNullable(context.getProperty("talka.data")).orElse("data");
    this.file = Path.of(data).resolve("modules").resolve("bisect.json");
    this.now = read();
  }

  @Deactivate
  void close() {
    stopped.countDown();
    worker.shutdown();
  }

  @Override
  public synchronized Status status() {
    Bisection bisection = now.orElseGet(() -> new Bisection(List.of(), List.of(), true));
    return new Status(
        moving ? "moving" : now.map(BisectDesk::phase).orElse("none"),
        bisection.suspects(),
        bisection.held(),
        bisection.found(),
        bisection.left());
  }

  private static String phase(Bisection bisection) {
    if (!bisection.over()) {
      return "asking";
    }
    return bisection.found().isPresent() ? "found" : "innocent";
  }

  @Override
  public synchronized Status start(boolean all) {
    if (now.isPresent() || moving) {
      throw DomainException.conflict("error.module.bisect.begun");
    }
    List<String> suspects = suspects(all);
    if (suspects.isEmpty()) {
      throw DomainException.conflict("error.module.bisect.none");
    }
    audit.recordAlways(
        "module.bisect.started", "modules", Map.of("suspects", String.join(", ", suspects)));
    go(Optional.of(Bisection.of(suspects)));
    return status();
  }

  /** Those that run, each before what it needs. */
  private List<String> suspects(boolean all) {
    Map<String, Set<String>> needs = new java.util.TreeMap<>();
    for (ModuleRecord record : journal.modules()) {
      if (record.desired() == Desired.ACTIVE && record.quarantine().isEmpty()) {
        boolean ours =
            intake
                .verify(record.digest(), () -> journal.artifact(record.digest()))
                .filter(by -> by.verdict() == Trust.Verdict.FIRST_PARTY)
                .isPresent();
        if (all || !ours) {
          needs.put(record.id(), needs(record));
        }
      }
    }
    List<String> order = new ArrayList<>(new NeedGraph(needs).order());
    Collections.reverse(order);
    return order;
  }

  private Set<String> needs(ModuleRecord record) {
    Set<String> needs = new LinkedHashSet<>();
    archives
        .taken(record.digest())
        .map(Wiring::of)
        .ifPresent(wiring -> Need.of(wiring).forEach(need -> needs.add(need.module())));
    return needs;
  }

  @Override
  public synchronized Status answer(boolean better) {
    if (moving || now.isEmpty() || now.get().over()) {
      throw DomainException.conflict("error.module.bisect.unasked");
    }
    Bisection next = now.get().after(better);
    audit.recordAlways(
        "module.bisect.answered",
        "modules",
        Map.of("better", String.valueOf(better), "found", next.found().orElse("")));
    go(Optional.of(next));
    return status();
  }

  @Override
  public synchronized Status stop() {
    if (moving) {
      throw DomainException.conflict("error.module.bisect.unasked");
    }
    if (now.isPresent()) {
      audit.recordAlways("module.bisect.stopped", "modules", Map.of());
      go(Optional.empty());
    }
    return status();
  }

  /** Written down before it is done: after a crash it is done again. */
  private void go(Optional<Bisection> next) {
    Set<String> hold = new LinkedHashSet<>(next.map(Bisection::held).orElse(List.of()));
    now = next;
    write(next);
    moving = true;
    Caller caller = callers.current();
    worker.execute(
        () -> {
          try {
            callers.as(
                caller,
                () -> {
                  move(hold);
                  return null;
                });
          } catch (RuntimeException failure) {
            LOG.error("Modules could not all be held back or let in", failure);
          } finally {
            synchronized (this) {
              moving = false;
            }
          }
        });
  }

  private void move(Set<String> hold) {
    List<String> letIn = new ArrayList<>(held());
    letIn.removeAll(hold);
    // what others need comes first
    Collections.reverse(letIn);
    for (String module : letIn) {
      until(module, () -> released(module));
    }
    for (String module : hold) {
      isolation.quarantine(module, Text.of(REASON));
      until(module, () -> held().contains(module) && is(module, AT_REST));
    }
  }

  /** Who is held back by this, whatever was written down. */
  private List<String> held() {
    List<String> held = new ArrayList<>();
    for (ModuleRecord record : journal.modules()) {
      if (record.quarantine().filter(why -> why.key().equals(REASON)).isPresent()) {
        held.add(record.id());
      }
    }
    return held;
  }

  private boolean is(String module, Set<ModuleState> states) {
    return journal.module(module).filter(record -> states.contains(record.state())).isPresent();
  }

  private boolean released(String module) {
    if (!held().contains(module)) {
      return is(module, SETTLED);
    }
    try {
      isolation.release(module);
    } catch (DomainException busy) {
      LOG.debug("Module {} is worked on", module, busy);
    }
    return false;
  }

  private void until(String module, java.util.function.BooleanSupplier done) {
    try {
      for (int i = 0; i < LOOKS; i++) {
        if (done.getAsBoolean() || stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      LOG.warn("Module {} does not become what it should be", module);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Bisection> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), Bisection.class));
    } catch (IOException unreadable) {
      LOG.warn("{} can't be read; what it was for has to be begun again", file);
      return Optional.empty();
    }
  }

  private void write(Optional<Bisection> next) {
    try {
      if (next.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      Files.createDirectories(file.getParent());
      Path part = file.resolveSibling("bisect.part");
      JSON.writeValue(part.toFile(), next.get());
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException full) {
      throw new java.io.UncheckedIOException(full);
    }
  }
}
