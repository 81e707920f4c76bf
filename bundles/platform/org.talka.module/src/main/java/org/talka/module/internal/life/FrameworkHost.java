/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.module.ModuleLifecycle;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.module.ModuleDescriptor;
import org.talka.module.internal.declare.DeclarationExtender;
import org.talka.module.internal.declare.DescriptorReader;
import org.talka.module.internal.declare.DescriptorRules;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.persistence.MigrationOutcome;
import org.talka.persistence.MigrationRunner;

/** The OSGi framework as a host of modules. */
@Component(service = ModuleHost.class)
public final class FrameworkHost implements ModuleHost {
  private static final Logger LOG = LoggerFactory.getLogger(FrameworkHost.class);

  /** A bundle that does not come back from its start is given up. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration READY = Duration.ofSeconds(15);
  private static final Duration REFRESH = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

  /** Characters of the digest that tell two contents of one version apart. */
  private static final int EDITION = 8;

  private final BundleContext context;
  private final Gate gate;
  private final DeclarationExtender declarations;
  private final RestDoors doors;
  private final MigrationRunner migrations;
  private final Callers callers;
  private final ComponentCheck components;
  private final Requirements requirements;
  private final Extensions<ModuleLifecycle> lifecycles;

  @Activate
  public FrameworkHost(
      BundleContext context,
      @Reference Gate gate,
      @Reference DeclarationExtender declarations,
      @Reference RestDoors doors,
      @Reference MigrationRunner migrations,
      @Reference Callers callers,
      @Reference ServiceComponentRuntime components) {
    this.context = context;
    this.gate = gate;
    this.declarations = declarations;
    this.doors = doors;
    this.migrations = migrations;
    this.callers = callers;
    this.components = new ComponentCheck(components);
    this.requirements = new Requirements(context);
    this.lifecycles = gate.open(ModuleLifecycle.class);
  }

  @Deactivate
  void close() {
    lifecycles.close();
  }

  /** The module's id in a bundle's header; absent for bundles that are no modules. */
  static Optional<String> moduleOf(Bundle bundle) {
    return Optional.ofNullable(bundle.getHeaders("").get(DeclarationExtender.MODULE_HEADER))
        .map(header -> header.split(";", 2)[0].trim());
  }

  static Optional<Hosted> hosted(Bundle bundle) {
    return moduleOf(bundle)
        .map(
            module ->
                new Hosted(
                    bundle.getBundleId(),
                    module,
                    bundle.getVersion().toString(),
                    bundle.getLocation(),
                    (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0));
  }

  @Override
  public List<Hosted> hosted() {
    List<Hosted> all = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      hosted(bundle).ifPresent(all::add);
    }
    return all;
  }

  @Override
  public Hosted install(String location, byte[] content) {
    try {
      Bundle bundle = context.installBundle(location, new ByteArrayInputStream(content));
      Hosted hosted =
          hosted(bundle).orElseThrow(() -> new StepFailure(Text.of("error.module.install")));
      doors.expect(hosted.module());
      return hosted;
    } catch (BundleException refused) {
      throw new StepFailure(Text.of("error.module.install"), refused);
    }
  }

  @Override
  public void resolve(long id) {
    Bundle bundle = bundle(id);
    if (!wiring().resolveBundles(Set.of(bundle))) {
      throw new StepFailure(Text.of("error.module.resolve"));
    }
    List<String> others = dependents(id);
    if (!others.isEmpty()) {
      LOG.debug("Bundles {} are wired to module bundle {}", others, bundle);
    }
  }

  @Override
  public List<String> migrate(long id) {
    MigrationOutcome outcome = migrations.migrate(bundle(id));
    if (outcome instanceof MigrationOutcome.Failed failed) {
      throw new StepFailure(
          Text.of(
              "error.module.migration", "change", failed.changeSet(), "reason", failed.reason()));
    }
    return ((MigrationOutcome.Migrated) outcome).ran();
  }

  @Override
  public void undoMigration(String module, List<String> changes) {
    if (migrations.undo(module, changes) instanceof MigrationOutcome.Failed failed) {
      // an expand change that stays does no harm to the version before
      LOG.info("Change {} of module {} stays: {}", failed.changeSet(), module, failed.reason());
    }
  }

  @Override
  public void start(long id) {
    Bundle bundle = bundle(id);
    inTime(
        bundle,
        () -> {
          bundle.start();
          return null;
        });
    awaitReady(bundle);
  }

  private static void inTime(Bundle bundle, java.util.concurrent.Callable<Void> work) {
    FutureTask<Void> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "talka-start-" + bundle.getSymbolicName());
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new StepFailure(Text.of("error.module.start"), failed.getCause());
    } catch (TimeoutException late) {
      task.cancel(true);
      throw new StepFailure(Text.of("error.module.startTime", "seconds", START.toSeconds()));
    } catch (InterruptedException stop) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new StepFailure(Text.of("module.reason.interrupted"));
    }
  }

  private void awaitReady(Bundle bundle) {
    long end = System.nanoTime() + READY.toNanos();
    Optional<Text> problem = components.problem(bundle);
    while (problem.isPresent() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new StepFailure(Text.of("module.reason.interrupted"));
      }
      problem = components.problem(bundle);
    }
    if (problem.isEmpty()) {
      problem = components.tryOut(bundle, context);
    }
    if (problem.isPresent()) {
      throw new StepFailure(problem.get());
    }
  }

  @Override
  public void join(String module, boolean firstInstall, Optional<String> upgradedFrom) {
    ModuleLifecycle.Context turn = new Turn(module, firstInstall, upgradedFrom);
    callers.as(
        callers.system(module),
        () -> {
          lifecycles.of(module).forEach(one -> one.run(service -> service.starting(turn)));
          return null;
        });
  }

  private record Turn(String moduleId, boolean firstInstall, Optional<String> upgradedFrom)
      implements ModuleLifecycle.Context {}

  @Override
  public void declare(long id, String digest) {
    Bundle bundle = bundle(id);
    declarations.declareModule(
        bundle, descriptor(bundle), bundle.getVersion() + "-" + digest.substring(0, EDITION));
  }

  static ModuleDescriptor descriptor(Bundle bundle) {
    URL file = bundle.getEntry(DescriptorReader.PATH);
    if (file == null) {
      throw new StepFailure(Text.of("error.module.archive.noDescriptor"));
    }
    try (InputStream in = file.openStream()) {
      ModuleDescriptor descriptor = DescriptorReader.read(in, bundle.getVersion().toString(), true);
      List<FieldError> errors = DescriptorRules.check(descriptor);
      if (!errors.isEmpty()) {
        throw DomainException.invalid(errors);
      }
      return descriptor;
    } catch (IOException wrong) {
      throw new StepFailure(
          Text.of("error.module.archive.descriptor", "reason", wrong.getMessage()), wrong);
    }
  }

  @Override
  public void withdrawDeclarations(long id) {
    declarations.withdrawModule(id);
  }

  @Override
  public void admit(String module) {
    gate.admit(module);
    doors.open(module);
  }

  @Override
  public boolean drain(String module, Duration wait) {
    if (hosted().stream().anyMatch(hosted -> hosted.module().equals(module))) {
      // also of one that has never run since the server started
      doors.expect(module);
    }
    boolean left = doors.close(module, wait);
    return gate.withdraw(module, wait) && left;
  }

  @Override
  public void stop(long id) {
    Bundle bundle = context.getBundle(id);
    if (bundle == null) {
      return;
    }
    try {
      bundle.stop();
    } catch (BundleException untidy) {
      // the framework has stopped it all the same
      LOG.warn("Bundle {} complained while it was stopped", bundle, untidy);
    }
  }

  @Override
  public void uninstall(long id) {
    Bundle bundle = context.getBundle(id);
    if (bundle == null) {
      return;
    }
    String module = moduleOf(bundle).orElse("");
    try {
      bundle.uninstall();
    } catch (BundleException untidy) {
      throw new StepFailure(Text.of("error.module.uninstall"), untidy);
    }
    if (others(wiring().getDependencyClosure(List.of(bundle)), module).isEmpty()) {
      refresh(bundle);
    }
    if (hosted().stream().noneMatch(hosted -> hosted.module().equals(module))) {
      doors.forget(module);
    }
  }

  /** Lets the framework drop the class loader; nobody else is touched, that was looked at. */
  private void refresh(Bundle bundle) {
    CountDownLatch done = new CountDownLatch(1);
    wiring().refreshBundles(List.of(bundle), event -> done.countDown());
    try {
      if (!done.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("The framework has not dropped bundle {} yet", bundle);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<Missing> missing(ModuleArchive archive) {
    return requirements.missing(archive);
  }

  @Override
  public List<String> dependents(long id) {
    Bundle bundle = bundle(id);
    return others(wiring().getDependencyClosure(List.of(bundle)), moduleOf(bundle).orElse(""));
  }

  private static List<String> others(Collection<Bundle> closure, String module) {
    return closure.stream()
        .filter(bundle -> !moduleOf(bundle).orElse("").equals(module))
        .map(bundle -> moduleOf(bundle).orElse(bundle.getSymbolicName()))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public boolean isTaken(String symbolicName, String module) {
    for (Bundle bundle : context.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())
          && !moduleOf(bundle).equals(Optional.of(module))) {
        return true;
      }
    }
    return false;
  }

  private FrameworkWiring wiring() {
    return context.getBundle(0).adapt(FrameworkWiring.class);
  }

  private Bundle bundle(long id) {
    Bundle bundle = context.getBundle(id);
    if (bundle == null) {
      throw new StepFailure(Text.of("error.module.gone"));
    }
    return bundle;
  }
}
